import type { AccountRecord, JourneyRecord } from '../core/journey/record.ts';
import type { Signal } from '../core/journey/signal.ts';
import { FullRecordError } from './errors.ts';
import type { Neighbourhood } from './ports.ts';

/** Names that whoever sends them makes up. A record is read and written whole: it must not grow for ever. */
export const mostNames = 200;

const named = { 'metric.recorded': 'metrics', 'milestone.completed': 'milestones' } as const;

/** @throws FullRecordError when signals would give an account more metrics or milestones than it may have */
export function checkRoom(signals: readonly Signal[], changed: readonly JourneyRecord[], before: Neighbourhood): void {
  const kinds = new Set(signals.flatMap(({ type }) => (type === 'metric.recorded' || type === 'milestone.completed' ? named[type] : [])));
  for (const record of changed) {
    if (record.kind !== 'account') continue;
    const full = [...kinds].find((kind) => countOf(record, kind) > Math.max(mostNames, countOf(before.accounts.get(record.id)?.record, kind)));
    if (full !== undefined)
      throw new FullRecordError(`the account would have more than ${mostNames} ${full} of different names, which is as many as it may have`);
  }
}

const countOf = (record: AccountRecord | undefined, kind: 'metrics' | 'milestones'): number => Object.keys(record?.[kind] ?? {}).length;
