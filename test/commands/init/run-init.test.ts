import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CrmCatalogue, CrmHistory, Probe } from '../../../src/app/crm.ts';
import { CrmRefusedError } from '../../../src/app/errors.ts';
import { runInit } from '../../../src/commands/init/run-init.ts';
import type { InitSurroundings, Variables } from '../../../src/commands/init/session.ts';
import { configOf } from '../../config/examples.ts';
import { catalogueOf, hubspotDefaults, hubspotNames, pipeline } from '../../config/propose/catalogues.ts';
import { ownFolder } from '../run-command.ts';
import { type Script, scriptedPrompts } from './scripted-prompts.ts';

const goodToken = 'pat-eu1-good';

/** A CRM that answers to one token only. */
function historyOf(catalogue: CrmCatalogue, token: string | undefined): CrmHistory {
  const good = token === goodToken;
  return {
    source: 'hubspot',
    // biome-ignore lint/correctness/useYield: nothing is imported here
    async *pages() {
      throw new Error('init reads no records');
    },
    async catalogue() {
      if (!good) throw new CrmRefusedError('HubSpot refuses the token');
      return catalogue;
    },
    probe: async () => [{ what: 'HubSpot access token', ok: good, detail: null, fix: good ? null : 'copy it again' }],
  };
}

const slackProbe = (variables: Variables, channels: readonly string[]): Probe[] => [
  { what: 'Slack: SLACK_BOT_TOKEN', ok: variables.SLACK_BOT_TOKEN === 'xoxb-good', detail: null, fix: 'copy it again' },
  ...channels.map((channel): Probe => ({ what: `Slack: ${channel}`, ok: channel !== '#nowhere', detail: null, fix: 'make it' })),
];

type Setting = {
  journey?: string;
  force?: boolean;
  catalogue?: CrmCatalogue;
  script?: Script;
  environment?: Variables;
  named?: string;
  env?: string;
  yes?: boolean;
};

async function initWith({
  catalogue = hubspotDefaults(hubspotNames.en),
  script = [],
  environment = {},
  named,
  env,
  journey,
  force = false,
  yes = false,
}: Setting) {
  const folder = await ownFolder();
  const envFile = join(folder, '.env');
  if (env !== undefined) await writeFile(envFile, env);
  if (journey !== undefined) await writeFile(join(folder, 'journey.yml'), journey);
  const { prompts, asked } = scriptedPrompts(script);
  const printed: string[] = [];
  const surroundings: InitSurroundings = {
    prompts: yes ? null : prompts,
    environment,
    print: (line) => printed.push(line),
    openHistory: async (_target, variables) => historyOf(catalogue, variables.HUBSPOT_ACCESS_TOKEN),
    probeSlack: async (variables, channels) => slackProbe(variables, channels),
    newSecret: () => 'made-by-ourselves',
    timezone: 'UTC',
  };
  const out = join(folder, 'journey.yml');
  const code = await runInit({ named, out, envFile, force }, surroundings);
  const read = (file: string) => readFile(join(folder, file), 'utf8').catch(() => null);
  return { code, asked, printed: printed.join('\n'), folder, journey: await read('journey.yml'), env: await read('.env'), envFile };
}

const secrets: Script = [
  ['HUBSPOT_ACCESS_TOKEN', goodToken],
  ['SLACK_BOT_TOKEN', 'xoxb-good'],
  ['SLACK_APP_TOKEN', 'xapp-good'],
];

describe('the time zone', () => {
  it.each([
    ['America/New_York', 'US/Eastern'],
    ['Europe/Berlin', 'Europe/Berlin'],
    ['UTC', 'Atlantis/Capital'],
    ['UTC', null],
  ])('is %s where the CRM says %s', async (expected, timezone) => {
    const { journey, printed } = await initWith({ script: secrets, catalogue: { ...catalogueOf(pipeline('Sales', ['Lead', 'Demo'])), timezone } });
    expect((await configOf(journey ?? '')).timezone).toBe(expected);
    expect(printed).toContain(`the time of ${expected}, the zone of ${expected === 'UTC' ? 'this machine' : 'HubSpot'}`);
  });
});

