import { hash } from 'node:crypto';
import type { DealFields, Signal } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import type { Directory } from './directory.ts';
import type { HubspotObject } from './hubspot-answers.ts';
import { mergeSignals } from './merge-signals.ts';
import { type RecordObject, recordId, recordUrl } from './object-kinds.ts';
import { accountFields, dealFields, personFields, rolesOf, timeOf } from './record-fields.ts';
import { linked, linksOf, type State } from './state.ts';

/**
 * The signals that a record's present state amounts to. They count from its last modification, not from the webhook: the newer state wins,
 * in whatever order it was fetched. `notBefore` is the time of an event that HubSpot does not count as a modification (a label, a
 * restoration): what is linked to the record is said again as of then. Ids are digests of what is said: the same state says the same once.
 */
export function recordSignals(
  state: State,
  kind: RecordObject,
  object: HubspotObject,
  portalId: number,
  notBefore: EpochMs,
  directory: Directory,
): Signal[] {
  const { id, properties } = object;
  const modified = modifiedAt(object);
  const base = { id: recordId(id), url: recordUrl(portalId, kind, id) };
  const times = notBefore > modified ? [modified, notBefore] : [modified];
  const isLast = (at: EpochMs): boolean => at === times.at(-1);
  const merges = mergeSignals(kind, object, modified);
  switch (kind) {
    case 'deals': {
      const [company] = linked(state, 'deals', 'companies', id);
      const links = { accountId: company === undefined ? null : recordId(company) };
      const mergedAt = merges.at(-1)?.occurredAt ?? null;
      const all = dealFields(properties, id, directory);
      const { closeDate: _, ...others } = all;
      const fields = mergedAt === null ? all : others;
      const deals = times.map((at) => upsert(at, id, { deal: { ...base, ...(at === modified ? fields : {}), ...(isLast(at) ? links : {}) } }));
      return [
        ...merges,
        ...begun(object, (at) => upsert(at, id, { deal: base })),
        ...closeDateSignals(object, mergedAt, directory),
        ...deals,
        ...stageSignals(object),
      ];
    }
    case 'contacts': {
      const deals = linksOf(state, 'contacts', 'deals', id);
      // A label that the team gave somebody on a deal is a role, like HubSpot's own property for roles.
      const roles = [...new Set([...rolesOf(properties.hs_buying_role), ...deals.flatMap(({ labels }) => labels)])];
      const links = { dealIds: deals.map((deal) => recordId(deal.id)), roles };
      const fields = personFields(properties, id);
      const people = times.map((at) => upsert(at, id, { person: { ...base, ...(at === modified ? fields : {}), ...(isLast(at) ? links : {}) } }));
      return [...merges, ...begun(object, (at) => upsert(at, id, { person: base })), ...people];
    }
    case 'companies': {
      const fields = accountFields(properties, id, directory);
      const accounts = times.map((at) => upsert(at, id, { account: { ...base, ...(at === modified ? fields : {}) } }));
      return [...merges, ...begun(object, (at) => upsert(at, id, { account: base })), ...lifecycleSignals(object), ...accounts];
    }
  }
}

/** The name of the property differs by kind; `updatedAt` is the same time under HubSpot's own name for all. */
export const modifiedAt = ({ properties, updatedAt }: HubspotObject): EpochMs =>
  timeOf(properties.hs_lastmodifieddate ?? properties.lastmodifieddate ?? updatedAt) ?? 0;

/** Since when there has been such a record: whoever comes to know it late knows no less than who heard of it first. */
function begun(object: HubspotObject, say: (at: EpochMs) => Signal): Signal[] {
  const at = timeOf(object.createdAt);
  return at === null || at >= modifiedAt(object) ? [] : [say(at)];
}

/** Every stage the deal has been in, with HubSpot's own times. */
const stageSignals = (object: HubspotObject): Signal[] =>
  movesOf(object, 'dealstage')
    .filter(({ value }) => value !== '')
    .map(({ value, at }) => ({
      id: `hubspot:deal:${object.id}:stage:${at}:${value}`,
      source: 'hubspot',
      type: 'stage.entered',
      occurredAt: at,
      stage: { dealId: recordId(object.id), stage: value },
    }));

/**
 * Every close date the deal has had: how often it was pushed is told by them. Of deals that were merged HubSpot has one history, and does not tell whose each date
 * was: where the newest was another one's, the deal's own is its own again since the last merge. That is no move: once it is changed, nobody can tell it any more.
 */
function closeDateSignals(object: HubspotObject, mergedAt: EpochMs | null, directory: Directory): Signal[] {
  const say = (at: EpochMs, said: DealFields): Signal => upsert(at, object.id, { deal: { id: recordId(object.id), ...said } });
  const moves = mergedAt === null ? formerly(object, 'closedate') : movesOf(object, 'closedate');
  const told = moves.map(({ value, at }) => say(at, { closeDate: directory.dayOf(value) }));
  const newest = moves.at(-1);
  if (mergedAt === null || newest === undefined) return told;
  const value = object.properties.closedate ?? '';
  return [...told, say(newest.value === value ? newest.at : Math.max(newest.at, mergedAt), { closeDateNow: directory.dayOf(value) })];
}

const lifecycleSignals = (object: HubspotObject): Signal[] =>
  formerly(object, 'lifecyclestage').map(({ value, at }) =>
    upsert(at, object.id, { account: { id: recordId(object.id), lifecycleStage: value || null } }),
  );

/** Without the one that the record's own upsert says as of the same instant. */
const formerly = (object: HubspotObject, property: string): { value: string; at: EpochMs }[] =>
  movesOf(object, property).filter(({ at }) => at !== modifiedAt(object));

/** A property's values, oldest first. Writing the same value again is not a move. */
function movesOf({ history }: HubspotObject, property: string): { value: string; at: EpochMs }[] {
  const values = (history[property] ?? []).flatMap(({ value, timestamp }) => {
    const at = timeOf(timestamp);
    return at === null ? [] : [{ value, at }];
  });
  return values.sort((a, b) => a.at - b.at).filter(({ value }, index) => value !== values[index - 1]?.value);
}

type Upsert = Extract<Signal, { type: 'deal.upserted' | 'person.upserted' | 'account.upserted' }>;
type About = { [Type in Upsert as Type['type']]: Omit<Type, 'id' | 'source' | 'type' | 'occurredAt'> }[Upsert['type']];

function upsert(occurredAt: EpochMs, objectId: string, about: About): Signal {
  const word = 'deal' in about ? 'deal' : 'person' in about ? 'person' : 'account';
  const body = { source: 'hubspot', type: `${word}.upserted`, occurredAt, ...about };
  const digest = hash('sha256', JSON.stringify(body), 'base64url').slice(0, 16);
  return { ...body, id: `hubspot:${word}:${objectId}:${occurredAt}:${digest}` } as Signal;
}
