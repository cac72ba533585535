import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openStore } from '../adapters/store/open-store.ts';
import { createBacktest } from '../app/backtest.ts';
import { loadConfigFile } from '../config/load-config.ts';
import { formatProblems } from '../config/problem.ts';
import type { BacktestReport } from '../core/backtest/report.ts';
import { detectors } from '../core/detectors/index.ts';
import { readPlaces } from '../environment.ts';
import { csvOf, jsonOf } from './backtest/files.ts';
import { pageOf } from './backtest/page.ts';
import { createBacktestProgress } from './backtest/progress.ts';
import { tableOf } from './backtest/table.ts';
import type { About } from './backtest/words.ts';
import type { Command } from './command.ts';
import { inWords } from './import/import-progress.ts';
import { startOfDay } from './start-of-day.ts';
import { untilStopped } from './until-stopped.ts';
import { wouldReplace } from './would-replace.ts';

const clock = { now: Date.now };
const stoppedCode = 130;

/** Replays what is kept with a journey map, and says what its rules would have said and what came of it. Writes nothing into the store. */
export const backtest: Command = async ({ options, print }) => {
  const text = (name: string): string | null => (typeof options[name] === 'string' ? options[name] : null);
  const places = readPlaces(process.env);
  const map = text('map') ?? places.JOURNEY_CONFIG;
  const loaded = await loadConfigFile(map, { detectors });
  if (!loaded.ok) {
    print(formatProblems(loaded.problems));
    return 1;
  }
  const { config } = loaded;
  const from = startOfDay(text('from'), config.timezone);
  const until = startOfDay(text('to'), config.timezone, 1);
  if (from === undefined || until === undefined) {
    const [name, given] = from === undefined ? ['from', text('from')] : ['to', text('to')];
    print(`--${name} takes a day such as 2026-01-31, not ${given}`);
    return 1;
  }
  const to = Math.min(until ?? clock.now(), clock.now());
  if (from !== null && from >= to) {
    print('The period ends before it begins: --from must be before --to, and not ahead.');
    return 1;
  }
  const files = { json: text('json'), csv: text('csv'), html: text('html') };
  const unwritable = await firstUnwritable(files, map);
  if (unwritable !== null) {
    print(unwritable);
    return 1;
  }
  const stop = new AbortController();
  void untilStopped().then(() => stop.abort());
  const startedAt = clock.now();
  const progress = createBacktestProgress({ terminal: process.stderr.isTTY ? process.stderr : null, clock, print });
  const store = await openStore(places.DATABASE_URL, { shared: true });
  try {
    const run = createBacktest({ store, config, breathe: () => nextTurn() });
    const order = { from, to, asReceived: options['as-received'] === true };
    const report = await run(order, { stopping: stop.signal, onProgress: progress.show });
    progress.stop();
    if (report === null) {
      print(
        stop.signal.aborted ? 'Stopped. Nothing was written.' : 'There is nothing to replay: no signal is kept from before the end of the period.',
      );
      return stop.signal.aborted ? stoppedCode : 1;
    }
    const about: About = { map, version: config.version, timezone: config.timezone };
    for (const line of tableOf(report, about)) print(line);
    print(`  Replayed in ${inWords((clock.now() - startedAt) / 1000)}.`);
    await writeFiles(report, about, files, print);
    return 0;
  } finally {
    progress.stop();
    await store.close();
  }
};

/** A replay takes minutes: where its report cannot be put is said before. */
async function firstUnwritable(files: Files, map: string): Promise<string | null> {
  for (const [kind, file] of Object.entries(files)) {
    if (file === null) continue;
    const onto = await wouldReplace(file, [map]);
    if (onto !== null) return `--${kind} ${onto}`;
    const there = await stat(file).catch(() => null);
    const refusal = there?.isDirectory()
      ? 'it is a folder'
      : await access(there === null ? dirname(resolve(file)) : file, constants.W_OK).then(
          () => null,
          (error: Error) => error.message,
        );
    if (refusal !== null) return `--${kind} ${file} cannot be written: ${refusal}`;
  }
  return null;
}

type Files = Record<keyof typeof kinds, string | null>;

const kinds: Record<'json' | 'csv' | 'html', (report: BacktestReport, about: About) => string> = { json: jsonOf, csv: csvOf, html: pageOf };

async function writeFiles(report: BacktestReport, about: About, files: Files, print: (line: string) => void): Promise<void> {
  for (const kind of ['json', 'csv', 'html'] as const) {
    const file = files[kind];
    if (file === null) continue;
    await writeFile(file, kinds[kind](report, about));
    print(`  Written: ${file}`);
  }
}
