import { randomUUID } from 'node:crypto';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { emptyNeighbourhood } from '../../src/app/empty-neighbourhood.ts';
import { evaluateJourney } from '../../src/app/evaluate.ts';
import { createLearn } from '../../src/app/learn.ts';
import type { Store } from '../../src/app/ports.ts';
import { createStayLogs } from '../../src/app/stay-logs.ts';
import { createWorkingSet } from '../../src/app/working-set.ts';
import type { Change } from '../../src/core/change.ts';
import type { JourneyConfig } from '../../src/core/journey/journey-map.ts';
import { dayMs, type EpochMs } from '../../src/core/time.ts';
import { benchMap } from '../bench-map.ts';
import { historyOf } from '../company.ts';

/** `node bench/processes/build-store.ts FILE ACCOUNTS`: a store as it is when all history has come in and every journey has been looked at. */
const [file = '', accounts = '0'] = process.argv.slice(2);
const accountsAtOnce = 250;

const now = Date.now();
const config = await benchMap();
const store = await openStore(`file:${file}`);
for (let from = 0; from < Number(accounts); from += accountsAtOnce) {
  const changes: Change[] = [];
  for (let index = from; index < Math.min(from + accountsAtOnce, Number(accounts)); index += 1) changes.push(...changesFor(index, config));
  await store.commit(changes);
}
await finish(store, config);
await store.close();

/** The very code of the ingest, but for what it would have to read: nothing is there yet. */
function changesFor(index: number, config: JourneyConfig): Change[] {
  const around = emptyNeighbourhood();
  const working = createWorkingSet(around);
  const signals = historyOf(index, now);
  for (const signal of signals) working.apply(signal, false);
  const changes: Change[] = [...signals.map((signal): Change => ({ kind: 'signal.add', signal, receivedAt: now })), ...working.changes()];
  for (const { journey } of working.touched(config).journeys) {
    changes.push(...evaluateJourney(journey, around, true, { config, feeds: [], now, newId: randomUUID }).map((change) => asOfOld(change, index)));
  }
  return changes;
}

/** Nothing is due before a measurement says so, and what was found was told in an import's summary. */
function asOfOld(change: Change, index: number): Change {
  switch (change.kind) {
    case 'journey.put':
      return { ...change, row: { ...change.row, recheckAt: Math.max(change.row.recheckAt ?? 0, laterThanAnyMeasurement(index)) } };
    case 'card.put':
      return { ...change, card: { ...change.card, hold: { by: 'import-summary', since: now, until: null } } };
    default:
      return change;
  }
}

function laterThanAnyMeasurement(index: number): EpochMs {
  return now + dayMs + index * 1_000;
}

async function finish(store: Store, config: JourneyConfig): Promise<void> {
  await store.commit([
    { kind: 'feed.heard', source: 'signals', at: now, lateAt: null },
    // Otherwise the bot takes the map for a new one, and all journeys are due.
    { kind: 'meta.put', key: 'config-version', value: config.version },
  ]);
  // What is learned from the past once a night is learned.
  const surroundings = { store, config: () => config, clock: { now: Date.now }, breathe: async () => undefined };
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  await createLearn({ ...surroundings, logger, stayLogs: createStayLogs(surroundings), onLearned() {} }).due();
}
