import type { RecordKind, Signal } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import { idText, type Kind, type Note, noteObject, recordId } from './pipedrive-objects.ts';
import type { Webhook } from './webhook.ts';

/** An object whose present state is to be read, and why. `merged`: others have become part of it. */
export type Want = { kind: Kind; id: string; at: EpochMs; cause: 'created' | 'changed' | 'deleted' | 'merged' };

/** What a webhook says by itself, and what has to be looked up. `ignored` names an event that the bot has no use for. */
export type Told = {
  signals: Signal[];
  wants: Want[];
  /** Read already: a note tells all that is looked at. */
  notes: Note[];
  /** Deals that have lost an activity, and since when: their next step may be another. */
  nextSteps: { dealId: string; at: EpochMs }[];
  /** Stages, pipelines or fields were changed. */
  settings: boolean;
  ignored: string | null;
};

const kinds: Record<string, Kind> = { deal: 'deals', person: 'persons', organization: 'organizations', activity: 'activities' };
export const recordKindOf: Record<Exclude<Kind, 'activities'>, RecordKind> = { deals: 'deal', persons: 'person', organizations: 'account' };
const nothing: Told = { signals: [], wants: [], notes: [], nextSteps: [], settings: false, ignored: null };

/** A webhook is a hint: all but merges and notes is looked up before it is believed. */
export function readWebhook(webhook: Webhook): Told {
  const { action, entity, entity_id, timestamp, merged_to_id, merged_from_id } = webhook.meta;
  const { at } = timestamp;
  const ignored: Told = { ...nothing, ignored: `${action}.${entity}` };
  if (entity === 'stage' || entity === 'pipeline' || entity === 'user') return { ...nothing, settings: true };
  if (entity === 'note') {
    const note = noteObject.safeParse(webhook.data);
    // A note that was deleted was written all the same.
    return action === 'delete' || !note.success ? ignored : { ...nothing, notes: [note.data] };
  }
  const kind = Object.hasOwn(kinds, entity) ? kinds[entity] : undefined;
  const id = idText.safeParse(entity_id);
  if (kind === undefined || !id.success) return ignored;
  const want = (of: string, cause: Want['cause']): Want => ({ kind, id: of, at, cause });
  if (kind === 'activities') {
    const formerDeal = idText.safeParse(webhook.previous?.deal_id);
    return {
      ...nothing,
      // What was done and then deleted has happened all the same.
      wants: action === 'delete' ? [] : [want(id.data, action === 'create' ? 'created' : 'changed')],
      nextSteps: formerDeal.success ? [{ dealId: formerDeal.data, at }] : [],
    };
  }
  if (action === 'delete' && merged_to_id !== null)
    return { ...nothing, signals: [mergeSignal(kind, id.data, merged_to_id, at)], wants: [want(merged_to_id, 'merged')] };
  if (action === 'change' && merged_from_id !== null)
    return { ...nothing, signals: [mergeSignal(kind, merged_from_id, id.data, at)], wants: [want(id.data, 'merged')] };
  return { ...nothing, wants: [want(id.data, action === 'create' ? 'created' : action === 'change' ? 'changed' : 'deleted')] };
}

const mergeSignal = (kind: Exclude<Kind, 'activities'>, from: string, into: string, at: EpochMs): Signal => ({
  id: `pipedrive:${recordKindOf[kind]}:merged:${from}>${into}`,
  source: 'pipedrive',
  type: 'record.merged',
  occurredAt: at,
  merge: { kind: recordKindOf[kind], from: [recordId(from)], into: recordId(into) },
});

export const deletionSignal = (kind: Exclude<Kind, 'activities'>, id: string, at: EpochMs): Signal => ({
  id: `pipedrive:${recordKindOf[kind]}:${id}:deleted:${at}`,
  source: 'pipedrive',
  type: 'record.deleted',
  occurredAt: at,
  record: { kind: recordKindOf[kind], id: recordId(id) },
});
