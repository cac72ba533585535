import { compareText } from '../compare-text.ts';
import { endsOf, joinDeletions } from './deletions.ts';
import { rememberedOf, touchpointOrder } from './happening.ts';
import { joinMaps } from './join-maps.ts';
import { joinLastOf } from './last-of.ts';
import {
  type AccountRecord,
  type DealRecord,
  type JourneyRecord,
  type Measurement,
  type PersonRecord,
  type Register,
  remembered,
  type StageEvent,
  type Touchpoint,
} from './record.ts';
import { newer, newerOrBoth } from './register.ts';
import { rememberedMeasurements } from './remembered-measurements.ts';
import type { RecordKind } from './signal.ts';
import { type UnionRule, union, weeklyUnion } from './union.ts';

/**
 * The join of two records of one kind: associative, commutative, idempotent (tested as properties). `a`'s id stays.
 * An erased record absorbs everything: only its tombstone is left.
 */
export function joinRecords<Kind extends JourneyRecord>(a: Kind, b: Kind): Kind {
  const joined = joinFields(a, b) as Kind;
  return joined.erasedAt === null ? joined : tombstone(joined);
}

/** A record of which nothing is known but that it was spoken of at `at`. */
export function emptyRecord(kind: RecordKind, id: string, at: number): JourneyRecord {
  const shared = { id, firstSeenAt: at, touchpoints: [], merges: [], deletedAt: null, erasedAt: null };
  switch (kind) {
    case 'account':
      return { kind, ...shared, stages: [], metrics: {}, milestones: {} };
    case 'deal':
      return { kind, ...shared, closeDates: [], stages: [] };
    case 'person':
      return { kind, ...shared, assigned: {}, lastInboundAt: null, lastOutboundAt: null };
  }
}

function joinFields(a: JourneyRecord, b: JourneyRecord): JourneyRecord {
  if (a.kind === 'account' && b.kind === 'account') return joinAccounts(a, b);
  if (a.kind === 'deal' && b.kind === 'deal') return joinDeals(a, b);
  if (a.kind === 'person' && b.kind === 'person') return joinPeople(a, b);
  throw new TypeError(`cannot join a ${a.kind} with a ${b.kind}`);
}

const joinAccounts = (a: AccountRecord, b: AccountRecord): AccountRecord => ({
  ...joinShared(a, b),
  ...joinDeletions(a, b),
  ...joinRegisters(a, b, ['source', 'name', 'domain', 'segment', 'ownerEmail', 'renewalDate', 'url']),
  kind: 'account',
  stages: joinStages(a.stages, b.stages),
  metrics: joinMaps(a.metrics, b.metrics, (x, y) => union(x, y, measurementRule)),
  milestones: joinMaps(a.milestones, b.milestones, Math.min),
});

/** Two records of one id are of one deal; those of two ids, of deals that were merged. */
const joinDeals = (a: DealRecord, b: DealRecord): DealRecord =>
  a.id === b.id && a.parts === undefined && b.parts === undefined
    ? joinOfOne(a, b)
    : standing({ ...joinOfOne(a, b), parts: joinMaps(partsOf(a), partsOf(b), joinOfOne) });

const joinOfOne = (a: DealRecord, b: DealRecord): DealRecord => ({
  ...joinShared(a, b),
  ...joinRegisters(a, b, [
    'source',
    'accountId',
    'name',
    'pipeline',
    'amount',
    'currency',
    'ownerEmail',
    'status',
    'url',
    'stallLimit',
    'nextStep',
    'closeDateNow',
  ]),
  kind: 'deal',
  closeDates: weeklyUnion(a.closeDates, b.closeDates, ({ value }) => value ?? ''),
  stages: joinStages(a.stages, b.stages),
});

/** What was said of a deal, without what happened on it. */
const partsOf = (deal: DealRecord): NonNullable<DealRecord['parts']> => {
  if (deal.parts !== undefined) return deal.parts;
  const { lastOf: _, ...own } = { ...deal, touchpoints: [], merges: [], erasedAt: null };
  return { [deal.id]: joinOfOne(own, own) };
};

/**
 * Deals that have become one are what the CRM says of the one that is left: its stages are its own, and what was said of the others fills only what was
 * never said of it. What happened on any of them has happened on it.
 */
