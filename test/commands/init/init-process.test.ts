import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../../src/sandbox/start.ts';
import { startHubspot } from '../../hubspot/start-hubspot.ts';
import { ownFolder, runCommand } from '../run-command.ts';

let hubspot: Awaited<ReturnType<typeof startHubspot>>;
let sandbox: Sandbox;
beforeAll(async () => {
  hubspot = await startHubspot();
  sandbox = await startSandbox({ page: false });
});
afterAll(async () => {
  await hubspot.close();
  await sandbox.close();
});

const environment = () => ({ HUBSPOT_ACCESS_TOKEN: hubspot.accessToken, HUBSPOT_API_URL: hubspot.url, TZ: 'Europe/Berlin' });

describe('journey init --yes', () => {
  it('reads HubSpot and writes a journey.yml that check takes', async () => {
    const folder = await ownFolder();
    const run = await runCommand(folder, ['init', 'hubspot', '--yes'], { ...environment(), ...sandbox.environment });
    expect(run).toMatchObject({ code: 0, output: expect.stringContaining('./journey.yml is written and sound') });
    expect(run.output).not.toContain(hubspot.accessToken);
    expect(run.output).toContain('✓ Slack: #deal-alerts');
    const text = await readFile(join(folder, 'journey.yml'), 'utf8');
    expect(text).toContain('- "qualifiedtobuy" # Qualified to buy');
    expect(text).toContain('holidays: "DE"');
    expect(await readdir(folder)).toEqual(['journey.yml']);
    const check = await runCommand(folder, ['check']);
    expect(check).toMatchObject({ code: 0, output: expect.stringContaining('contractsent (HubSpot)') });
  });

  it('finds the CRM by what the environment has', async () => {
    const folder = await ownFolder();
    expect(await runCommand(folder, ['init', '--out', 'map.yml'], environment())).toMatchObject({ code: 0 });
    expect(await readdir(folder)).toEqual(['map.yml']);
  });

  it('says which variables are missing, and writes nothing', async () => {
    const folder = await ownFolder();
    const unnamed = await runCommand(folder, ['init', '--yes']);
    expect(unnamed).toMatchObject({ code: 1, output: expect.stringMatching(/HUBSPOT_ACCESS_TOKEN[\s\S]*PIPEDRIVE_API_TOKEN/) });
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves a journey.yml that is there alone, and asks nobody for nothing', async () => {
    const folder = await ownFolder();
    const file = join(folder, 'journey.yml');
    await writeFile(file, 'mine');
    const asked = hubspot.requests.length;
    expect(await runCommand(folder, ['init', 'hubspot', '--yes'], environment())).toMatchObject({
      code: 1,
      output: expect.stringContaining('--force'),
    });
    expect(hubspot.requests.length).toBe(asked);
    expect(await readFile(file, 'utf8')).toBe('mine');
  });

  it('says what HubSpot refuses, and writes nothing', async () => {
    const folder = await ownFolder();
    const run = await runCommand(folder, ['init', 'hubspot', '--yes'], { ...environment(), HUBSPOT_ACCESS_TOKEN: 'pat-of-yesterday' });
    expect(run).toMatchObject({ code: 1, output: expect.stringContaining('✗ HubSpot access token') });
    expect(run.output).not.toContain('pat-of-yesterday');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('journey init FILE.csv', () => {
  const rows = [
    'Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date,Deal owner,Associated Company (Primary)',
    '1,Acme rollout,Appointment Scheduled,Sales,48000,2026-12-15,2026-08-01,Dana Weiss,Acme GmbH',
    '2,Bolt,Contract Sent,Sales,1000,2026-12-15,2026-08-01,Dana Weiss,Bolt',
    '3,Cee,Closed Won,Sales,1000,2026-07-15,2026-05-01,Omar,Cee',
  ];

  it('works from a file alone', async () => {
    const folder = await ownFolder();
    await writeFile(join(folder, 'deals.csv'), `${rows.join('\n')}\n`);
    const run = await runCommand(folder, ['init', 'deals.csv', '--yes']);
    expect(run).toMatchObject({ code: 0, output: expect.stringContaining('import deals.csv') });
    const text = await readFile(join(folder, 'journey.yml'), 'utf8');
    expect(text).toContain('csv: [ "Contract Sent" ]');
    expect(text).toContain('#   "Dana Weiss": name@your.company');
  });

  it('leaves nothing missing but Slack: the bot has a source of signals, and only one', async () => {
    const folder = await ownFolder();
    await writeFile(join(folder, 'deals.csv'), `${rows.join('\n')}\n`);
    await runCommand(folder, ['init', 'deals.csv', '--yes']);
    const made = await readFile(join(folder, '.env'), 'utf8');
    expect(made).toMatch(/^SIGNALS_TOKEN=\S{16,}\n$/);
    const started = await runCommand(folder, ['start']);
    expect(started.output).not.toContain('no source of signals');
    expect(started.output).toContain('SLACK_BOT_TOKEN is missing');
    await runCommand(folder, ['init', 'deals.csv', '--yes', '--force']);
    expect(await readFile(join(folder, '.env'), 'utf8')).toBe(made);
  });

  it('says what is wrong with a file that is no list of deals', async () => {
    const folder = await ownFolder();
    await writeFile(join(folder, 'other.csv'), 'a,b\n1,2\n');
    const run = await runCommand(folder, ['init', 'other.csv', '--yes']);
    expect(run.code).toBe(1);
    expect(run.output).toContain('other.map.yml');
    expect(await readdir(folder)).toEqual(['other.csv']);
  });
});
