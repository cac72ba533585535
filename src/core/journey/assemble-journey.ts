import type { EpochMs } from '../time.ts';
import { accountPath } from './account-path.ts';
import { closeDatesOf } from './close-dates.ts';
import { crowdOf } from './crowd.ts';
import type { AccountDeal, Journey, JourneyAccount, JourneyDeal, Outcome } from './journey.ts';
import type { JourneyConfig, JourneyMap } from './journey-map.ts';
import { joinLastOf } from './last-of.ts';
import { mapOfPipeline, unnamedPipeline } from './map-of-pipeline.ts';
import { ownerEmailOf } from './owner.ts';
import { type AccountRecord, type DealRecord, isAlive, type PersonRecord } from './record.ts';
import { segmentsOf } from './segments.ts';
import { type Path, pathOf } from './stage-visits.ts';
import { stagesOf } from './stages-of.ts';
import { touchpointsOf } from './touchpoints-of.ts';
import { firstOfEachInstant } from './union.ts';

/**
 * An account's records as they are now, however many there are of each. `deals`: where the account's own journeys are asked for; `wonAt`: where only their
 * paths are, and somebody knows already when its deals were won. `nowOf`: the id by which
 * somebody goes now who is not among its people, and is named all the same; null: was deleted.
 */
export type Surroundings = {
  account: AccountRecord | null;
  people: PersonRecord[];
  deals?: DealRecord[];
  wonAt?: readonly EpochMs[];
  nowOf?: (personId: string) => string | null;
};

/** The map that a deal travels; null: none takes its pipeline. */
export const mapOfDeal = (deal: DealRecord, config: JourneyConfig): JourneyMap | null =>
  mapOfPipeline(deal.pipeline?.value ?? unnamedPipeline, config);

/** One deal's journey; null while the CRM has not spoken of the deal itself, or no map takes its pipeline. */
export function dealJourney(deal: DealRecord, around: Surroundings, config: JourneyConfig): Journey | null {
  // Of an account that is gone, whoever came to know of it afterwards knows nothing, and says the same.
  const account = around.account !== null && isAlive(around.account) ? around.account : null;
  const map = mapOfDeal(deal, config);
  if (map === null || deal.source === undefined || deal.erasedAt !== null) return null;
  const name = deal.name?.value ?? deal.id;
  const dates = closeDatesOf(deal);
  const [newest] = dates;
  const facts: JourneyDeal = {
    id: deal.id,
    name,
    pipeline: deal.pipeline?.value ?? null,
    amount: deal.amount?.value ?? null,
    currency: deal.currency?.value ?? null,
    closeDate: newest?.value == null ? null : { day: newest.value, setAt: newest.at },
    closeDates: closeDates(dates),
    stallLimit: stallLimit(deal),
  };
  const step = deal.nextStep;
  const owner = ownerEmailOf(deal.ownerEmail?.value, config.owners);
  return {
    ...shared(`deal:${deal.id}`, map, pathOf(map, stagesOf(deal), deal.status), deal, { ...around, account }, config),
    kind: 'deal',
    deal: facts,
    name,
    segments: segmentsOf(
      { amount: facts.amount, segment: account?.segment?.value ?? null, ownerEmail: owner, pipeline: facts.pipeline },
      config.segments,
    ),
    ownerEmail: owner ?? ownerEmailOf(account?.ownerEmail?.value, config.owners),
    ...unknownOwner(deal, owner),
    url: deal.url?.value ?? null,
    nextStep: step?.value == null ? null : { ...step.value, setAt: step.at },
  };
}

/** How a deal's journey stands, without who travels it; null: there is none. */
export function dealOutcome(deal: DealRecord, config: JourneyConfig): { mapKey: string; outcome: Outcome } | null {
  const map = mapOfDeal(deal, config);
  if (map === null || deal.source === undefined || deal.erasedAt !== null) return null;
  return { mapKey: map.key, outcome: isAlive(deal) ? pathOf(map, stagesOf(deal), deal.status).outcome : deleted(deal.deletedAt ?? deal.firstSeenAt) };
}

/**
 * The journeys of an account after the sale: one for every map that knows its lifecycle stage now, or knew it, or of which a stage has begun otherwise.
 * They go on side by side. `now`: what the renewal date begins has begun by then; without it nothing has.
 */
