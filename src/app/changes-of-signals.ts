import type { Change } from '../core/change.ts';
import { mapOfDeal } from '../core/journey/assemble-journey.ts';
import { roleOf } from '../core/journey/committee.ts';
import { idsOf } from '../core/journey/record.ts';
import type { Signal, Source } from '../core/journey/signal.ts';
import type { EpochMs } from '../core/time.ts';
import { evaluateJourney, putOff, retireJourney, type Setting } from './evaluate.ts';
import { isLate } from './late.ts';
import type { Neighbourhood, Store } from './ports.ts';
import { refsOf } from './refs-of.ts';
import { createWorkingSet, type WorkingSet } from './working-set.ts';

export type Received = { signal: Signal; receivedAt: EpochMs };

/**
 * What some signals of one source change: records, the journeys that they touch, and what follows for alerts and cards. A journey that a late
 * signal touches is put off until its feed has fallen quiet.
 */
export async function changesOfSignals(received: Received[], source: Source, store: Store, setting: Setting): Promise<Change[]> {
  if (received.length === 0) return [];
  const { config, now } = setting;
  const around = await loadAround(
    received.map(({ signal }) => signal),
    store,
  );
  const working = createWorkingSet(around);
  const changes: Change[] = [];
  let lateAt: EpochMs | null = null;
  for (const { signal, receivedAt } of received) {
    const late = isLate(signal.occurredAt, receivedAt);
    working.apply(signal, late);
    changes.push({ kind: 'signal.add', signal, receivedAt });
    if (late) lateAt = Math.max(lateAt ?? 0, receivedAt);
  }
  changes.push(...working.changes());
  const { journeys, gone } = working.touched(config);
  const quietAt = config.calendar.add(now, config.alerts.settle);
  for (const { journey, late } of journeys) {
    const settling = late || around.journeys.get(journey.id)?.settlingSince != null;
    changes.push(...(settling ? putOff(journey, around, quietAt, now) : evaluateJourney(journey, around, false, setting)));
  }
  for (const id of gone) changes.push(...(await retireJourney(id, working.fateOf(id), store, setting)));
  const heardAt = Math.max(...received.map(({ receivedAt }) => receivedAt));
  changes.push(
    { kind: 'feed.heard', source, at: heardAt, lateAt },
    ...unknownRoles(received, setting),
    ...unknownPipelines(working, source, setting),
  );
  return changes;
}

/** More signals than one person can have. */
const all = Number.MAX_SAFE_INTEGER;

/**
 * Everything that evaluating what these signals touch needs. An erased person must be forgotten by every record that mentions it, not only by
 * its own account and deals: its signals say which these are.
 */
async function loadAround(signals: Signal[], store: Store): Promise<Neighbourhood> {
  const refs = signals.flatMap(refsOf);
  const around = await store.loadNeighbourhood(refs);
  const people = signals.flatMap((signal) => {
    if (signal.type === 'record.erased' && signal.record.kind === 'person') return [signal.record.id];
    return signal.type === 'record.merged' && signal.merge.kind === 'person' ? [signal.merge.into, ...signal.merge.from] : [];
  });
  if (people.length === 0) return around;
  const known = people.map((id) => around.people.get(around.aliases.get(`person:${id}`) ?? id)?.record);
  const ids = new Set([...people, ...known.flatMap((person) => (person === undefined ? [] : [...idsOf(person)]))]);
  for (const id of ids) refs.push(...(await store.signalsOf({ kind: 'person', id }, all)).flatMap(refsOf));
  return store.loadNeighbourhood(refs);
}

/** Role values that the map does not know: kept with their person, counted here, never guessed. */
function unknownRoles(received: Received[], { config, now }: Setting): Change[] {
  return received.flatMap(({ signal }) => {
    const [personId, values] =
      signal.type === 'person.upserted'
        ? [signal.person.id, signal.person.roles ?? []]
        : signal.type === 'role.assigned'
          ? [signal.role.personId, [signal.role.role]]
          : ['', []];
    return values
      .filter((value) => roleOf(value, config.roles) === null)
      .map((value): Change => ({ kind: 'unknown.seen', source: signal.source, what: 'role', value, journeyId: `person:${personId}`, at: now }));
  });
}

/** Deals of a pipeline that no map takes. */
const unknownPipelines = (working: WorkingSet, source: Source, { config, now }: Setting): Change[] =>
  working
    .changedDeals()
    .filter((deal) => deal.source !== undefined && mapOfDeal(deal, config) === null)
    .map((deal) => ({
      kind: 'unknown.seen',
      source: deal.source?.value ?? source,
      what: 'pipeline',
      value: deal.pipeline?.value ?? 'default',
      journeyId: `deal:${deal.id}`,
      at: now,
    }));