function standing(deal: DealRecord): DealRecord {
  const all = Object.entries(deal.parts ?? {});
  const own = all.find(([id]) => id === deal.id)?.[1];
  const others = all.flatMap(([id, part]) => (id === deal.id ? [] : [part]));
  const [rest] = others.length === 0 ? [] : [others.reduce(joinOfOne)];
  const { id, kind, firstSeenAt, touchpoints, lastOf, merges, erasedAt, parts } = deal;
  return {
    ...rest,
    ...own,
    ...{ id, kind, touchpoints, merges, erasedAt, parts: parts ?? {} },
    ...(lastOf === undefined ? {} : { lastOf }),
    firstSeenAt: Math.min((own ?? rest)?.firstSeenAt ?? firstSeenAt, touchpoints.at(-1)?.at ?? Number.POSITIVE_INFINITY),
    deletedAt: own?.deletedAt ?? null,
    stages: [own?.stages, rest?.stages].find((stages) => stages?.length) ?? [],
    closeDates: [own?.closeDates, rest?.closeDates].find((dates) => dates?.length) ?? [],
  };
}

/** A record as it goes by another of its ids. */
export function goingBy(id: string, record: JourneyRecord): JourneyRecord {
  if (record.kind === 'deal') return record.parts === undefined ? { ...record, id } : standing({ ...record, id });
  return { ...record, id, ...(record.deletions === undefined ? {} : endsOf(id, record.deletions)) };
}

const joinPeople = (a: PersonRecord, b: PersonRecord): PersonRecord => ({
  ...joinShared(a, b),
  ...joinDeletions(a, b),
  ...joinRegisters(a, b, ['source', 'accountId', 'name', 'title', 'email', 'url', 'roles']),
  ...joinDealLinks(a, b),
  kind: 'person',
  assigned: joinMaps(a.assigned, b.assigned, Math.min),
  ...joinRoles(a, b),
  lastInboundAt: latest(a.lastInboundAt, b.lastInboundAt),
  lastOutboundAt: latest(a.lastOutboundAt, b.lastOutboundAt),
});

/** The newest word on each deal, and `dealIds` as they follow from it; these alone, where no links were said. */
function joinDealLinks(a: PersonRecord, b: PersonRecord): Pick<PersonRecord, 'dealIds' | 'dealLinks'> {
  if (a.dealLinks === undefined && b.dealLinks === undefined) {
    const dealIds = newerOrBoth(a.dealIds, b.dealIds);
    return dealIds === undefined ? {} : { dealIds };
  }
  if (b.dealLinks === undefined) return dealsOf(a.dealLinks ?? {}, a.dealIds);
  return dealsOf(joinMaps(a.dealLinks ?? {}, b.dealLinks, (x, y) => newer(x, y) ?? x));
}

/** A person's deals by the links alone. `known`: what was worked out of the same links before. */
export function dealsOf(links: NonNullable<PersonRecord['dealLinks']>, known?: PersonRecord['dealIds']): Pick<PersonRecord, 'dealIds' | 'dealLinks'> {
  if (known !== undefined) return { dealIds: known, dealLinks: links };
  const on = Object.entries(links).filter(([, { value }]) => value === true);
  return { dealIds: { value: on.map(([dealId]) => dealId), at: Math.max(...Object.values(links).map(({ at }) => at)) }, dealLinks: links };
}

/** Nothing, where nothing was said. */
function joinRoles(a: PersonRecord, b: PersonRecord): Pick<PersonRecord, 'rolesSaid' | 'manual'> {
  const said = joinMaps(a.rolesSaid ?? {}, b.rolesSaid ?? {}, (x, y) => ({ first: Math.min(x.first, y.first), last: Math.max(x.last, y.last) }));
  const manual = joinMaps(a.manual ?? {}, b.manual ?? {}, (x, y) => newer(x, y) ?? x);
  return {
    ...(Object.keys(said).length === 0 ? {} : { rolesSaid: Object.fromEntries(Object.entries(said).slice(0, remembered.roleSets)) }),
    ...(Object.keys(manual).length === 0 ? {} : { manual }),
  };
}

