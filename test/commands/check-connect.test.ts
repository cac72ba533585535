import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { botScopes } from '../../src/adapters/slack/scopes.ts';
import { checkConnections } from '../../src/commands/check/connect.ts';
import { readEnvironment } from '../../src/environment.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { openWorkspace } from '../adapters/slack/slack-in-sandbox.ts';
import { configOf } from '../config/examples.ts';
import { startHubspot } from '../hubspot/start-hubspot.ts';
import { ownFolder, runCommand } from './run-command.ts';

let hubspot: Awaited<ReturnType<typeof startHubspot>>;
beforeAll(async () => {
  hubspot = await startHubspot();
});
afterAll(() => hubspot.close());

const map = (channel = '#deal-alerts') => `
maps: { sales: { extends: b2b-saas } }
owners: { "14": left@us.example }
routes: [{ channel: "${channel}" }]
admin: "#journey-admin"
`;

type Setting = { sandbox?: SandboxOptions; environment?: Record<string, string>; file?: string };

/** What `check --connect` does once the map is read, over a workspace of its own and the local HubSpot. */
async function checked({ sandbox: options = {}, environment: own = {}, file = map() }: Setting = {}): Promise<{ ok: boolean; output: string }> {
  const sandbox = await openWorkspace(options);
  const environment = readEnvironment({ ...hubspotHere(), ...sandbox.environment, ...own });
  if (!environment.ok) throw new Error(environment.message);
  const printed: string[] = [];
  const ok = await checkConnections(await configOf(file), environment.environment, (line) => printed.push(line));
  return { ok, output: printed.join('\n') };
}

const hubspotHere = () => ({ HUBSPOT_ACCESS_TOKEN: hubspot.accessToken, HUBSPOT_API_URL: hubspot.url });

describe('journey check --connect', () => {
  it('says that everything is there where it is', async () => {
    const sandbox = await openWorkspace();
    const folder = await ownFolder();
    await writeFile(join(folder, 'journey.yml'), map());
    const { code, output } = await runCommand(folder, ['check', '--connect'], { ...hubspotHere(), ...sandbox.environment });
    expect(output).toContain('✓ Slack: SLACK_BOT_TOKEN');
    expect(output).toContain('✓ Slack: scopes');
    expect(output).toContain('✓ Slack: SLACK_APP_TOKEN: Socket Mode opens');
    expect(output).toContain('✓ Slack: #deal-alerts: public: the bot joins it when it starts');
    expect(output).toContain('✓ HubSpot access token');
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('Everything is there.') });
  });

  it('tries the CRM before there is an app in Slack, and says that there is none', async () => {
    const folder = await ownFolder();
    await writeFile(join(folder, 'journey.yml'), map());
    const { code, output } = await runCommand(folder, ['check', '--connect'], hubspotHere());
    expect(output).toContain('✗ SLACK_BOT_TOKEN is missing');
    expect(output).toContain('✓ HubSpot access token');
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('1 thing is missing: see ✗.') });
  });

  it('tries nothing while a variable is mistaken', async () => {
    const folder = await ownFolder();
    await writeFile(join(folder, 'journey.yml'), map());
    const { code, output } = await runCommand(folder, ['check', '--connect'], { ...hubspotHere(), PORT: 'three' });
    expect(output).toContain('PORT');
    expect({ code, tried: output.includes('Connections') }).toEqual({ code: 1, tried: false });
  });

  it.each<[string, Setting, RegExp]>([
    [
      'a bot token that Slack refuses',
      { environment: { SLACK_BOT_TOKEN: 'xoxb-of-yesterday' } },
      /✗ Slack: SLACK_BOT_TOKEN: invalid_auth\n.*OAuth & Permissions/,
    ],
    [
      'an app token that Slack refuses',
      { environment: { SLACK_APP_TOKEN: 'xapp-of-yesterday' } },
      /✗ Slack: SLACK_APP_TOKEN[^\n]*\n.*connections:write/,
    ],
    [
      'a scope that the app was not given',
      { sandbox: { scopes: Object.keys(botScopes).filter((scope) => scope !== 'users:read.email') } },
      /✗ Slack: scopes: without users:read\.email\n.*reinstall/,
    ],
    ['a channel that is not there', { file: map('#nowhere') }, /✗ Slack: #nowhere: there is no such channel[^\n]*\n.*\/invite @journey/],
    [
      'a channel that is archived',
      { sandbox: { channels: [{ name: 'deal-alerts', isArchived: true }, { name: 'journey-admin' }] } },
      /✗ Slack: #deal-alerts: is archived/,
    ],
    [
      'a HubSpot token that is refused',
      { environment: { HUBSPOT_ACCESS_TOKEN: 'pat-of-yesterday' } },
      /✗ HubSpot access token[^\n]*\n.*HUBSPOT_ACCESS_TOKEN/,
    ],
  ])('says what to click for %s', async (_what, setting, expected) => {
    const { ok, output } = await checked(setting);
    expect(output).toMatch(expected);
    expect(ok).toBe(false);
    expect(output).not.toContain('of-yesterday');
    // What else cannot be asked for the same reason is not told beside it.
    expect(output).toContain('1 thing is missing: see ✗.');
  });

  it('does not try a signing secret, and says so', async () => {
    const { output } = await checked({ environment: { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'secret' } });
    expect(output).toMatch(/SLACK_SIGNING_SECRET: HTTP mode; it cannot be tried from here/);
  });

  it('lists what HubSpot has and the map does not know, with the line to write', async () => {
    const file = map().replace('{ extends: b2b-saas }', '{ stages: { first: { from: { hubspot: [appointmentscheduled, qualifiedtobuy] } } } }');
    const { ok, output } = await checked({ file });
    expect(output).toContain('HubSpot has stages that the map does not know:');
    expect(output).toContain('"contractsent" Contract sent (Sales): under a stage of sales:  from: { hubspot: ["contractsent"] }');
    expect(output).not.toContain('"qualifiedtobuy"');
    expect(ok).toBe(true);
  });

  it('lists every variable where none is there', async () => {
    const folder = await ownFolder();
    await writeFile(join(folder, 'journey.yml'), map());
    const { code, output } = await runCommand(folder, ['check', '--connect']);
    expect(code).toBe(1);
    for (const name of ['SLACK_BOT_TOKEN', 'HUBSPOT_ACCESS_TOKEN', 'SIGNALS_TOKEN']) expect(output).toContain(name);
  });
});
