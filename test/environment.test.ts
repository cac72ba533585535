import { describe, expect, it } from 'vitest';
import { aboutVariable, readEnvironment, readGiven, readPlaces, valueProblem } from '../src/environment.ts';

const sound = { SLACK_BOT_TOKEN: 'xoxb-secret-1', SLACK_APP_TOKEN: 'xapp-secret-2', SIGNALS_TOKEN: 'a-token-of-some-length' };
const messageOf = (raw: Record<string, string | undefined>): string => {
  const read = readEnvironment(raw);
  return read.ok ? '' : read.message;
};

describe('the environment', () => {
  it('has defaults for what nobody has to choose', () => {
    expect(readEnvironment(sound)).toMatchObject({
      ok: true,
      environment: { DATABASE_URL: 'file:./data/journey.db', JOURNEY_CONFIG: './journey.yml', HOST: '0.0.0.0', PORT: 3000, LOG_LEVEL: 'info' },
    });
  });

  it('counts an empty variable as missing', () => {
    expect(readEnvironment({ ...sound, PORT: ' ', DATABASE_URL: '' })).toMatchObject({ ok: true, environment: { PORT: 3000 } });
    expect(messageOf({ ...sound, SLACK_BOT_TOKEN: '' })).toContain('SLACK_BOT_TOKEN is missing');
  });

  it('reports every mistake at once, and repeats no value', () => {
    const message = messageOf({ SLACK_BOT_TOKEN: 'token-nobody-may-see', PORT: 'seventy', HUBSPOT_API_URL: 'pat-nobody-may-see' });
    for (const said of [
      'SLACK_BOT_TOKEN must begin with xoxb-',
      'PORT must be a port',
      'SLACK_APP_TOKEN',
      'no source of signals',
      'HUBSPOT_CLIENT_SECRET',
    ])
      expect(message).toContain(said);
    expect(message).not.toContain('nobody-may-see');
    expect(message).not.toContain('seventy');
  });

  // Docker's --env-file reads no quotes, and a secret with them would only fail at the other side, one request at a time.
  it.each([
    ['SLACK_BOT_TOKEN', '"xoxb-secret-1"'],
    ['SLACK_SIGNING_SECRET', "'0123456789abcdef'"],
    ['SIGNALS_TOKEN', '"a-token-of-some-length"'],
    ['HUBSPOT_ACCESS_TOKEN', '`pat-eu1-secret`'],
    ['PIPEDRIVE_WEBHOOK_PASSWORD', '"a password of its own"'],
    ['JOURNEY_CONFIG', '"./journey.yml"'],
  ])('refuses quotes around %s, and says so once', (name, value) => {
    const problems = messageOf({ ...sound, PIPEDRIVE_WEBHOOK_USER: 'crm', PIPEDRIVE_WEBHOOK_PASSWORD: 'a-password-of-its-own', [name]: value });
    expect(problems.match(/✗.*/g)).toEqual([`✗ ${name} must not stand in quotes`]);
  });

  it.each([
    ['SLACK_BOT_TOKEN', 'xoxb-…'],
    ['SLACK_BOT_TOKEN', 'xoxb-secret\n-1'],
    ['SLACK_APP_TOKEN', 'xapp-secret 2'],
    ['HUBSPOT_ACCESS_TOKEN', 'pat‑eu1‑secret'],
    ['PIPEDRIVE_API_TOKEN', 'señor'],
  ])('refuses %s with what no token holds, which would look as if the other side were away', (name, value) => {
    expect(messageOf({ ...sound, [name]: value }).match(/✗.*/g)).toEqual([
      `✗ ${name} must be one word of plain letters, digits and signs: copy it anew`,
    ]);
  });

  it('takes values with quotes, blanks and other letters inside where they may be', () => {
    const own = { PIPEDRIVE_WEBHOOK_USER: 'crm', PIPEDRIVE_WEBHOOK_PASSWORD: `it's "ours", señor`, SLACK_BOT_TOKEN: ' xoxb-secret-1 ' };
    expect(readEnvironment({ ...sound, ...own })).toMatchObject({
      ok: true,
      environment: { PIPEDRIVE_WEBHOOK_PASSWORD: `it's "ours", señor`, SLACK_BOT_TOKEN: 'xoxb-secret-1' },
    });
  });
});

