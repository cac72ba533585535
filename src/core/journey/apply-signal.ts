import { compareText } from '../compare-text.ts';
import type { EpochMs } from '../time.ts';
import { canonicalId } from './canonical-id.ts';
import { idWithinDeal } from './happening.ts';
import { rolesKey } from './held-roles.ts';
import { dealsOf, emptyRecord, goingBy, joinRecords } from './join-records.ts';
import {
  type AccountRecord,
  type DealRecord,
  idsOf,
  type JourneyRecord,
  ofNobody,
  type PersonRecord,
  type Register,
  type Touchpoint,
} from './record.ts';
import { register } from './register.ts';
import type { RecordKind, Signal } from './signal.ts';

/** The records at hand: those that a signal may concern. Ids are looked up by whatever name they go by. */
export type RecordsAtHand = {
  /** The id a record goes by now. */
  resolve(kind: RecordKind, id: string): string;
  get(kind: RecordKind, id: string): JourneyRecord | undefined;
  all(): Iterable<JourneyRecord>;
};

/** What a signal does: records as they are now, and ids that are now known as another. */
export type Applied = { records: JourneyRecord[]; aliases: { kind: RecordKind; from: string; into: string }[] };

/**
 * Applies one signal. A signal is a small record, joined to what is known: any order and any repetition of the same signals gives the
 * same records. (At one instant the larger value wins, and of deals that somebody is on all count; see register.ts.)
 */
export function applySignal(at: RecordsAtHand, signal: Signal): Applied {
  switch (signal.type) {
    case 'record.merged':
      return merge(at, signal);
    case 'record.erased':
      return erase(at, signal);
    case 'touchpoint.recorded':
      return put(at, touchpointFragments(at, signal));
    default:
      return put(at, [fragment(signal)]);
  }
}

type Of<Type extends Signal['type']> = Extract<Signal, { type: Type }>;
type Plain = Exclude<Signal, Of<'record.merged'> | Of<'record.erased'> | Of<'touchpoint.recorded'>>;

/** The small record that a signal is. */
function fragment(signal: Plain): JourneyRecord {
  const when = signal.occurredAt;
  switch (signal.type) {
    case 'account.upserted': {
      const { id, lifecycleStage, ...fields } = signal.account;
      return {
        ...empty<AccountRecord>('account', id, when),
        ...registers({ ...fields, source: signal.source }, when),
        stages: stageEvents(signal, lifecycleStage),
      };
    }
    case 'deal.upserted': {
      const { id, stage, closeDate, ...fields } = signal.deal;
      return {
        ...empty<DealRecord>('deal', id, when),
        ...registers({ ...fields, source: signal.source }, when),
        closeDates: [register(closeDate, when)].filter((date) => date !== undefined),
        stages: stageEvents(signal, stage),
      };
    }
    case 'person.upserted': {
      const { id, dealLinks = [], ...fields } = signal.person;
      // Whoever only puts a person on a deal does not say that the person is there.
      const source = dealLinks.length > 0 && Object.keys(fields).length === 0 ? undefined : signal.source;
      return {
        ...empty<PersonRecord>('person', id, when),
        ...registers({ ...fields, source }, when),
        ...links(dealLinks, when),
        ...(fields.roles === undefined ? {} : { rolesSaid: { [rolesKey(fields.roles)]: { first: when, last: when } } }),
      };
    }
    case 'stage.entered':
      return {
        ...empty<DealRecord>('deal', signal.stage.dealId, when),
        stages: [{ at: when, stage: signal.stage.stage, source: signal.source, entered: true }],
      };
    case 'next-step.set': {
      const { dealId, title, due } = signal.nextStep;
      return { ...empty<DealRecord>('deal', dealId, when), nextStep: { value: title === null ? null : { title, due: due ?? null }, at: when } };
    }
    case 'metric.recorded':
      return {
        ...empty<AccountRecord>('account', signal.metric.accountId, when),
        metrics: { [signal.metric.name]: [{ at: when, value: signal.metric.value }] },
      };
    case 'milestone.completed':
      return { ...empty<AccountRecord>('account', signal.milestone.accountId, when), milestones: { [signal.milestone.name]: when } };
    case 'role.assigned':
      return { ...empty<PersonRecord>('person', signal.role.personId, when), assigned: { [signal.role.role]: when } };
    case 'role.set': {
      const { personId, role, held, by } = signal.role;
      return { ...empty<PersonRecord>('person', personId, when), manual: { [role]: { value: { held, by }, at: when } } };
    }
    case 'record.deleted':
      return { ...emptyRecord(signal.record.kind, signal.record.id, when), deletedAt: when };
  }
}

