import type { OwnerDefinition } from '../../core/journey/journey-map.ts';
import { foldOwner } from '../../core/journey/owner.ts';
import type { JourneyFile } from '../schema.ts';
import type { Report } from './layers.ts';

/** Owners are compared without regard to case and spaces: two that are the same then are a mistake, unless they say the same. */
export function resolveOwners(owners: JourneyFile['owners'], report: Report): OwnerDefinition[] {
  const known = new Map<string, OwnerDefinition>();
  for (const [name, email] of Object.entries(owners)) {
    const former = known.get(foldOwner(name));
    if (former === undefined) known.set(foldOwner(name), { crm: name.trim(), email });
    else if (former.email.toLowerCase() !== email.toLowerCase())
      report(['owners', name], `\`${name.trim()}\` is there already, as \`${former.crm}\`, with another address`, { at: 'key' });
  }
  return [...known.values()];
}
