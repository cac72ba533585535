import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openStore } from '../adapters/store/open-store.ts';
import { CrmRefusedError, StoreError } from '../app/errors.ts';
import { createImport } from '../app/import-history.ts';
import type { Store } from '../app/ports.ts';
import { previewImport } from '../app/preview-import.ts';
import { loadConfigFile } from '../config/load-config.ts';
import { pieceOfJourneyYml } from '../config/piece-of-journey-yml.ts';
import { formatProblems } from '../config/problem.ts';
import { detectors } from '../core/detectors/index.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { EpochMs } from '../core/time.ts';
import { readPlaces } from '../environment.ts';
import type { Command } from './command.ts';
import { besides } from './csv/open-csv.ts';
import { historyOf, type Opened } from './import/history-of.ts';
import { createProgress } from './import/import-progress.ts';
import { importReport, previewReport } from './import/import-report.ts';
import { createKnownDeals, type KnownDeals } from './import/known-deals.ts';
import { createRefusedRows, refusalToReport } from './import/refused-rows.ts';
import { quietLogger } from './open-crm.ts';
import { startOfDay } from './start-of-day.ts';
import { untilStopped } from './until-stopped.ts';
import { wouldReplace } from './would-replace.ts';

const usage = 'import hubspot|salesforce|pipedrive|FILE.csv [--dry-run] [--since DATE] [--restart] [--map FILE] [--report FILE]';
const clock = { now: Date.now };
const stoppedCode = 130;

type Run = {
  opened: Extract<Opened, { ok: true }>;
  config: JourneyConfig;
  since: EpochMs | null;
  restart: boolean;
  report: string | null;
  stopping: AbortSignal;
  print(line: string): void;
};

/** Takes in what a CRM or a file remembers, beside a running bot or without one. `--dry-run` only says what that would be. */
export const importHistory: Command = async ({ positionals: [what, ...more], options, print }) => {
  const text = (name: string): string | null => (typeof options[name] === 'string' ? options[name] : null);
  if (what === undefined) {
    print(usage);
    return 1;
  }
  if (more.length > 0) {
    print(`One at a time, please: ${[what, ...more].map((one) => `import ${one}`).join(', then ')}`);
    return 1;
  }
  const { JOURNEY_CONFIG: file } = readPlaces(process.env);
  const loaded = await loadConfigFile(file, { detectors });
  if (!loaded.ok) {
    print(formatProblems(loaded.problems));
    if (!existsSync(file)) print(`\`npm run journey -- init ${what}\` proposes one.`);
    return 1;
  }
  const { config } = loaded;
  const since = startOfDay(text('since'), config.timezone);
  if (since === undefined) {
    print(`--since takes a day such as 2026-01-31, not ${text('since')}`);
    return 1;
  }
  const report = text('report');
  const onto = report === null ? null : await wouldReplace(report, [what, text('map') ?? besides(what)]);
  const unwritable = onto === null ? await refusalToReport(report) : `--report ${onto}`;
  if (unwritable !== null) {
    print(unwritable);
    return 1;
  }
  const asks = process.stdin.isTTY && process.stdout.isTTY;
  const stop = new AbortController();
  const deals = createKnownDeals(readPlaces(process.env).DATABASE_URL);
  let begun = false;
  try {
    const opened = await historyOf({
      ...{ what, map: text('map'), timezone: config.timezone, clock, stopping: stop.signal },
      ...{ environment: process.env, asks, knownDeals: deals.among, print },
    });
    if (!opened.ok) {
      print(opened.message);
      return 1;
    }
    // Only now: as long as questions are asked, Ctrl-C answers them.
    void untilStopped().then(() => stop.abort());
    const run: Run = { opened, config, since, restart: options.restart === true, report: text('report'), stopping: stop.signal, print };
    if (options['dry-run'] === true) return await tell(run, file, deals);
    begun = true;
    return await takeIn(run);
  } catch (error) {
    if (!(error instanceof CrmRefusedError) && !(error instanceof StoreError)) throw error;
    print(error.message);
    if (begun) print('What was imported so far is kept. When this is mended, the same command goes on.');
    return 1;
  } finally {
    await deals.close();
  }
};

async function takeIn({ opened, config, since, restart, report, stopping, print }: Run): Promise<number> {
  const store = await openBeside(readPlaces(process.env).DATABASE_URL);
  const refused = createRefusedRows(report);
  const progress = createProgress({ terminal: terminal(), clock, print });
  const startedAt = clock.now();
  try {
    const run = createImport({
      ...{ store, history: opened.history, config: () => config, clock, logger: quietLogger },
      ...{ newId: randomUUID, breathe: () => pause(1), waitUntil },
    });
    const order = JSON.stringify([opened.order, since]);
    const done = await run(
      { order, since, restart },
      {
        stopping,
        onProgress: ({ tally, total, waitingUntil, why }) => progress.show({ rows: tally.rows, total, waitingUntil, why }),
        onRefused: (rows) => refused.add(rows),
      },
    );
    progress.stop();
    const seconds = (clock.now() - startedAt) / 1000;
    for (const line of importReport(done, seconds, refused.told(done.tally.refused), config.alerts.importSummaryOver)) print(line);
    return done.how === 'finished' ? 0 : stoppedCode;
  } finally {
    progress.stop();
    await refused.close();
    await store.close();
  }
}

async function tell({ opened, config, since, report, stopping, print }: Run, file: string, deals: KnownDeals): Promise<number> {
  const { history } = opened;
  const refused = createRefusedRows(report);
  const progress = createProgress({ terminal: terminal(), clock, print });
  try {
    const catalogue = await history.catalogue();
    let rows = 0;
    let total: number | null = null;
    const preview = await previewImport(
      { history, config, knownDeals: deals.among, waitUntil },
      {
        since,
        stopping,
        async onPage(page, rowsSoFar) {
          rows = rowsSoFar;
          total = page.total ?? total;
          progress.show({ rows, total, waitingUntil: null });
          await refused.add(page.refused);
        },
        onAway: (waitingUntil, why) => progress.show({ rows, total, waitingUntil, why }),
      },
    );
    progress.stop();
    const piece = pieceOfJourneyYml(config, history.source, catalogue, preview.unmapped);
    for (const line of previewReport(preview, piece, file, refused.told(preview.refused))) print(line);
    return stopping.aborted ? stoppedCode : 0;
  } finally {
    progress.stop();
    await refused.close();
  }
}

/** A bot may run, be started meanwhile, or not run at all: then nobody else brings the store up to date. */
async function openBeside(url: string): Promise<Store> {
  try {
    const alone = await openStore(url);
    await alone.close();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
  }
  return openStore(url, { shared: true });
}

const terminal = (): NodeJS.WriteStream | null => (process.stderr.isTTY ? process.stderr : null);

async function waitUntil(at: EpochMs, stopping: AbortSignal): Promise<void> {
  // In steps: clocks are set, machines sleep.
  while (clock.now() < at && !stopping.aborted) await pause(Math.min(1000, at - clock.now()), undefined, { signal: stopping }).catch(() => undefined);
}
