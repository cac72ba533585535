import { nobodysAlert } from '../core/alerts/nobodys-alert.ts';
import type { Change } from '../core/change.ts';
import { idsOf } from '../core/journey/record.ts';
import type { Signal, Source } from '../core/journey/signal.ts';
import type { EpochMs } from '../core/time.ts';
import { evaluateJourney, putOff, retireJourney, type Setting } from './evaluate.ts';
import { isLate } from './late.ts';
import type { Neighbourhood, Store } from './ports.ts';
import { refsOf } from './refs-of.ts';
import { unknownInRecords } from './unknown-values.ts';
import { createWorkingSet } from './working-set.ts';

export type Received = { signal: Signal; receivedAt: EpochMs };

/** How signals came, where the CRM did not send them by itself. */
export type Manner = {
  /** Out of the CRM's own memory: it says nothing of whether the CRM still sends. */
  asked?: boolean;
  /** All of it is history, however young: nothing is said before the feed has fallen quiet. */
  history?: boolean;
  /** What `loadAround` has loaded for them already. */
  around?: Neighbourhood;
};

/**
 * What some signals of one source change: records, the journeys that they touch, and what follows for alerts and cards. A journey that a late
 * signal touches is put off until its feed has fallen quiet.
 */
export async function changesOfSignals(
  received: Received[],
  source: Source,
  store: Store,
  setting: Setting,
  { asked = false, history = false, around: loaded }: Manner = {},
): Promise<Change[]> {
  if (received.length === 0) return [];
  const { config, now } = setting;
  const around =
    loaded ??
    (await loadAround(
      received.map(({ signal }) => signal),
      store,
    ));
  const working = createWorkingSet(around, now);
  const changes: Change[] = [];
  let lateAt: EpochMs | null = null;
  for (const { signal, receivedAt } of received) {
    const late = history || isLate(signal.occurredAt, receivedAt);
    working.apply(signal, late);
    if (late) lateAt = Math.max(lateAt ?? 0, receivedAt);
  }
  for (const { signal, receivedAt } of received) {
    const rest = working.withoutErased(signal);
    if (rest !== null) changes.push({ kind: 'signal.add', signal: rest, receivedAt });
  }
  changes.push(...working.changes());
  const known = withNobodysAlerts(around, working.erasedPeople());
  const { journeys, gone } = working.touched(config);
  const quietAt = config.calendar.add(now, config.alerts.settle);
  for (const { journey, late } of journeys) {
    const settling = late || around.journeys.get(journey.id)?.settlingSince != null;
    changes.push(...(settling ? putOff(journey, around, quietAt, now) : evaluateJourney(journey, known, false, setting)));
  }
  for (const id of gone) changes.push(...(await retireJourney(id, working.fateOf(id), store, setting)));
  const signals = received.map(({ signal }) => signal);
  changes.push(...unknownInRecords(signals, working.changedRecords(), config, now));
  // What somebody erases by hand says nothing of whether the CRM still sends.
  if (signals.every(({ type }) => type === 'record.erased')) return changes;
  const heardAt = Math.max(...received.map(({ receivedAt }) => receivedAt));
  changes.push({ kind: 'feed.heard', source, at: asked ? null : heardAt, lateAt });
  return changes;
}

/** More signals than one person can have. */
const all = Number.MAX_SAFE_INTEGER;

/**
 * Everything that evaluating what these signals touch needs. An erased person must be forgotten by every record that mentions it, not only by
 * its own account and deals: its signals say which these are.
 */
export async function loadAround(signals: Signal[], store: Store): Promise<Neighbourhood> {
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

/** Alerts about people who are erased now are about nobody: those that are still true are no news. */
function withNobodysAlerts(around: Neighbourhood, erased: ReadonlySet<string>): Neighbourhood {
  if (erased.size === 0) return around;
  const alerts = new Map(
    [...around.alerts].map(([journeyId, list]) => {
      const taken = new Set(list.map(({ identity }) => identity));
      const nobodys = list.map((alert) => {
        const other = nobodysAlert(alert, erased);
        return taken.has(other.identity) ? alert : other;
      });
      return [journeyId, nobodys];
    }),
  );
  return { ...around, alerts };
}
