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

/** About three milliseconds' work: then others have their turn. */
const journeysAtOnce = 25;
/** What is written together: most only say when they are due again, and making that durable costs the disk as much for one as for a hundred. */
const journeysTogether = 100;
/** In a row, with nothing evaluated between them. */
const conflictsBorne = 5;

/**
 * Evaluates the journeys whose time has come, in slices, until none is left. Those that wait for history wait on while their feed still
 * brings some, or has brought what is not taken in yet (never longer than ten minutes). `startedAt`: after a start the sender may still be
 * on its way, so feeds count as heard then.
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
      const rows = await store.dueJourneys(setting.now, journeysTogether, await settlingBefore(setting));
      if (rows.length === 0) return evaluated;
      const slices: Slice[] = [];
      for (let from = 0; from < rows.length; from += journeysAtOnce) {
        if (from > 0) await breathe();
        const slice = rows.slice(from, from + journeysAtOnce);
        slices.push({ journeys: slice.length, changes: await changesOf(slice, setting) });
      }
      const done = await commit(slices);
      evaluated += done.evaluated;
      conflicts = done.evaluated > 0 ? 0 : conflicts + done.conflicts;
      if (conflicts > conflictsBorne) throw new ConflictError('journeys that are due are written by somebody else again and again');
      if (stopping()) return evaluated;
      await breathe();
    }
  };

  /** All together, or else slice by slice: somebody else may have evaluated one of the journeys, and what is still due then comes again. */
  async function commit(slices: Slice[]): Promise<{ evaluated: number; conflicts: number }> {
    const journeys = slices.reduce((sum, slice) => sum + slice.journeys, 0);
    const changes = slices.flatMap((slice) => slice.changes);
    try {
      // What is lost would be due again.
      await store.commit(changes, 'later');
      onChanges?.(journeys, changes);
      return { evaluated: journeys, conflicts: 0 };
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      if (slices.length === 1) return { evaluated: 0, conflicts: 1 };
    }
    let evaluated = 0;
    let conflicts = 0;
    for (const slice of slices) {
      const done = await commit([slice]);
      evaluated += done.evaluated;
      conflicts += done.conflicts;
    }
    return { evaluated, conflicts };
  }

  /** Since when a journey must have been settling to be evaluated now: any time, once all feeds are quiet. */
  async function settlingBefore(setting: Setting): Promise<EpochMs> {
    for (const feed of setting.feeds) if (!(await isQuiet(feed, setting))) return setting.now - longestSettleMs;
    return setting.now;
  }

  /**
   * What came in before a feed fell quiet, and still waits in its inbox, may be the other half of what is to be judged: a large body is taken in in
   * slices, and a busy machine falls behind. What waits longer than any journey does is stuck, and holds nobody up.
   */
  async function isQuiet({ source, lateAt }: Feed, { config, now }: Setting): Promise<boolean> {
    if (lateAt === null) return true;
    const quietAt = config.calendar.add(Math.max(lateAt, startedAt), config.alerts.settle);
    if (quietAt > now) return false;
    const [waiting] = await store.pendingInbox(source, now, 1);
    return waiting === undefined || waiting.receivedAt >= quietAt || waiting.receivedAt < now - longestSettleMs;
  }

  async function changesOf(rows: JourneyRow[], setting: Setting): Promise<Change[]> {
    const around = await store.loadNeighbourhood(rows.flatMap(refsOfRow));
    const working = createWorkingSet(around, setting.now);
    const changes: Change[] = [];
    for (const row of rows) {
      const journey = working.journey(row.id, setting.config);
      if (journey === null || !around.journeys.has(row.id)) changes.push(...(await retireJourney(row.id, working.fateOf(row.id), store, setting)));
      else changes.push(...evaluateJourney(journey, around, row.settlingSince !== null, setting));
    }
    return changes;
  }
}

type Slice = { journeys: number; changes: Change[] };
