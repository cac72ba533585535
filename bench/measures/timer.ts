import { type Bench, programOf } from '../bench.ts';
import { warm } from '../big-store.ts';
import { type Asked, startAsked } from '../process.ts';
import type { TimerApi } from '../processes/timer.ts';
import { type Result, ratios, row, verdict } from '../result.ts';
import { spreadOf } from '../statistics.ts';

const looks = 50;
type Rounds = { due: number[]; slices: number[]; nothing: number[] };

/** What time alone costs: journeys that are due, none that is, and twice as many that are not. */
export async function measureTimer(bench: Bench, stores: { whole: string; half: string }): Promise<Result> {
  const open = (database: string, accounts: number) => startAsked<TimerApi>(programOf('timer'), { arguments: [database, String(accounts)] });
  const whole = open(stores.whole, bench.accounts);
  const half = open(stores.half, bench.accounts / 2);
  const ofWhole: Rounds = { due: [], slices: [], nothing: [] };
  const ofHalf: Rounds = { due: [], slices: [], nothing: [] };
  try {
    // What a bot does all day is compiled by then.
    for (let lap = 0; lap < 3; lap += 1) for (const timer of [whole, half]) await timer.ask('due', { journeys: bench.dueJourneys });
    for (let round = 1; round <= bench.rounds; round += 1) {
      for (const database of [stores.whole, stores.half]) await warm(database);
      bench.say(`timer, round ${round} of ${bench.rounds}`);
      // Whichever comes first finds the machine as the other left it.
      const order = [[whole, ofWhole] as const, [half, ofHalf] as const];
      for (const [timer, rounds] of round % 2 === 0 ? order : order.reverse()) await oneRound(timer, rounds, bench);
    }
  } finally {
    await Promise.all([whole.stop(), half.stop()]);
  }
  const due = `${bench.dueJourneys} journeys due`;
  return {
    title: `Timer: ${bench.accounts} journeys, against ${bench.accounts / 2}`,
    rows: [
      row(due, 'ms', ofWhole.due),
      row('   longest slice', 'ms', ofWhole.slices),
      row(`${due}, half as many that are not`, 'ms', ofHalf.due),
      row('nothing due', 'ms', ofWhole.nothing),
      row('nothing due, half as many that are not', 'ms', ofHalf.nothing),
    ],
    verdicts: [
      verdict(5, due, 'ms', ofWhole.due, { most: 100 }),
      verdict(5, 'longest slice, the median of rounds', 'ms', ofWhole.slices, { most: 10 }),
      verdict(5, 'nothing due', 'ms', ofWhole.nothing, { most: 1 }),
      verdict(5, 'twice as many that are not due', '×', ratios(ofWhole.due, ofHalf.due), { most: 1.2 }),
    ],
    notes: [],
  };
}

async function oneRound(timer: Asked<TimerApi>, rounds: Rounds, { dueJourneys }: Bench): Promise<void> {
  const { ms, longestSliceMs, evaluated } = await timer.ask('due', { journeys: dueJourneys });
  if (evaluated !== dueJourneys) throw new Error(`${evaluated} journeys were evaluated instead of ${dueJourneys}`);
  rounds.due.push(ms);
  rounds.slices.push(longestSliceMs);
  const nothing: number[] = [];
  for (let look = 0; look < looks; look += 1) nothing.push((await timer.ask('nothingDue', undefined as never)).ms);
  rounds.nothing.push(spreadOf(nothing).median);
}