describe('journey init in a terminal', () => {
  it('asks for the CRM, Slack and channels, and for nothing that it is sure of', async () => {
    const { code, asked, journey, env, envFile } = await initWith({ script: [...secrets, ['hears of alerts', 'sales-alerts']] });
    expect(code).toBe(0);
    expect(asked).toEqual([
      'Which CRM do your deals live in?',
      'HUBSPOT_ACCESS_TOKEN',
      'PUBLIC_URL (empty: later)',
      'How does Slack reach the bot?',
      'SLACK_BOT_TOKEN (empty: later)',
      'SLACK_APP_TOKEN (empty: later)',
      'Which channel hears of alerts?',
      'Which channel gets the weekly digest?',
      'Which channel hears of trouble with the bot itself?',
    ]);
    expect((await configOf(journey ?? '')).routes[0]?.channel).toBe('#sales-alerts');
    expect(env).toBe(`HUBSPOT_ACCESS_TOKEN=${goodToken}\nSLACK_BOT_TOKEN=xoxb-good\nSLACK_APP_TOKEN=xapp-good\n`);
    expect((await stat(envFile)).mode & 0o777).toBe(0o600);
  });

  it('goes on without Slack where there is no token at hand', async () => {
    const { code, journey, env } = await initWith({ script: [['HUBSPOT_ACCESS_TOKEN', goodToken]] });
    expect([code, env]).toEqual([0, `HUBSPOT_ACCESS_TOKEN=${goodToken}\n`]);
    expect(journey).toContain('#deal-alerts');
  });

  it('says where each secret is found, and never a secret', async () => {
    const { printed } = await initWith({ script: secrets });
    expect(printed).toMatch(/SLACK_BOT_TOKEN: .*\n.*OAuth & Permissions/);
    for (const [, secret] of secrets) expect(printed).not.toContain(secret);
  });

  it('asks where it is unsure, and writes what was answered', async () => {
    const catalogue = {
      ...catalogueOf(
        pipeline('Sales', ['Lead', 'Demo', 'Sonderphase', 'Angebot', 'Vertrag']),
        pipeline('Other', ['Alpha', 'Beta']),
        pipeline('Third', ['Gamma', 'Delta']),
      ),
      roles: [{ value: 'BR', label: 'Betriebsrat' }],
      owners: [{ id: '7', name: 'Ines', email: null }],
    };
    const { code, journey, asked } = await initWith({
      catalogue,
      script: [
        ...secrets,
        ['“Sonderphase” of “Sales”', 'stage proposal'],
        ['The pipeline “Other”', 'five-phases'],
        ['“Beta” of “Other”', 'won'],
        ['The pipeline “Third”', 'out'],
        ['The role “Betriebsrat”', 'own'],
        ['The e-mail address of Ines', 'ines@us.example'],
      ],
    });
    expect(code).toBe(0);
    expect(asked.filter((question) => question.includes('“'))).toHaveLength(6);
    const config = await configOf(journey ?? '');
    const [sales, other] = config.maps;
    expect(sales?.stages.find(({ key }) => key === 'proposal')?.from.hubspot).toEqual(['Sonderphase', 'Angebot']);
    expect(other).toMatchObject({ for: { pipelines: ['Other'] }, outcomes: { won: { hubspot: ['Beta'] } } });
    expect(config.maps.some((map) => map.for.kind === 'deals' && map.for.pipelines.includes('Third'))).toBe(false);
    expect(config.roles).toContainEqual({ key: 'betriebsrat', label: 'Betriebsrat', crm: ['BR'], titles: [] });
    expect(config.owners).toEqual([{ crm: '7', email: 'ines@us.example' }]);
    expect(journey).not.toContain('A GUESS');
  });

  it('asks again for a token that the CRM refuses', async () => {
    const { code, env } = await initWith({
      script: [['HUBSPOT_ACCESS_TOKEN', 'pat-bad'], ['And now?', 'again'], ...secrets],
    });
    expect(code).toBe(0);
    expect(env).toContain(`HUBSPOT_ACCESS_TOKEN=${goodToken}\n`);
    expect(env).not.toContain('pat-bad');
  });

  it('asks again for a token that Slack refuses', async () => {
    const { env } = await initWith({
      script: [['SLACK_BOT_TOKEN', 'xoxb-bad'], ['SLACK_APP_TOKEN', 'xapp-bad'], ['And now?', 'again'], ...secrets],
    });
    expect(env).toContain('SLACK_BOT_TOKEN=xoxb-good\nSLACK_APP_TOKEN=xapp-good\n');
  });

  it('says which channel is not there, and takes it all the same', async () => {
    const { printed, journey } = await initWith({ script: [...secrets, ['hears of alerts', '#nowhere']] });
    expect(printed).toContain('✗ Slack: #nowhere');
    expect(journey).toContain('channel: "#nowhere"');
  });

  it('replaces a file that is there only if somebody says so', async () => {
    const kept = await initWith({ journey: 'mine', script: [['is there already', 'stop']] });
    expect(kept).toMatchObject({ code: 1, journey: 'mine', asked: [expect.stringContaining('is there already')] });
    const replaced = await initWith({ journey: 'mine', script: [['is there already', 'replace'], ...secrets] });
    expect(replaced).toMatchObject({ code: 0, journey: expect.stringContaining('extends: b2b-saas') });
  });

  it.each(['Which CRM', 'HUBSPOT_ACCESS_TOKEN', 'SLACK_APP_TOKEN', 'trouble with the bot'])(
    'writes nothing when it is stopped at “%s”',
    async (words) => {
      const { code, folder, printed } = await initWith({ script: [[words, null], ...secrets] });
      expect(code).toBe(130);
      expect(printed).toMatch(/Stopped\. Neither \S+journey\.yml nor \S+\.env was written\./);
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it('leaves what .env has as it is, and asks for nothing that is there', async () => {
    const env = '# ours\nHUBSPOT_ACCESS_TOKEN=pat-eu1-good';
    const { asked, env: after } = await initWith({ env, environment: { HUBSPOT_ACCESS_TOKEN: goodToken }, script: secrets.slice(1) });
    expect(asked).not.toContain('HUBSPOT_ACCESS_TOKEN');
    expect(after).toBe(`${env}\nSLACK_BOT_TOKEN=xoxb-good\nSLACK_APP_TOKEN=xapp-good\n`);
  });

  it('makes the half of a secret that is ours once the other one is there', async () => {
    const read: Script = [
      ['SALESFORCE_LOGIN_URL', 'https://acme.my.salesforce.example'],
      ['SALESFORCE_CLIENT_ID', 'key'],
      ['SALESFORCE_CLIENT_SECRET', 'secret'],
    ];
    const given = async (organization: Script): Promise<string | null> => {
      const script = [...read, ...organization, ...secrets.slice(1)];
      return (await initWith({ named: 'salesforce', environment: { HUBSPOT_ACCESS_TOKEN: goodToken }, script })).env;
    };
    expect(await given([])).not.toContain('SALESFORCE_WEBHOOK_SECRET');
    expect(await given([['SALESFORCE_ORGANIZATION_ID', '00D000000000001']])).toContain('SALESFORCE_WEBHOOK_SECRET=made-by-ourselves\n');
  });

  it('makes the secret of the signals endpoint itself', async () => {
    const { env, printed, journey } = await initWith({ named: 'signals', script: secrets.slice(1) });
    expect(env).toContain('SIGNALS_TOKEN=made-by-ourselves\n');
    expect(printed).not.toContain('made-by-ourselves');
    expect((await configOf(journey ?? '')).maps.map(({ key }) => key)).toEqual(['new-business', 'customers']);
  });
});

describe('journey init without questions', () => {
  it('marks what it guesses, and says how much of it there is', async () => {
    const catalogue = catalogueOf(pipeline('Sales', ['Lead', 'Demo', 'Sonderphase', 'Angebot', 'Vertrag', 'Geparkt']));
    const { code, journey, printed } = await initWith({ catalogue, named: 'hubspot', yes: true, environment: { HUBSPOT_ACCESS_TOKEN: goodToken } });
    expect(code).toBe(0);
    expect(journey).toContain('"Sonderphase" # A GUESS');
    expect(printed).toContain('stages that are a guess (A GUESS): 1');
    expect(printed).toContain('stages on no map: 1');
  });

  it('says what a CRM’s words are without letting them near the terminal', async () => {
    const catalogue = catalogueOf(pipeline('\u001b[2JSales', ['Lead', 'De\u001b]0;mo\u0007', 'Angebot', 'Vertrag']));
    const { printed, code } = await initWith({ catalogue, named: 'hubspot', yes: true, environment: { HUBSPOT_ACCESS_TOKEN: goodToken } });
    expect(code).toBe(0);
    expect(printed).not.toContain('\u001b');
  });

  it('keeps the file that it is told to replace', async () => {
    const { code, folder, journey } = await initWith({
      named: 'hubspot',
      yes: true,
      force: true,
      journey: 'mine',
      environment: { HUBSPOT_ACCESS_TOKEN: goodToken },
    });
    expect(code).toBe(0);
    expect(journey).toContain('extends: b2b-saas');
    expect(await readFile(join(folder, 'journey.yml.bak'), 'utf8')).toBe('mine');
  });

  it('says what it cannot do without', async () => {
    const { code, printed, folder } = await initWith({ named: 'hubspot', yes: true });
    expect(code).toBe(1);
    expect(printed).toContain('HubSpot cannot be read without HUBSPOT_ACCESS_TOKEN.');
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses a name that is no CRM', async () => {
    const { code, printed, folder } = await initWith({ named: 'siebel', yes: true });
    expect(code).toBe(1);
    expect(printed).toContain('expected hubspot, salesforce, pipedrive or a file');
    expect(await readdir(folder)).toEqual([]);
  });
});