export function accountJourneys(around: Surroundings, config: JourneyConfig, now = Number.NEGATIVE_INFINITY): Journey[] {
  const { account, deals = [] } = around;
  if (account === null || account.source === undefined || account.erasedAt !== null) return [];
  const maps = config.maps.filter((map) => map.for.kind === 'accounts');
  // Most accounts are no customers yet, and most deals begin nothing: they are looked at where that matters.
  let known: AccountDeal[] | null = null;
  const travelling = (): AccountDeal[] => {
    known ??= dealsOnMaps(deals, config);
    return known;
  };
  const wonAt = (): readonly EpochMs[] => around.wonAt ?? travelling().flatMap(({ outcome }) => (outcome.state === 'won' ? [outcome.at] : []));
  const journeys: Journey[] = [];
  for (const map of maps) {
    const { movesAt, ...path } = accountPath(map, { account, maps, wonAt, calendar: config.calendar, now });
    if (movesAt === null && !path.visits.some((visit) => visit.stage !== null)) continue;
    const owner = ownerEmailOf(account.ownerEmail?.value, config.owners);
    const name = account.name?.value ?? account.id;
    journeys.push({
      ...shared(`account:${account.id}:${map.key}`, map, path, account, around, config),
      kind: 'account',
      deal: null,
      name,
      segments: segmentsOf({ amount: null, segment: account.segment?.value ?? null, ownerEmail: owner, pipeline: null }, config.segments),
      ownerEmail: owner,
      ...unknownOwner(account, owner),
      url: account.url?.value ?? null,
      nextStep: null,
      ...(travelling().length === 0 ? {} : { deals: travelling() }),
      ...(movesAt === null ? {} : { movesAt }),
    });
  }
  return journeys;
}

function dealsOnMaps(deals: readonly DealRecord[], config: JourneyConfig): AccountDeal[] {
  const known = deals.flatMap((deal): AccountDeal[] => {
    const map = mapOfDeal(deal, config);
    if (map === null || deal.source === undefined || !isAlive(deal)) return [];
    const { visits, outcome } = pathOf(map, stagesOf(deal), deal.status);
    const startedAt = Math.min(visits[0]?.enteredAt ?? deal.firstSeenAt, deal.firstSeenAt);
    return [{ id: deal.id, name: deal.name?.value ?? deal.id, mapKey: map.key, startedAt, outcome }];
  });
  return known.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function shared(id: string, map: JourneyMap, path: Path, record: DealRecord | AccountRecord, around: Surroundings, config: JourneyConfig) {
  const { account } = around;
  const first = path.visits[0]?.enteredAt ?? record.firstSeenAt;
  const crowd = crowdOf(around.people);
  const { touchpoints, mayForget } = touchpointsOf(record, around);
  return {
    id,
    mapKey: map.key,
    source: record.source?.value ?? 'signals',
    account: account?.source === undefined || account.erasedAt !== null ? null : accountFacts(account, config),
    outcome: isAlive(record) ? path.outcome : deleted(record.deletedAt ?? record.firstSeenAt),
    startedAt: Math.min(first, record.firstSeenAt),
    visits: path.visits,
    committee: crowd.committee(config.roles),
    touchpoints,
    ...(mayForget ? { lastOf: [account?.lastOf, crowd.lastOf].reduce(joinLastOf, record.lastOf) ?? {} } : {}),
    metrics: account?.metrics ?? {},
    milestones: account?.milestones ?? {},
  };
}

function unknownOwner({ ownerEmail }: DealRecord | AccountRecord, owner: string | null): { unknownOwner?: string } {
  const said = ownerEmail?.value;
  return owner !== null || said == null || said.trim() === '' ? {} : { unknownOwner: said };
}

const deleted = (at: EpochMs): Outcome => ({ state: 'deleted', at });

const accountFacts = (account: AccountRecord, config: JourneyConfig): JourneyAccount => ({
  id: account.id,
  name: account.name?.value ?? account.domain?.value ?? account.id,
  domain: account.domain?.value ?? null,
  segment: account.segment?.value ?? null,
  ownerEmail: ownerEmailOf(account.ownerEmail?.value, config.owners),
  url: account.url?.value ?? null,
  renewalDate: account.renewalDate?.value ?? null,
});

/** Oldest first, without repeats. */
function closeDates(newestFirst: ReturnType<typeof closeDatesOf>): JourneyDeal['closeDates'] {
  const days: JourneyDeal['closeDates'] = [];
  for (const { value, at } of firstOfEachInstant(newestFirst).reverse()) {
    if (value !== null && days.at(-1)?.day !== value) days.push({ day: value, setAt: at });
  }
  return days;
}

/** The CRM's own limit counts in the CRM's own stage, of which the map may fold several into one. */
function stallLimit(deal: DealRecord): JourneyDeal['stallLimit'] {
  const said = deal.stallLimit;
  const [newest, ...earlier] = firstOfEachInstant(stagesOf(deal));
  if (newest === undefined || said?.value == null || said.value.days === null || said.value.stage !== newest.stage) return null;
  const before = earlier.findIndex(({ stage }) => stage !== newest.stage);
  return { days: said.value.days, since: (before < 0 ? earlier.at(-1) : before === 0 ? newest : earlier[before - 1])?.at ?? newest.at };
}