/** A touchpoint belongs to the closest record it names (deal, else account, else person), and its person remembers when it was last heard or reached. */
function touchpointFragments(at: RecordsAtHand, signal: Of<'touchpoint.recorded'>): JourneyRecord[] {
  const { accountId, dealId, personId, type, direction, channel, asset, sentiment, by, note } = signal.touchpoint;
  const when = signal.occurredAt;
  const erased = personId != null && at.get('person', personId)?.erasedAt != null;
  const touchpoint: Touchpoint = {
    id: dealId == null ? signal.id : idWithinDeal(signal.id, dealId),
    // Before the rest: of two that differ only in this, the one that has it is the larger, and stays (see join-records.ts).
    ...(by == null ? {} : { by: by.toLowerCase() }),
    ...(note == null || erased ? {} : { note }),
    at: when,
    type,
    direction,
    channel: channel ?? null,
    personId: erased ? null : (personId ?? null),
    asset: asset ?? null,
    sentiment: sentiment ?? null,
  };
  const home: [RecordKind, string] | null =
    dealId != null ? ['deal', dealId] : accountId != null ? ['account', accountId] : personId != null ? ['person', personId] : null;
  const fragments: JourneyRecord[] =
    home === null ? [] : [{ ...emptyRecord(home[0], home[1], when), touchpoints: [touchpoint], lastOf: { [type]: when } }];
  if (personId != null) {
    fragments.push({
      ...empty<PersonRecord>('person', personId, when),
      lastInboundAt: direction === 'inbound' ? when : null,
      lastOutboundAt: direction === 'outbound' ? when : null,
    });
  }
  return fragments;
}

function put(at: RecordsAtHand, fragments: JourneyRecord[]): Applied {
  const changed = new Map<string, JourneyRecord>();
  for (const piece of fragments) {
    const id = at.resolve(piece.kind, piece.id);
    const key = `${piece.kind}:${id}`;
    const known = changed.get(key) ?? at.get(piece.kind, id);
    changed.set(key, known === undefined ? { ...piece, id } : joinRecords(known, piece));
  }
  return { records: [...changed.values()], aliases: [] };
}

function merge(at: RecordsAtHand, signal: Of<'record.merged'>): Applied {
  const { kind, from, into } = signal.merge;
  const gone = [...new Set(from)].filter((id) => id !== into);
  if (gone.length === 0) return { records: [], aliases: [] };
  const ids = [...new Set([into, ...gone].map((id) => at.resolve(kind, id)))];
  const parts = ids.map((id) => at.get(kind, id)).filter((part) => part !== undefined);
  // That they were merged says nothing of any of them.
  const nothing = { ...emptyRecord(kind, into, signal.occurredAt), ...(kind === 'deal' ? { parts: {} } : { deletions: {} }) };
  const merges = gone.map((id) => ({ ...nothing, merges: [{ from: id, into, at: signal.occurredAt }] }));
  const joined = [...merges, ...parts].reduce((whole, part) => joinRecords(whole, part));
  const survivor = goingBy(canonicalId(joined.merges, into), joined);
  const others = new Set([...ids, ...gone, into]);
  others.delete(survivor.id);
  return { records: [survivor, ...forgetting(at, survivor)], aliases: [...others].map((id) => ({ kind, from: id, into: survivor.id })) };
}

/** The record's tombstone stays. */
function erase(at: RecordsAtHand, signal: Of<'record.erased'>): Applied {
  const { kind, id } = signal.record;
  const { records } = put(at, [{ ...emptyRecord(kind, id, signal.occurredAt), erasedAt: signal.occurredAt }]);
  return { records: records.flatMap((erased) => [erased, ...forgetting(at, erased)]), aliases: [] };
}

/** Whoever mentions an erased person forgets who it was: by every id the person went by, also one that is found out only now. */
function forgetting(at: RecordsAtHand, person: JourneyRecord): JourneyRecord[] {
  if (person.kind !== 'person' || person.erasedAt === null) return [];
  const ids = idsOf(person);
  const isMeant = ({ personId }: Touchpoint): boolean => personId !== null && ids.has(personId);
  return [...at.all()]
    .filter((record) => !(record.kind === 'person' && ids.has(record.id)) && record.touchpoints.some(isMeant))
    .map((record) => ({
      ...record,
      touchpoints: record.touchpoints.map((touchpoint) => (isMeant(touchpoint) ? ofNobody(touchpoint) : touchpoint)),
    }));
}

const empty = <Kind extends JourneyRecord>(kind: Kind['kind'], id: string, at: EpochMs): Kind => emptyRecord(kind, id, at) as Kind;

function registers(fields: Record<string, unknown>, at: EpochMs): Record<string, Register<unknown>> {
  const named: Record<string, Register<unknown>> = {};
  for (const [name, value] of Object.entries(fields)) {
    const said = register(value, at);
    if (said !== undefined) named[name] = said;
  }
  return named;
}

/** In alphabetical order, as the join of maps has them. Of a deal that is named twice, being on it counts. */
function links(said: { dealId: string; linked: boolean }[], at: EpochMs): Pick<PersonRecord, 'dealIds' | 'dealLinks'> {
  if (said.length === 0) return {};
  const byDeal = [...said].sort((a, b) => compareText(a.dealId, b.dealId) || Number(a.linked) - Number(b.linked));
  return dealsOf(Object.fromEntries(byDeal.map(({ dealId, linked }) => [dealId, { value: linked, at }])));
}

const stageEvents = (signal: Signal, stage: string | null | undefined) =>
  stage == null ? [] : [{ at: signal.occurredAt, stage, source: signal.source, entered: false }];