describe('a command beside the bot', () => {
  it('finds the store and the map where the bot does', () => {
    expect(readPlaces({ DATABASE_URL: '', JOURNEY_CONFIG: './ours.yml' })).toEqual({
      DATABASE_URL: 'file:./data/journey.db',
      JOURNEY_CONFIG: './ours.yml',
    });
  });

  it.each(['data/journey.db', 'postgres://db/journey', 'mysql://db', ':memory:'])('says once what a store must be called: %s', (url) => {
    const message = 'DATABASE_URL must be file: and a path, such as file:./data/journey.db (PostgreSQL is not supported yet)';
    expect(() => readPlaces({ DATABASE_URL: url })).toThrow(new Error(message));
    expect(messageOf({ ...sound, DATABASE_URL: url }).match(/✗.*/g)).toEqual([`✗ ${message}`]);
  });

  it('takes what there is, where the bot could not start yet', () => {
    expect(readGiven({ HUBSPOT_ACCESS_TOKEN: 'pat', PORT: '' })).toMatchObject({ HUBSPOT_ACCESS_TOKEN: 'pat', SLACK_BOT_TOKEN: '', PORT: 3000 });
    expect(() => readGiven({ SLACK_BOT_TOKEN: 'token-nobody-may-see' })).toThrow(/^SLACK_BOT_TOKEN must begin with xoxb- \(a bot token\)$/);
  });

  it('says of one variable what it is for, and why a value is none', () => {
    expect(aboutVariable('SLACK_BOT_TOKEN')).toMatchObject({ where: expect.stringContaining('OAuth & Permissions') });
    expect(aboutVariable('NOBODY')).toBeNull();
    expect([valueProblem('SLACK_APP_TOKEN', 'xoxb-1'), valueProblem('SLACK_APP_TOKEN', 'xapp-1'), valueProblem('NOBODY', '')]).toEqual([
      'must begin with xapp- (an app-level token)',
      null,
      null,
    ]);
  });

  it('takes HubSpot’s token without its secret, for a team that cannot be called', () => {
    const { SIGNALS_TOKEN: _, ...alone } = sound;
    expect(readEnvironment({ ...alone, HUBSPOT_ACCESS_TOKEN: 'pat-1' })).toMatchObject({ ok: true });
    expect(messageOf({ ...alone, HUBSPOT_ACCESS_TOKEN: 'pat-1', HUBSPOT_CLIENT_SECRET: 's' })).toContain('PUBLIC_URL is missing');
  });
});

describe('the variables for any CRM', () => {
  const whsec = (byte: number): string => `whsec_${Buffer.alloc(24, byte).toString('base64')}`;

  it('hold one, or several with commas or spaces between', () => {
    expect(readEnvironment({ ...sound, SIGNALS_SECRET: whsec(1) })).toMatchObject({
      environment: { SIGNALS_SECRET: [whsec(1)], SIGNALS_TOKEN: [sound.SIGNALS_TOKEN] },
    });
    for (const between of [',', ', ', ' ', ' ,\n'])
      expect(
        readEnvironment({
          ...sound,
          SIGNALS_SECRET: `${whsec(1)}${between}${whsec(2)}`,
          SIGNALS_TOKEN: `sixteen-letters-1${between}sixteen-letters-2`,
        }),
      ).toMatchObject({
        environment: { SIGNALS_SECRET: [whsec(1), whsec(2)], SIGNALS_TOKEN: ['sixteen-letters-1', 'sixteen-letters-2'] },
      });
  });

  it('say which of several is none, and repeat none', () => {
    const message = messageOf({ ...sound, SIGNALS_SECRET: `${whsec(1)},whsec_no,${whsec(2)}`, SIGNALS_TOKEN: 'short,sixteen-letters-2' });
    expect(message.match(/✗.*/g)).toEqual([
      '✗ SIGNALS_SECRET number 2 of 3 must be whsec_ and at least 16 bytes in base64',
      '✗ SIGNALS_TOKEN number 1 of 2 must have 16 characters or more',
    ]);
    for (const secret of [whsec(1), 'whsec_no', 'sixteen-letters-2']) expect(message).not.toContain(secret);
    expect(messageOf({ ...sound, SIGNALS_SECRET: 'no' })).toContain('SIGNALS_SECRET must be whsec_ and at least 16 bytes in base64');
    for (const quoted of [`"${whsec(1)},${whsec(2)}"`, `"${whsec(1)}","${whsec(2)}"`, `"${whsec(1)}"`])
      expect(messageOf({ ...sound, SIGNALS_SECRET: quoted }).match(/✗.*/g)).toEqual(['✗ SIGNALS_SECRET must not stand in quotes']);
    expect(messageOf({ ...sound, SIGNALS_SECRET: ',' })).toContain('SIGNALS_SECRET must be whsec_ and at least 16 bytes in base64');
  });
});

