import { z } from 'zod';
import { dayMs, type EpochMs, minuteMs } from '../../../core/time.ts';
import { parseJson } from '../parse-json.ts';
import type { Filter } from './hubspot-lists.ts';
import { doneTasks, planMemoryMs } from './next-step.ts';
import { isEngagement, type ObjectKind, type RecordObject } from './object-kinds.ts';

/**
 * What an import reads, one after the other: accounts before the people and deals that refer to them. `all`: the list of a kind; `found`: what a search
 * finds; `gone`: what was deleted, which HubSpot lists for 90 days.
 */
export type Step = { kind: ObjectKind; read: 'all' } | { kind: ObjectKind; read: 'found'; groups: Filter[][] } | { kind: RecordObject; read: 'gone' };

/** Its search may show a change seconds after it was made; clocks differ as well. */
const recordOverlapMs = 10 * minuteMs;
/** HubSpot does not count it as a change when an engagement is joined to a deal, which people do when they tidy up in the evening. */
const engagementOverlapMs = dayMs;

const kinds = ['companies', 'contacts', 'deals', 'calls', 'emails', 'meetings'] as const;
const gone = (['companies', 'contacts', 'deals'] as const).map((kind): Step => ({ kind, read: 'gone' }));

export function stepsSince(since: EpochMs | null, now: EpochMs): Step[] {
  if (since === null) {
    // No need to read years of tasks that are done.
    const groups = [
      doneTasks.map((value): Filter => ({ propertyName: 'hs_task_status', operator: 'NEQ', value })),
      [atLeast('hs_lastmodifieddate', now - planMemoryMs)],
    ];
    return [...kinds.map((kind): Step => ({ kind, read: 'all' })), { kind: 'tasks', read: 'found', groups }, ...gone];
  }
  const changed = kinds.map((kind): Step => ({ kind, read: 'found', groups: changedGroups(kind, since, now) }));
  return [...changed, { kind: 'tasks', read: 'found', groups: [[atLeast('hs_lastmodifieddate', overlapping('tasks', since))]] }, ...gone];
}

/** From when on something counts as changed since then. */
export const overlapping = (kind: ObjectKind, since: EpochMs): EpochMs => since - (isEngagement(kind) ? engagementOverlapMs : recordOverlapMs);

function changedGroups(kind: ObjectKind, since: EpochMs, now: EpochMs): Filter[][] {
  const from = overlapping(kind, since);
  const changed = [atLeast(kind === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate', from)];
  // A meeting that was ahead and is over now was not changed, but has become a touchpoint.
  return kind === 'meetings'
    ? [changed, [atLeast('hs_timestamp', from), { propertyName: 'hs_timestamp', operator: 'LTE', value: String(now) }]]
    : [changed];
}

const atLeast = (propertyName: string, at: EpochMs): Filter => ({ propertyName, operator: 'GTE', value: String(at) });

/** How far an import has come. `at`: when it began, so that whoever goes on with it asks the same; `total`: counted when it began. */
const place = z.object({
  step: z.number().int().nonnegative(),
  after: z.string().nullable(),
  at: z.number(),
  done: z.number(),
  total: z.number().nullable(),
});
export type Place = z.output<typeof place>;

export const cursorOf = (at: Place): string => JSON.stringify(at);

/** Null where it is no cursor of this version: then an import begins anew, and says again what was said. */
export function placeOf(cursor: string): Place | null {
  const read = place.safeParse(parseJson(cursor));
  return read.success ? read.data : null;
}
