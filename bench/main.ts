import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench } from './bench.ts';
import { bigStore } from './big-store.ts';
import { measureAcceptance } from './measures/acceptance.ts';
import { measureBacktest } from './measures/backtest.ts';
import { measureImport } from './measures/import.ts';
import { measureLatency } from './measures/latency.ts';
import { measureSustained } from './measures/sustained.ts';
import { measureTimer } from './measures/timer.ts';
import { machine, summaryOf, tableOf } from './report.ts';
import type { Result } from './result.ts';
import { newSecret } from './signing.ts';

/**
 * `npm run bench [-- --quick] [-- --only acceptance,sustained,latency,timer,import,backtest] [-- --rounds 7] [-- --json FILE]`: what docs/performance.md claims, as a
 * program. Ends with 0 whatever the figures are: it prints verdicts, and gates nothing.
 */
const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, rounds: { type: 'string' }, json: { type: 'string' } },
});
const sizes = values.quick
  ? { rounds: 1, accounts: 2_000, flood: 4_000, floodSeconds: 2, paceSeconds: 2, dueJourneys: 500, deals: 500, replayed: 300 }
  : { rounds: 5, accounts: 100_000, flood: 40_000, floodSeconds: 5, paceSeconds: 10, dueJourneys: 1_000, deals: 100_000, replayed: 10_000 };
const folder = mkdtempSync(join(tmpdir(), 'journey-bench-run-'));
const say = (line: string): void => console.error(`… ${line}`);
const bench: Bench = { ...sizes, rounds: Number(values.rounds ?? sizes.rounds), folder, secret: newSecret(), say };

const measures: Record<string, () => Promise<Result>> = {
  acceptance: () => measureAcceptance(bench),
  sustained: async () => measureSustained(bench, await bigStore(bench.accounts, folder, say)),
  latency: async () => measureLatency(bench, await bigStore(bench.accounts, folder, say)),
  timer: async () =>
    measureTimer(bench, { whole: await bigStore(bench.accounts, folder, say), half: await bigStore(bench.accounts / 2, folder, say) }),
  import: () => measureImport(bench),
  backtest: () => measureBacktest(bench),
};

try {
  console.log(machine());
  const results: Result[] = [];
  for (const name of values.only?.split(',') ?? Object.keys(measures)) {
    const measure = measures[name];
    if (measure === undefined) throw new Error(`there is no ${name}; there are ${Object.keys(measures).join(', ')}`);
    const result = await measure();
    results.push(result);
    console.log(tableOf(result));
    // After each, so that a run that is broken off has not been for nothing.
    if (values.json !== undefined)
      writeFileSync(values.json, `${JSON.stringify({ machine: machine(), sizes: { ...sizes, rounds: bench.rounds }, results }, null, 2)}\n`);
  }
  console.log(summaryOf(results));
  if (values.quick) console.log('\nA quick run: one round on a small store. It shows that everything works; its figures are not for comparing.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
