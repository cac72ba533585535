import { join } from 'node:path';
import { openStore } from '../../src/adapters/store/open-store.ts';
import type { Change } from '../../src/core/change.ts';
import type { Bench } from '../bench.ts';
import { benchMapFile } from '../bench-map.ts';
import { npmScript } from '../npm-script.ts';
import { pastOf } from '../past-company.ts';
import { startRunning } from '../process.ts';
import { residentMiB } from '../resident.ts';
import { type Result, row, verdict } from '../result.ts';

const dealsAtOnce = 100;
/** What a backtest of 10,000 journeys may take: minutes at most. */
const journeysPerSecond = 50;

/** A year of so many deals, replayed as a team does it: all rules, each with four other numbers beside its own. Once, whatever the rounds. */
export async function measureBacktest(bench: Bench): Promise<Result> {
  const database = join(bench.folder, 'past.db');
  bench.say(`backtest: building a year of ${bench.replayed} deals`);
  const signals = await fill(database, bench.replayed);
  bench.say(`backtest: replaying ${signals} signals`);
  const { program, flags, given } = npmScript('journey');
  const startedAt = performance.now();
  const running = startRunning(program, {
    flags,
    arguments: [...given, 'backtest', '--html', join(bench.folder, 'backtest.html')],
    environment: { DATABASE_URL: `file:${database}`, JOURNEY_CONFIG: benchMapFile },
  });
  let peakMiB = 0;
  const watching = setInterval(() => {
    peakMiB = Math.max(peakMiB, residentMiB(running.pid) || 0);
  }, 50);
  await running.ended;
  clearInterval(watching);
  const seconds = (performance.now() - startedAt) / 1_000;
  if (!running.output().includes('Replayed in')) throw new Error(`the backtest failed: ${running.output()}`);
  const rate = bench.replayed / seconds;
  return {
    title: `Backtest: a year of ${bench.replayed} deals, ${signals} signals`,
    rows: [row('whole', 's', [seconds]), row('journeys', '1/s', [rate]), row('resident', 'MiB', [peakMiB])],
    verdicts: [
      verdict(8, 'a backtest', 'journeys/s', [rate], { least: journeysPerSecond }),
      verdict(8, 'a backtest, resident', 'MiB', [peakMiB], { most: 300 }),
    ],
    notes: [],
  };
}

async function fill(database: string, deals: number): Promise<number> {
  const store = await openStore(`file:${database}`);
  const now = Date.now();
  let count = 0;
  for (let from = 0; from < deals; from += dealsAtOnce) {
    const signals = Array.from({ length: Math.min(dealsAtOnce, deals - from) }, (_, index) => pastOf(from + index, now)).flat();
    // As live ones come: mixed.
    signals.sort((a, b) => a.occurredAt - b.occurredAt);
    await store.commit(signals.map((signal): Change => ({ kind: 'signal.add', signal, receivedAt: signal.occurredAt })));
    count += signals.length;
  }
  await store.close();
  return count;
}
