import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { loadConfigFile } from '../../src/config/load-config.ts';
import { detectors } from '../../src/core/detectors/index.ts';
import { dayMs } from '../../src/core/time.ts';
import { startHubspot } from '../hubspot/start-hubspot.ts';
import { root } from './bot-process.ts';
import { whatItSays } from './what-it-says.ts';

const customers = 54;

type Hubspot = Awaited<ReturnType<typeof startHubspot>>;

/** Customers with a deal, a person and a talk each; some with a task, a merge, a deletion; in all two pages of each kind. */
function fill({ records }: Hubspot, at: (days: number) => void): void {
  for (let index = 0; index < customers; index += 1) {
    at(100 - index * 0.3);
    const company = records.create('companies', { name: `Company ${index}`, hubspot_owner_id: index % 2 === 0 ? '11' : '12' });
    const deal = records.create('deals', {
      dealname: `Deal ${index}`,
      pipeline: 'default',
      dealstage: 'qualifiedtobuy',
      amount: String(index * 100),
    });
    const person = records.create('contacts', {
      firstname: 'Jo',
      lastname: `Number ${index}`,
      ...(index % 3 === 0 ? { hs_buying_role: 'CHAMPION' } : {}),
    });
    records.associate(['deals', deal], ['companies', company], { primary: true });
    records.associate(['contacts', person], ['companies', company], { primary: true });
    records.associate(['deals', deal], ['contacts', person]);
    at(60 - index * 0.3);
    records.update('deals', deal, { dealstage: index % 9 === 0 ? 'mystery' : 'contractsent' });
    const call = records.create('calls', { hs_timestamp: new Date(Date.now() - 50 * dayMs).toISOString(), hs_call_direction: 'INBOUND' });
    records.associate(['calls', call], ['deals', deal]);
    records.associate(['calls', call], ['contacts', person]);
    if (index % 10 === 3) records.associate(['tasks', aTask(records)], ['deals', deal]);
    if (index % 20 === 7) records.merge('contacts', person, [records.create('contacts', { lastname: 'Twin' })]);
    if (index % 20 === 11) records.remove('deals', deal);
  }
}

const aTask = (records: Hubspot['records']): string =>
  records.create('tasks', { hs_timestamp: new Date(Date.now() + 30 * dayMs).toISOString(), hs_task_status: 'NOT_STARTED', hs_task_type: 'CALL' });

it('a kill -9 at any point of `journey import hubspot` loses and doubles nothing', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'journey-import-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const start = Date.now();
  let daysAgo = 0;
  const hubspot = await startHubspot({ now: () => Math.floor(start - daysAgo * dayMs) });
  onTestFinished(() => hubspot.close());
  fill(hubspot, (days) => {
    daysAgo = days;
  });

  /** Killed after that many requests, wherever it is then. Resolves with what it printed; null when it was killed. */
  async function run(database: string, killAfter: number | null): Promise<string | null> {
    const environment = { PATH: process.env.PATH ?? '', DATABASE_URL: `file:${database}`, JOURNEY_CONFIG: join(root, 'journey.yml') };
    const env = { ...environment, HUBSPOT_ACCESS_TOKEN: hubspot.accessToken, HUBSPOT_API_URL: hubspot.url };
    const child = spawn(process.execPath, [join(root, 'src/journey.js'), 'import', 'hubspot'], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'close') as Promise<[number | null]>;
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    hubspot.requests.length = 0;
    while (killAfter !== null && hubspot.requests.length < killAfter && child.exitCode === null) await nextTurn();
    if (killAfter !== null) setTimeout(() => child.kill('SIGKILL'), Math.random() * 15);
    const [code] = await ended;
    expect([0, null]).toContain(code);
    return code === 0 ? output : null;
  }

  const undisturbed = join(folder, 'undisturbed.db');
  expect(await run(undisturbed, null)).toContain('deals');
  const whole = hubspot.requests.length;

  const killed = join(folder, 'killed.db');
  for (let kills = 0; kills < 3; ) if ((await run(killed, 8 + Math.floor(Math.random() * (whole / 2)))) === null) kills += 1;
  expect(await run(killed, null)).not.toBeNull();

  const loaded = await loadConfigFile(join(root, 'journey.yml'), { detectors });
  if (!loaded.ok) throw new Error('the map has mistakes');
  const [expected, found] = [await whatItSays(undisturbed, loaded.config), await whatItSays(killed, loaded.config)];
  expect((expected.journeys as unknown[]).length).toBeGreaterThanOrEqual(customers - 4);
  expect((expected.said as [string, string][]).filter(([, kind]) => kind === 'import-summary')).toHaveLength(1);
  expect(found).toEqual(expected);
});
