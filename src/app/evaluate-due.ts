import type { Change } from '../core/change.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { JourneyRow } from '../core/journey/journey-row.ts';
import type { EpochMs } from '../core/time.ts';
import { ConflictError } from './errors.ts';
import { evaluateJourney, retireJourney, type Setting } from './evaluate.ts';
import { longestSettleMs } from './late.ts';
import type { Clock, Feed, RecordRef, Store } from './ports.ts';
import { createWorkingSet } from './working-set.ts';

type EvaluateDueDependencies = {
  store: Store;
  config(): JourneyConfig;
  clock: Clock;
  newId(): string;
  breathe(): Promise<void>;
  onChanges?(evaluated: number, changes: Change[]): void;
};

/** About eight milliseconds' work. */
const journeysAtOnce = 50;

/**
 * Evaluates the journeys whose time has come, in slices, until none is left. Those that wait for history wait on while their feed still
 * brings some (never longer than ten minutes). `startedAt`: after a start the sender may still be on its way, so feeds count as heard then.
 */
export function createEvaluateDue({ store, config, clock, newId, breathe, onChanges }: EvaluateDueDependencies, startedAt: EpochMs): () => Promise<number> {
  return async () => {
    let evaluated = 0;
    for (;;) {
      const setting: Setting = { config: config(), feeds: await store.feeds(), now: clock.now(), newId };
      const rows = await store.dueJourneys(setting.now, journeysAtOnce, settlingBefore(setting, startedAt));
      if (rows.length === 0) return evaluated;
      await evaluateSlice(rows, setting);
      evaluated += rows.length;
      await breathe();
    }
  };

  /** A conflict leaves the whole slice due: it comes again with the next round. */
  async function evaluateSlice(rows: JourneyRow[], setting: Setting): Promise<void> {
    const around = await store.loadNeighbourhood(rows.flatMap(refsOfRow));
    const working = createWorkingSet(around);
    const changes = rows.flatMap((row): Change[] => {
      const journey = working.journey(row.id, setting.config);
      if (journey === null) return retireJourney(row.id, around, 'no map of journey.yml takes it any more', setting);
      return evaluateJourney(journey, around, row.settlingSince !== null, setting);
    });
    try {
      await store.commit(changes);
      onChanges?.(rows.length, changes);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
    }
  }
}

/** Since when a journey must have been settling to be evaluated now: any time, once all feeds are quiet. */
function settlingBefore({ config, feeds, now }: Setting, startedAt: EpochMs): EpochMs {
  const isQuiet = (feed: Feed): boolean => feed.lateAt === null || config.calendar.add(Math.max(feed.lateAt, startedAt), config.alerts.settle) <= now;
  return feeds.every(isQuiet) ? now : now - longestSettleMs;
}

const refsOfRow = ({ dealId, accountId }: JourneyRow): RecordRef[] => [
  ...(dealId === null ? [] : [{ kind: 'deal', id: dealId } as const]),
  ...(accountId === null ? [] : [{ kind: 'account', id: accountId } as const]),
];
