import type { Change } from '../core/change.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { JourneyRow } from '../core/journey/journey-row.ts';
import type { EpochMs } from '../core/time.ts';
import { ConflictError } from './errors.ts';
import { evaluateJourney, retireJourney, type Setting } from './evaluate.ts';
import { longestSettleMs } from './late.ts';
import type { Clock, Feed, Store } from './ports.ts';
import { refsOfRow } from './refs-of.ts';
import { createWorkingSet } from './working-set.ts';

type EvaluateDueDependencies = {
  store: Store;
  config(): JourneyConfig;
  clock: Clock;
  newId(): string;
  breathe(): Promise<void>;
  /** Ends the work after the slice at hand; what is left stays due. */
  stopping?(): boolean;
  onChanges?(evaluated: number, changes: Change[]): void;
};

/** About three milliseconds' work. */
const journeysAtOnce = 25;
const conflictsBorne = 5;

/**
 * Evaluates the journeys whose time has come, in slices, until none is left. Those that wait for history wait on while their feed still
 * brings some (never longer than ten minutes). `startedAt`: after a start the sender may still be on its way, so feeds count as heard then.
 */
export function createEvaluateDue(
  { store, config, clock, newId, breathe, stopping = () => false, onChanges }: EvaluateDueDependencies,
  startedAt: EpochMs,
): () => Promise<number> {
  return async () => {
    let evaluated = 0;
    let conflicts = 0;
    for (;;) {
      const setting: Setting = { config: config(), feeds: await store.feeds(), now: clock.now(), newId };
      const rows = await store.dueJourneys(setting.now, journeysAtOnce, settlingBefore(setting, startedAt));
      if (rows.length === 0) return evaluated;
      const changes = await changesOf(rows, setting);
      try {
        await store.commit(changes);
        evaluated += rows.length;
        onChanges?.(rows.length, changes);
      } catch (error) {
        // Somebody else evaluates the same journeys: what is still due comes again.
        if (!(error instanceof ConflictError) || ++conflicts > conflictsBorne) throw error;
      }
      if (stopping()) return evaluated;
      await breathe();
    }
  };

  async function changesOf(rows: JourneyRow[], setting: Setting): Promise<Change[]> {
    const around = await store.loadNeighbourhood(rows.flatMap(refsOfRow));
    const working = createWorkingSet(around);
    const changes: Change[] = [];
    for (const row of rows) {
      const journey = working.journey(row.id, setting.config);
      if (journey === null || !around.journeys.has(row.id)) changes.push(...(await retireJourney(row.id, working.fateOf(row.id), store, setting)));
      else changes.push(...evaluateJourney(journey, around, row.settlingSince !== null, setting));
    }
    return changes;
  }
}

/** Since when a journey must have been settling to be evaluated now: any time, once all feeds are quiet. */
function settlingBefore({ config, feeds, now }: Setting, startedAt: EpochMs): EpochMs {
  const isQuiet = (feed: Feed): boolean => feed.lateAt === null || config.calendar.add(Math.max(feed.lateAt, startedAt), config.alerts.settle) <= now;
  return feeds.every(isQuiet) ? now : now - longestSettleMs;
}
