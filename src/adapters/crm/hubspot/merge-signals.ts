import type { Signal } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import type { HubspotObject } from './hubspot-answers.ts';
import type { RecordObject } from './object-kinds.ts';
import { mergeSignal } from './read-event.ts';
import { timeOf } from './record-fields.ts';

/**
 * Which records were merged into this one, and when: as its history of `hs_merged_object_ids` tells; of contacts from before there was one,
 * `hs_calculated_merged_vids` (`id:milliseconds;…`); else some time before `modified`, when it was changed last. Those that were merged at once make one signal.
 */
export function mergeSignals(kind: RecordObject, object: HubspotObject, modified: EpochMs): Signal[] {
  const { properties, history } = object;
  const times = new Map<string, EpochMs>();
  for (const id of idsIn(properties.hs_merged_object_ids)) times.set(id, modified);
  for (const pair of idsIn(properties.hs_calculated_merged_vids)) {
    const [id = '', at] = pair.split(':');
    times.set(id, timeOf(at) ?? modified);
  }
  // Newest first: the oldest mention of an id comes last, and counts.
  for (const { value, timestamp } of history.hs_merged_object_ids ?? []) for (const id of idsIn(value)) times.set(id, timeOf(timestamp) ?? modified);
  times.delete(object.id);
  const together = Map.groupBy(times, ([, at]) => at);
  return [...together].sort(([a], [b]) => a - b).map(([at, pairs]) => mergeSignal(kind, pairs.map(([id]) => id).sort(), object.id, at));
}

const idsIn = (list: string | null | undefined): string[] =>
  (list ?? '')
    .split(';')
    .map((id) => id.trim())
    .filter((id) => id !== '');