describe('the variables for Salesforce', () => {
  const { SIGNALS_TOKEN: _, ...alone } = sound;
  const messages = { SALESFORCE_WEBHOOK_SECRET: 'a-long-word-of-our-own', SALESFORCE_ORGANIZATION_ID: '00D000000000062EAA' };
  const api = { SALESFORCE_CLIENT_ID: 'id', SALESFORCE_CLIENT_SECRET: 'secret', SALESFORCE_LOGIN_URL: 'https://acme.my.salesforce.com' };

  it('do with the messages alone, with the API alone, and with both', () => {
    for (const given of [messages, api, { ...messages, ...api }, { ...api, SALESFORCE_CDC: 'on' }])
      expect(readEnvironment({ ...alone, ...given })).toMatchObject({ ok: true });
    expect(readEnvironment({ ...sound })).toMatchObject({ ok: true, environment: { SALESFORCE_CDC: 'off' } });
  });

  it('say what belongs together', () => {
    expect(messageOf({ ...alone, SALESFORCE_WEBHOOK_SECRET: messages.SALESFORCE_WEBHOOK_SECRET })).toContain('SALESFORCE_ORGANIZATION_ID is missing');
    expect(messageOf({ ...sound, SALESFORCE_LOGIN_URL: api.SALESFORCE_LOGIN_URL })).toContain('SALESFORCE_CLIENT_ID is missing');
    expect(messageOf({ ...sound, ...messages, SALESFORCE_CDC: 'on' })).toContain('SALESFORCE_CLIENT_ID is missing: SALESFORCE_CDC needs the API');
  });

  it('refuse a secret that is short or would have to be escaped, and an id that is none', () => {
    expect(messageOf({ ...sound, ...messages, SALESFORCE_WEBHOOK_SECRET: 'short' })).toContain('SALESFORCE_WEBHOOK_SECRET must have 16');
    expect(messageOf({ ...sound, ...messages, SALESFORCE_WEBHOOK_SECRET: 'a/long/word?of#our own' })).toContain(
      'SALESFORCE_WEBHOOK_SECRET must have 16',
    );
    expect(messageOf({ ...sound, ...messages, SALESFORCE_ORGANIZATION_ID: 'acme' })).toContain('SALESFORCE_ORGANIZATION_ID must begin with 00D');
  });
});

describe('the variables for Pipedrive', () => {
  const { SIGNALS_TOKEN: _, ...alone } = sound;
  const webhooks = { PIPEDRIVE_WEBHOOK_USER: 'pipedrive', PIPEDRIVE_WEBHOOK_PASSWORD: 'a-password-of-our-own' };
  const api = { PIPEDRIVE_API_TOKEN: 'token' };

  it('do with the webhooks alone, with the API alone, and with both', () => {
    for (const given of [webhooks, api, { ...webhooks, ...api }]) expect(readEnvironment({ ...alone, ...given })).toMatchObject({ ok: true });
  });

  it('say what belongs together, and what HTTP Basic cannot carry', () => {
    expect(messageOf({ ...alone, PIPEDRIVE_WEBHOOK_PASSWORD: webhooks.PIPEDRIVE_WEBHOOK_PASSWORD })).toContain('PIPEDRIVE_WEBHOOK_USER is missing');
    expect(messageOf({ ...sound, ...webhooks, PIPEDRIVE_WEBHOOK_USER: 'a:b' })).toContain('PIPEDRIVE_WEBHOOK_USER must not hold a colon');
    expect(messageOf({ ...sound, ...webhooks, PIPEDRIVE_WEBHOOK_PASSWORD: 'short' })).toContain('PIPEDRIVE_WEBHOOK_PASSWORD must have 16');
  });
});
