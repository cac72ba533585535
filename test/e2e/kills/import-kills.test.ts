import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { loadConfigFile } from '../../../src/config/load-config.ts';
import { detectors } from '../../../src/core/detectors/index.ts';
import { dayMs } from '../../../src/core/time.ts';
import { root } from '../bot-process.ts';
import { whatItSays } from '../what-it-says.ts';
import { customers, type FilledCrm } from './filled-crm.ts';
import { filledHubspot } from './filled-hubspot.ts';
import { filledPipedrive } from './filled-pipedrive.ts';
import { filledSalesforce } from './filled-salesforce.ts';

/** How often the command is killed before it may end; more by hand: `KILLS=20 npx vitest run test/e2e/kills`. */
const kills = Number(process.env.KILLS ?? 2);

/** Runs the real command; killed after that many requests, wherever it is then. Resolves with what it printed; null when it was killed. */
async function runImport(what: string, crm: FilledCrm, database: string, cwd: string, killAfter: number | null): Promise<string | null> {
  const places = { PATH: process.env.PATH ?? '', DATABASE_URL: `file:${database}`, JOURNEY_CONFIG: join(root, 'journey.yml') };
  const child = spawn(process.execPath, [join(root, 'src/journey.js'), 'import', what], {
    cwd,
    env: { ...places, ...crm.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const before = crm.requests();
  while (killAfter !== null && crm.requests() - before < killAfter && child.exitCode === null) await nextTurn();
  if (killAfter !== null) setTimeout(() => child.kill('SIGKILL'), Math.random() * 15);
  const [code] = await ended;
  expect([0, null]).toContain(code);
  return code === 0 ? output : null;
}

it.each([
  { what: 'hubspot', open: filledHubspot },
  { what: 'salesforce', open: filledSalesforce },
  { what: 'pipedrive', open: filledPipedrive },
])('a kill -9 at any point of `journey import $what` loses and doubles nothing', { timeout: 60_000 * (1 + kills) }, async ({ what, open }) => {
  const folder = await mkdtemp(join(tmpdir(), 'journey-import-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const start = Date.now();
  let daysAgo = 0;
  const crm = await open({
    now: () => Math.floor(start - daysAgo * dayMs),
    at(days) {
      daysAgo = days;
    },
  });
  onTestFinished(async () => void (await crm.close()));

  const undisturbed = join(folder, 'undisturbed.db');
  const asked = crm.requests();
  expect(await runImport(what, crm, undisturbed, folder, null)).toContain('deals');
  const whole = crm.requests() - asked;

  const killed = join(folder, 'killed.db');
  // One that was quick enough to finish begins anew, which is as good a test.
  for (let count = 0; count < kills; ) {
    const killAfter = 3 + Math.floor(Math.random() * Math.max(1, (whole - 3) * 0.7));
    if ((await runImport(what, crm, killed, folder, killAfter)) === null) count += 1;
  }
  expect(await runImport(what, crm, killed, folder, null)).not.toBeNull();

  const loaded = await loadConfigFile(join(root, 'journey.yml'), { detectors });
  if (!loaded.ok) throw new Error('the map has mistakes');
  const [expected, found] = [await whatItSays(undisturbed, loaded.config), await whatItSays(killed, loaded.config)];
  expect((expected.journeys as unknown[]).length).toBeGreaterThanOrEqual(customers - 4);
  expect((expected.said as [string, string][]).filter(([, kind]) => kind === 'import-summary')).toHaveLength(1);
  expect(found).toEqual(expected);
});
