import { beforeAndAfterInWords } from '../core/backtest/before-and-after.ts';
import type { BacktestReport } from '../core/backtest/report.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { dayMs } from '../core/time.ts';
import { createBacktest } from './backtest.ts';
import type { Clock, Store } from './ports.ts';

type BacktestChangeDependencies = {
  store: Pick<Store, 'signalsAfter' | 'signalsNaming'>;
  clock: Clock;
  breathe(): Promise<void>;
  stopping?(): boolean;
};

/** Two maps as they were loaded, nothing learned in either: what the past teaches, a replay learns by itself, and in time. */
export type ChangedMap = { before: JourneyConfig; after: JourneyConfig };

/** What a changed map would have made of one rule's alerts in the last year, in words; null: it was stopped. */
export type BacktestChange = (rule: string, changed: ChangedMap) => Promise<string[] | null>;

const lookedBackMs = 365 * dayMs;
/** Two replays of so many take a minute or two beside everything else; more is for the command, in a process of its own. */
const mostSignals = 200_000;

/** Replays what is kept, first with the one map and then with the other, in slices between which everybody else has their turn. */
export function createBacktestChange({ store, clock, breathe, stopping = () => false }: BacktestChangeDependencies): BacktestChange {
  return async (rule, { before, after }) => {
    const to = clock.now();
    const past = onePast(store);
    const first = await replay(before);
    if (first === 'too many')
      return [`Not backtested: more than ${mostSignals.toLocaleString('en')} signals are kept, too many to replay beside the bot's work.`];
    past.closes();
    const second = first === null ? null : await replay(after);
    if (stopping() || second === 'too many') return null;
    return first === null || second === null
      ? ['Not backtested: too few journeys: nothing is kept that could be replayed.']
      : beforeAndAfterInWords(rule, { before: first, after: second }, before.timezone);

    async function replay(config: JourneyConfig): Promise<BacktestReport | 'too many' | null> {
      const ending = new AbortController();
      let signals = 0;
      const run = createBacktest({
        store: past,
        config,
        breathe: () => {
          if (stopping() || signals > mostSignals) ending.abort();
          return breathe();
        },
      });
      const report = await run(
        { from: to - lookedBackMs, to, asReceived: false, ownNumbersOnly: true },
        {
          stopping: ending.signal,
          onProgress({ phase, done }) {
            if (phase === 'reading') signals = done;
          },
        },
      );
      return signals > mostSignals ? 'too many' : report;
    }
  };
}

/** The store as the first reading found it: what comes in between two replays must not be a difference between two maps. */
function onePast(store: BacktestChangeDependencies['store']): BacktestChangeDependencies['store'] & { closes(): void } {
  let newest = 0;
  let closed = false;
  return {
    closes() {
      closed = true;
    },
    async signalsAfter(sequence, limit) {
      const slice = await store.signalsAfter(sequence, limit);
      if (closed) return slice.filter((kept) => kept.sequence <= newest);
      newest = slice.at(-1)?.sequence ?? newest;
      return slice;
    },
    signalsNaming: (refs) => store.signalsNaming(refs),
  };
}
