import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import { openStore } from '../../../src/adapters/store/open-store.ts';
import { createImport } from '../../../src/app/import-history.ts';
import { missedLogOf } from '../../../src/app/reconcile-state.ts';
import { historyOf } from '../../../src/commands/import/history-of.ts';
import { loadConfigFile } from '../../../src/config/load-config.ts';
import { detectors } from '../../../src/core/detectors/index.ts';
import { type EpochMs, minuteMs } from '../../../src/core/time.ts';
import { type Bot, startBot } from '../../../src/main.ts';
import { startSandbox } from '../../../src/sandbox/start.ts';
import { freePort } from '../free-port.ts';
import { environmentOf } from '../running-bot.ts';
import { lookAt, type Outcome } from './outcome.ts';
import type { OpenCrm, Sending } from './teller.ts';
import { beginning, theHistory, today } from './the-history.ts';
import { loud, theMap } from './the-map.ts';

export type World = Awaited<ReturnType<typeof openWorld>>;

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** A CRM, a workspace, a store and a bot that all look at one clock, which goes on only when somebody says so. */
export async function openWorld(open: OpenCrm, alerts = loud, history = theHistory()) {
  const folder = await mkdtemp(join(tmpdir(), 'journey-ways-'));
  const mapFile = join(folder, 'journey.yml');
  await writeFile(mapFile, theMap + alerts);
  let time = beginning;
  const clock = { now: (): EpochMs => time };
  const crm = await open({
    ...clock,
    tick() {
      time += 3_000;
    },
  });
  const sandbox = await startSandbox({ page: false, now: clock.now });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const places = { ...environmentOf(sandbox, folder), JOURNEY_CONFIG: mapFile };
  const { DATABASE_URL: database = '' } = environmentOf(sandbox, folder);
  const ended: (() => Promise<unknown>)[] = [() => crm.close(), () => sandbox.close(), () => rm(folder, { recursive: true, force: true })];
  let bot: Bot | null = null;
  const rest = [...history];

  /** What happens until then, happens. */
  function happen(until: EpochMs): void {
    while (rest[0] !== undefined && rest[0].at <= until) {
      const next = rest.shift();
      time = Math.max(time, next?.at ?? 0);
      next?.tell(crm.teller);
    }
    time = Math.max(time, until);
  }

  async function start(hears = true): Promise<void> {
    const variables = hears ? crm.environment(url) : crm.access;
    bot = await startBot({ environment: { ...places, ...variables, HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'error' }, clock });
    // From here on it compares: the clock must not run ahead of that.
    await vi.waitFor(async () => expect(await metrics()).toContain('journey_reconcile_last_success_timestamp_seconds{'), {
      timeout: 60_000,
      interval: 10,
    });
  }

  const metrics = async (): Promise<string> => (await fetch(`${url}/metrics`)).text();

  async function stop(): Promise<void> {
    await bot?.close();
    bot = null;
  }

  /** Until nothing waits; the clock goes on meanwhile, a second at a time. */
  async function quiet(): Promise<void> {
    let done = false;
    const idle = bot?.idle().then(() => {
      done = true;
    });
    while (!done) {
      await pause(20);
      time += 1_000;
    }
    await idle;
  }

  /** How much comparisons have found that had not been told; on a slow machine some take place while it is still being told. */
  async function missed(): Promise<number> {
    // More than once where it also finds out who is gone.
    expect(await metrics()).toMatch(/outcome="finished"\} [1-9]/);
    const store = await openStore(database, { shared: true });
    const log = await missedLogOf(store, crm.source);
    await store.close();
    return log.flatMap((entry) => Object.values(entry.missed)).reduce((sum, count) => sum + count, 0);
  }

  return {
    crm,
    happen,
    missed,
    start,
    stop,
    quiet,
    now: clock.now,
    send: (how?: Sending): Promise<number[]> => crm.send(url, how),
    /** As `journey import` does it, but by this clock. */
    async import(what: string = crm.source): Promise<void> {
      const stopping = new AbortController().signal;
      const opened = await historyOf({
        ...{ what, map: null, timezone: 'Europe/Berlin', clock, stopping },
        ...{ environment: { ...places, ...crm.access }, asks: false, knownDeals: async () => new Set<string>(), print: () => undefined },
      });
      if (!opened.ok) throw new Error(opened.message);
      const loaded = await loadConfigFile(mapFile, { detectors });
      if (!loaded.ok) throw new Error('the map has mistakes');
      const store = await openStore(database, { shared: bot !== null });
      const run = createImport({
        ...{ store, history: opened.history, config: () => loaded.config, clock, logger: silent, newId: () => crypto.randomUUID() },
        breathe: () => pause(0),
        // On a busy machine the CRM may seem away for a moment, and nothing else would move the clock.
        async waitUntil(until) {
          time = Math.max(time, until);
        },
      });
      await run({ order: opened.order, since: null, restart: false }, { stopping });
      await store.close();
    },
    /** Half an hour later, when all has been said. */
    async outcome(): Promise<Outcome> {
      await quiet();
      time = Math.max(time, today + 90 * minuteMs);
      await quiet();
      await stop();
      return lookAt({ sandbox, mapFile, database, origin: crm.origin });
    },
    async end(): Promise<void> {
      await stop();
      for (const each of ended) await each();
    },
  };
}