const joinShared = <Kind extends JourneyRecord>(a: Kind, b: Kind) => ({
  id: a.id,
  firstSeenAt: Math.min(a.firstSeenAt, b.firstSeenAt),
  touchpoints: union(a.touchpoints, b.touchpoints, touchpointRule),
  ...(a.lastOf === undefined && b.lastOf === undefined ? {} : { lastOf: joinLastOf(a.lastOf, b.lastOf) ?? {} }),
  merges: union(a.merges, b.merges, mergeRule),
  deletedAt: latest(a.deletedAt, b.deletedAt),
  erasedAt: a.erasedAt === null ? b.erasedAt : b.erasedAt === null ? a.erasedAt : Math.min(a.erasedAt, b.erasedAt),
});

function joinRegisters<Kind extends object, Name extends keyof Kind>(a: Kind, b: Kind, names: readonly Name[]): Pick<Kind, Name> {
  const joined: Partial<Kind> = {};
  for (const name of names) {
    const register = newer(a[name] as Register<unknown> | undefined, b[name] as Register<unknown> | undefined);
    if (register !== undefined) joined[name] = register as Kind[Name];
  }
  return joined as Pick<Kind, Name>;
}

function tombstone<Kind extends JourneyRecord>(record: Kind): Kind {
  const all = [record, ...Object.values(record.kind === 'deal' ? (record.parts ?? {}) : {})];
  const deletions = Object.values(record.kind === 'deal' ? {} : (record.deletions ?? {}));
  return {
    ...emptyRecord(record.kind, record.id, Math.min(...all.map(({ firstSeenAt }) => firstSeenAt))),
    merges: record.merges,
    deletedAt: [...all.map(({ deletedAt }) => deletedAt), ...deletions].reduce(latest),
    erasedAt: record.erasedAt,
  } as Kind;
}

const latest = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.max(a, b));

/** One that comes twice with two times (somebody corrected it) counts as the newer one; one that says with whom it was, before one that does not yet. */
const touchpointRule: UnionRule<Touchpoint> = {
  order: touchpointOrder,
  key: (touchpoint) => touchpoint.id,
  prefer(a, b) {
    if (a.at !== b.at) return a.at > b.at ? a : b;
    if ((a.personId === null) !== (b.personId === null)) return a.personId === null ? b : a;
    return JSON.stringify(a) >= JSON.stringify(b) ? a : b;
  },
  keep: rememberedOf,
};

/** Moves, and beside them what was merely seen, which a CRM repeats with every change of a record. */
function joinStages(a: StageEvent[], b: StageEvent[]): StageEvent[] {
  if (b.length === 0) return a;
  const moves = union(a.filter(isMove), b.filter(isMove), moveRule);
  const seen = weeklyUnion(a.filter(isSeen), b.filter(isSeen), ({ source, stage }) => `${source} ${stage}`);
  return [...moves, ...seen].sort(stageOrder);
}

const isMove = ({ entered }: StageEvent): boolean => entered;
const isSeen = ({ entered }: StageEvent): boolean => !entered;

/** Newest first. Of one instant the one that was entered comes first, then the larger one. */
const stageOrder = (a: StageEvent, b: StageEvent): number =>
  b.at - a.at || Number(b.entered) - Number(a.entered) || compareText(b.stage, a.stage) || compareText(b.source, a.source);

const moveRule: UnionRule<StageEvent> = {
  order: stageOrder,
  key: ({ at, source, stage }) => `${at} ${source} ${stage}`,
  prefer: (a) => a,
  keep: (moves) => moves.slice(0, remembered.moves),
};

const measurementRule: UnionRule<Measurement> = {
  order: (a, b) => b.at - a.at,
  key: (measurement) => measurement.at,
  prefer: (a, b) => (a.value >= b.value ? a : b),
  keep: rememberedMeasurements,
};

const mergeRule: UnionRule<JourneyRecord['merges'][number]> = {
  order: (a, b) => a.at - b.at || compareText(a.from, b.from) || compareText(a.into, b.into),
  key: (merge) => `${merge.at} ${merge.from} ${merge.into}`,
  prefer: (a) => a,
  keep: (merges) => merges,
};
