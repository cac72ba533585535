import type { Managers } from '../../core/journey/journey-map.ts';
import { everybodyElse } from '../schema/escalation-section.ts';
import type { JourneyFile } from '../schema.ts';
import type { Report } from './layers.ts';

/** Managers by owner. Addresses are compared without regard to case: two that are the same then are a mistake, unless they say the same. */
export function resolveManagers(managers: JourneyFile['managers'], report: Report): Managers {
  const byOwner = new Map<string, string>();
  for (const [owner, manager] of Object.entries(managers)) {
    if (owner === everybodyElse) continue;
    const key = owner.toLowerCase();
    const former = byOwner.get(key);
    if (former !== undefined && former.toLowerCase() !== manager.toLowerCase())
      report(['managers', owner], `\`${key}\` is there already, with another manager`, { at: 'key' });
    byOwner.set(key, former ?? manager);
  }
  return { byOwner: Object.fromEntries(byOwner), others: managers[everybodyElse] ?? null };
}
