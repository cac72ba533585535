import { nobodysAlert } from '../core/alerts/nobodys-alert.ts';
import type { Change } from '../core/change.ts';
import { idsOf, type PersonRecord } from '../core/journey/record.ts';
import type { Signal, Source } from '../core/journey/signal.ts';
import type { EpochMs } from '../core/time.ts';
import { evaluateJourney, putOff, retireJourney, type Setting } from './evaluate.ts';
import { isLate } from './late.ts';
import type { Neighbourhood, Store } from './ports.ts';
import { refsOf } from './refs-of.ts';
import { checkRoom } from './room-for-names.ts';
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
 * @throws FullRecordError
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
    const late = history || isLate(signal, receivedAt);
    working.apply(signal, late);
    if (late) lateAt = Math.max(lateAt ?? 0, receivedAt);
  }
  const signals = received.map(({ signal }) => signal);
  checkRoom(signals, working.changedRecords(), around);
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
  changes.push(...unknownInRecords(signals, working.changedRecords(), config, now));
  // What somebody enters or erases by hand says nothing of whether the CRM still sends.
  if (source === 'slack' || signals.every(({ type }) => type === 'record.erased')) return changes;
  const heardAt = Math.max(...received.map(({ receivedAt }) => receivedAt));
  changes.push({ kind: 'feed.heard', source, at: asked ? null : heardAt, lateAt });
  return changes;
}

/** More signals than one person can have. */
const all = Number.MAX_SAFE_INTEGER;

/**
 * Everything that evaluating what these signals touch needs. Who is erased, deleted or back again concerns every record that mentions the person, not
 * only the person's own account and deals: the person's signals say which these are.
 */
export async function loadAround(signals: Signal[], store: Store): Promise<Neighbourhood> {
  const refs = signals.flatMap(refsOf);
  const around = await store.loadNeighbourhood(refs);
  const recordOf = (id: string): PersonRecord | undefined => around.people.get(around.aliases.get(`person:${id}`) ?? id)?.record;
  const people = signals.flatMap((signal) => {
    switch (signal.type) {
      case 'record.erased':
      case 'record.deleted':
        return signal.record.kind === 'person' ? [signal.record.id] : [];
      case 'record.merged':
        return signal.merge.kind === 'person' ? [signal.merge.into, ...signal.merge.from] : [];
      case 'person.upserted':
        return recordOf(signal.person.id)?.deletedAt == null ? [] : [signal.person.id];
      default:
        return [];
    }
  });
  if (people.length === 0) return around;
  const known = people.map(recordOf);
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
