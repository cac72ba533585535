import { type Belonging, createBelonging } from '../core/backtest/belonging.ts';
import { type Ending, erasOf, learns } from '../core/backtest/eras.ts';
import type { BacktestReport } from '../core/backtest/report.ts';
import { createTally } from '../core/backtest/tally.ts';
import { thresholdsOf } from '../core/backtest/variants.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { EpochMs } from '../core/time.ts';
import { createErasedCount } from './backtest/count-erased.ts';
import { endingsOf } from './backtest/endings-of.ts';
import { replayGroup } from './backtest/replay-group.ts';
import type { TimeOfKnowing } from './backtest/time-of-knowing.ts';
import type { KeptSignal, RecordRef, Store } from './ports.ts';

type BacktestDependencies = {
  /** Only what reads: nothing of a backtest is ever written. */
  store: Pick<Store, 'signalsAfter' | 'signalsNaming'>;
  config: JourneyConfig;
  breathe(): Promise<void>;
};

export type BacktestOrder = {
  /** Null: from the first signal on. */
  from: EpochMs | null;
  to: EpochMs;
  /** Signals count from when they came in; else from when they happened. */
  asReceived: boolean;
  /** What other numbers would have given is not asked. */
  ownNumbersOnly?: true;
};

/** `phase`: first all signals are read once, then what they taught, then every journey is replayed. `total` null: nobody knows yet. */
export type BacktestProgress = { phase: 'reading' | 'learning' | 'replaying'; done: number; total: number | null };

export type BacktestWatch = { stopping: AbortSignal; onProgress?(progress: BacktestProgress): void };

/** What the first reading brings: who belongs together, the first instant, the last signal's place, how many there are. */
type All = { belonging: Belonging; first: EpochMs; last: number; signals: number; erased: BacktestReport['erased'] };

/** About five milliseconds' work. */
const signalsAtOnce = 500;

/**
 * Replays what is kept with a journey map, as if the bot had been there, and adds up what its rules would have said and what came of it. Works group by
 * group of records that belong together, so that memory does not grow with the history. Null: it was stopped, or there is nothing to replay.
 */
export function createBacktest({ store, config, breathe }: BacktestDependencies) {
  return async ({ from, to, asReceived, ownNumbersOnly }: BacktestOrder, { stopping, onProgress }: BacktestWatch): Promise<BacktestReport | null> => {
    const knownAt: TimeOfKnowing = asReceived ? ({ receivedAt }) => receivedAt : ({ signal }) => signal.occurredAt;
    const read = await readAll();
    if (read === null) return null;
    const { belonging, first, last, signals, erased } = read;
    const { deal, account } = belonging.counts();
    const total = deal + (config.maps.some((map) => map.for.kind === 'accounts') ? account : 0);
    const span = { from: Math.max(from ?? first, first), to };
    if (span.from >= span.to) return null;

    const endings: Ending[] = [];
    if (learns(config) && !(await each('learning', async (kept) => void endings.push(...endingsOf(kept, config, knownAt))))) return null;
    const eras = erasOf(config, endings);
    const thresholds = ownNumbersOnly ? [] : thresholdsOf(config);
    const tally = createTally(thresholds, span);
    const variants = thresholds.flatMap((threshold) => threshold.variants);
    const options = { config, eras, variants, span, knownAt, settles: asReceived };
    const isDone = await each('replaying', async (kept) => {
      const replay = replayGroup(kept, options);
      let step = replay.next();
      for (; step.done !== true && !stopping.aborted; step = replay.next()) await breathe();
      if (step.done === true) for (const story of step.value) tally.add(story);
    });
    return isDone
      ? tally.report({
          knownFrom: asReceived ? 'received' : 'occurred',
          signals,
          erased,
          limitsLearned: eras.filter((era) => era.from < to).length - 1,
        })
      : null;

    async function readAll(): Promise<All | null> {
      const belonging = createBelonging();
      const erased = createErasedCount();
      let [first, last, signals] = [Number.POSITIVE_INFINITY, 0, 0];
      for (;;) {
        const slice = await store.signalsAfter(last, signalsAtOnce);
        for (const kept of slice) {
          belonging.add(kept.signal);
          erased.add(kept.signal);
          first = Math.min(first, knownAt(kept));
        }
        signals += slice.length;
        last = slice.at(-1)?.sequence ?? last;
        onProgress?.({ phase: 'reading', done: signals, total: null });
        if (stopping.aborted) return null;
        if (slice.length < signalsAtOnce) return { belonging, first, last, signals, erased: erased.counts() };
        await breathe();
      }
    }

    /** What comes in while this goes on is left out. */
    async function each(phase: 'learning' | 'replaying', take: (kept: KeptSignal[]) => Promise<void>): Promise<boolean> {
      let done = 0;
      for (const refs of belonging.groups()) {
        if (stopping.aborted) return false;
        await take((await store.signalsNaming(refs)).filter(({ sequence }) => sequence <= last));
        if (stopping.aborted) return false;
        done += travellers(refs, total > deal);
        onProgress?.({ phase, done, total });
        await breathe();
      }
      return true;
    }
  };
}

const travellers = (refs: readonly RecordRef[], accounts: boolean): number =>
  refs.filter(({ kind }) => kind === 'deal' || (accounts && kind === 'account')).length;
