import type { Signal } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import { isEngagement, type ObjectKind, objectKindOf, type RecordObject, recordId, recordKindOf } from './object-kinds.ts';
import type { WebhookEvent } from './webhook-event.ts';

/**
 * An object whose present state is to be read, and why. `created` and `revived`: it must be there, so that a state older than the event
 * counts from the event; `linked`: HubSpot does not count a change of associations as a modification.
 */
export type Want = { kind: ObjectKind; id: string; portalId: number; at: EpochMs; cause: 'created' | 'changed' | 'linked' | 'revived' | 'deleted' };

/** What an event says by itself, and what has to be looked up. `ignored` names an event that the bot has no use for. */
export type Told = { signals: Signal[]; wants: Want[]; ignored: string | null };

/** A webhook is a hint: all but a merge and an erasure is looked up before it is believed. */
export function readEvent(event: WebhookEvent): Told {
  const type = event.subscriptionType ?? event.eventType ?? '';
  const [prefix = '', verb = ''] = type.split('.');
  const typeName = prefix === 'object' ? (event.objectTypeId ?? event.fromObjectTypeId ?? '') : prefix;
  const ignored: Told = { signals: [], wants: [], ignored: prefix === 'object' ? `${typeName}.${verb}` : type };
  if (verb === 'associationChange') {
    const wants = linkedObjects(event);
    return wants.length === 0 ? ignored : { signals: [], wants, ignored: null };
  }
  const kind = objectKindOf(typeName);
  const id = event.objectId ?? event.primaryObjectId;
  if (kind === null || id === undefined) return ignored;
  const want = (cause: Want['cause']): Told => ({
    signals: [],
    wants: [{ kind, id, portalId: event.portalId, at: event.occurredAt, cause }],
    ignored: null,
  });
  switch (verb) {
    case 'creation':
      return want('created');
    case 'propertyChange':
      return want('changed');
    case 'restore':
      return want('revived');
    case 'deletion':
      // A touchpoint that was deleted in HubSpot has happened all the same; a next step passes.
      return isEngagement(kind) ? ignored : want('deleted');
    case 'merge':
      return isEngagement(kind) ? ignored : merged(event, kind);
    case 'privacyDeletion':
      return kind === 'contacts' ? { signals: [erased(event, id)], wants: [], ignored: null } : ignored;
    default:
      return ignored;
  }
}

/** The survivor may be a third record, made by the merge: then the primary one is merged away as well. */
function merged(event: WebhookEvent, kind: RecordObject): Told {
  const primary = event.primaryObjectId ?? event.objectId;
  const survivor = event.newObjectId ?? primary;
  if (survivor === undefined) return { signals: [], wants: [], ignored: `${recordKindOf[kind]}.merge` };
  const from = [...new Set([...(primary === undefined ? [] : [primary]), ...(event.mergedObjectIds ?? [])])].filter((id) => id !== survivor).sort();
  return {
    signals: from.length === 0 ? [] : [mergeSignal(kind, from, survivor, event.occurredAt)],
    wants: [{ kind, id: survivor, portalId: event.portalId, at: event.occurredAt, cause: 'revived' }],
    ignored: null,
  };
}

export const mergeSignal = (kind: RecordObject, from: string[], into: string, at: EpochMs): Signal => ({
  id: `hubspot:${recordKindOf[kind]}:merged:${from.join('+')}>${into}:${at}`,
  source: 'hubspot',
  type: 'record.merged',
  occurredAt: at,
  merge: { kind: recordKindOf[kind], from: from.map(recordId), into: recordId(into) },
});

const erased = (event: WebhookEvent, id: string): Signal => ({
  id: `hubspot:person:${id}:erased`,
  source: 'hubspot',
  type: 'record.erased',
  occurredAt: event.occurredAt,
  record: { kind: 'person', id: recordId(id) },
});

/** Both ends of a changed association, as far as the bot knows their kind. */
function linkedObjects(event: WebhookEvent): Want[] {
  const { from, to } = associationEnds(event);
  // A note joined to a deal, a company to its parent: nothing of ours has changed.
  if (from.kind === null || to.kind === null || (from.kind === 'companies' && to.kind === 'companies')) return [];
  // What a deal or a contact is joined to stays the same when an engagement is joined to it.
  const cause = isEngagement(from.kind) || isEngagement(to.kind) ? 'changed' : 'linked';
  return [from, to].flatMap(({ kind, id }): Want[] =>
    // A company's own record says nothing of its deals and contacts: they say which company is theirs.
    kind === null || kind === 'companies' || id === undefined ? [] : [{ kind, id, portalId: event.portalId, at: event.occurredAt, cause }],
  );
}

type AssociationEnd = { kind: ObjectKind | null; id: string | undefined };

/** What an association joins. Kinds come as type ids in generic events, as `DEAL_TO_CONTACT` in older ones; null: one that the bot does not read. */
export function associationEnds(event: WebhookEvent): { from: AssociationEnd; to: AssociationEnd } {
  const { fromObjectTypeId, toObjectTypeId = '', associationType = '' } = event;
  const [from = '', to = ''] = fromObjectTypeId !== undefined ? [fromObjectTypeId, toObjectTypeId] : associationType.toLowerCase().split('_to_');
  return { from: { kind: objectKindOf(from), id: event.fromObjectId }, to: { kind: objectKindOf(to), id: event.toObjectId } };
}
