import type { Direction, Signal, TouchpointFields } from '../../../../core/journey/signal.ts';
import type { EpochMs } from '../../../../core/time.ts';
import type { Field } from '../fields.ts';
import type { RowContext } from './row.ts';

/**
 * Exports keep the last activity of a record and say of it only when it was: one touchpoint of type `activity`. Who acted is said by some columns;
 * where not, it was us: nobody is to count as heard from without a word of theirs.
 */
export function lastTouches(
  { cells }: RowContext,
  kind: 'deal' | 'account' | 'person',
  about: Omit<TouchpointFields, 'type' | 'direction'>,
  id: string,
): Signal[] {
  const time = (name: 'last_inbound' | 'last_outbound' | 'last_activity'): EpochMs | null => cells.time(`${kind}.${name}` as Field) ?? null;
  const [inbound, outbound, any] = [
    kind === 'account' ? null : time('last_inbound'),
    kind === 'account' ? null : time('last_outbound'),
    time('last_activity'),
  ];
  const touch = (at: EpochMs | null, direction: Direction): Signal[] =>
    at === null
      ? []
      : [
          {
            id: `csv:touchpoint:${id}:${direction}:${at}`,
            source: 'csv',
            type: 'touchpoint.recorded',
            occurredAt: at,
            touchpoint: { ...about, type: 'activity', direction },
          },
        ];
  return [...touch(inbound, 'inbound'), ...touch(outbound, 'outbound'), ...touch(any === inbound || any === outbound ? null : any, 'outbound')];
}
