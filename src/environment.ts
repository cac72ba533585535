import { z } from 'zod';

type Variable = { name: string; what: string; where: string };

/** Every variable there is: what it is for, and where to find it. */
const variables: readonly { title: string; variables: readonly Variable[] }[] = [
  {
    title: 'Slack (needed)',
    variables: [
      { name: 'SLACK_BOT_TOKEN', what: 'xoxb-…, the bot acts with it', where: 'api.slack.com/apps → your app → OAuth & Permissions' },
      {
        name: 'SLACK_APP_TOKEN',
        what: 'xapp-…, Socket Mode; or else SLACK_SIGNING_SECRET',
        where: 'Basic Information → App-Level Tokens, scope connections:write',
      },
      { name: 'SLACK_SIGNING_SECRET', what: 'HTTP mode: Slack sends to PUBLIC_URL/slack/events', where: 'Basic Information → App Credentials' },
      { name: 'SLACK_API_URL', what: "Slack's Web API elsewhere (a sandbox)", where: 'default: Slack' },
    ],
  },
  {
    title: 'Where signals come from (at least one)',
    variables: [
      {
        name: 'SIGNALS_SECRET',
        what: 'whsec_…, signs POST /webhooks/signals (Standard Webhooks)',
        where: 'make one: whsec_ and 24 random bytes in base64',
      },
      {
        name: 'SIGNALS_TOKEN',
        what: 'bearer token for POST /webhooks/signals, for tools that cannot sign',
        where: 'your own choice, 16 characters or more',
      },
      { name: 'HUBSPOT_CLIENT_SECRET', what: 'signs POST /webhooks/hubspot; needs PUBLIC_URL', where: 'HubSpot → private app → Auth' },
      { name: 'HUBSPOT_ACCESS_TOKEN', what: 'reads deals, contacts and companies', where: 'HubSpot → private app → Auth' },
      { name: 'HUBSPOT_API_URL', what: "HubSpot's API elsewhere", where: 'default: HubSpot' },
    ],
  },
  {
    title: 'This bot',
    variables: [
      { name: 'DATABASE_URL', what: 'where it remembers', where: 'default: file:./data/journey.db' },
      { name: 'JOURNEY_CONFIG', what: 'the journey map', where: 'default: ./journey.yml' },
      { name: 'HOST, PORT', what: 'where it listens', where: 'default: 0.0.0.0, 3000' },
      { name: 'PUBLIC_URL', what: 'the https address that CRMs and Slack reach it by', where: 'your proxy or tunnel' },
      { name: 'LOG_LEVEL', what: 'debug, info, warn or error', where: 'default: info' },
    ],
  },
];

const text = z.string().trim().min(1);
const url = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' });

const schema = z.object({
  SLACK_BOT_TOKEN: text.startsWith('xoxb-', 'must begin with xoxb- (a bot token)'),
  SLACK_APP_TOKEN: text.startsWith('xapp-', 'must begin with xapp- (an app-level token)').optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_API_URL: url.optional(),
  DATABASE_URL: text
    .regex(/^(file:|postgres(ql)?:\/\/)/, 'must begin with file: or postgres://')
    .refine((value) => value.startsWith('file:'), 'PostgreSQL is not supported yet: use file:./data/journey.db')
    .default('file:./data/journey.db'),
  JOURNEY_CONFIG: text.default('./journey.yml'),
  HOST: text.default('0.0.0.0'),
  PORT: z.coerce.number('must be a port, 0 to 65535').int().min(0).max(65535).default(3000),
  PUBLIC_URL: url.optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error').default('info'),
  SIGNALS_SECRET: text.regex(/^whsec_[A-Za-z0-9+/]{22,}={0,2}$/, 'must be whsec_ and at least 16 bytes in base64').optional(),
  SIGNALS_TOKEN: text.min(16, 'must have 16 characters or more').optional(),
  HUBSPOT_CLIENT_SECRET: text.optional(),
  HUBSPOT_ACCESS_TOKEN: text.optional(),
  HUBSPOT_API_URL: url.optional(),
});

const places = schema.pick({ DATABASE_URL: true, JOURNEY_CONFIG: true });

type Raw = Record<string, string | undefined>;
export type Environment = z.output<typeof schema>;
export type ReadEnvironment = { ok: true; environment: Environment } | { ok: false; message: string };

/** Reads the variables once. An empty one counts as missing. Every mistake comes in one message, with all there is to know; no value is repeated. */
export function readEnvironment(raw: Raw): ReadEnvironment {
  const given = givenIn(raw);
  const parsed = schema.safeParse(given);
  const problems = [...(parsed.success ? [] : parsed.error.issues.map((issue) => problemOf(issue, given))), ...combinations(given)];
  if (parsed.success && problems.length === 0) return { ok: true, environment: parsed.data };
  return { ok: false, message: explain(problems) };
}

/**
 * Where the store and the journey map are, for a command that does not start the bot.
 * @throws Error with every mistake in its message
 */
export function readPlaces(raw: Raw): z.output<typeof places> {
  const given = givenIn(raw);
  const parsed = places.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map((issue) => problemOf(issue, given)).join('\n'));
}

const givenIn = (raw: Raw): Raw => Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined && value.trim() !== ''));

const problemOf = ({ path, message }: z.core.$ZodIssue, given: Raw): string =>
  `${path.join('.')} ${given[String(path[0])] === undefined ? 'is missing' : message}`;

function combinations(given: Record<string, unknown>): string[] {
  const problems: string[] = [];
  const has = (name: string): boolean => given[name] !== undefined;
  if (!has('SLACK_APP_TOKEN') && !has('SLACK_SIGNING_SECRET'))
    problems.push('SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) is missing');
  if (!has('SIGNALS_SECRET') && !has('SIGNALS_TOKEN') && !has('HUBSPOT_CLIENT_SECRET'))
    problems.push('no source of signals: set SIGNALS_SECRET, SIGNALS_TOKEN or HUBSPOT_CLIENT_SECRET');
  if (has('HUBSPOT_CLIENT_SECRET') && !has('PUBLIC_URL')) problems.push('PUBLIC_URL is missing: HubSpot signs the address it sends to');
  if (has('HUBSPOT_ACCESS_TOKEN') && !has('HUBSPOT_CLIENT_SECRET'))
    problems.push('HUBSPOT_CLIENT_SECRET is missing: without it no HubSpot webhook can be trusted');
  return problems;
}

function explain(problems: string[]): string {
  const width = Math.max(...variables.flatMap((group) => group.variables.map(({ name }) => name.length)));
  const lines = variables.flatMap((group) => [
    '',
    group.title,
    ...group.variables.map(({ name, what, where }) => `  ${name.padEnd(width)}  ${what}\n  ${' '.repeat(width)}  ${where}`),
  ]);
  return [
    'journey-bot cannot start:',
    ...problems.map((problem) => `  ✗ ${problem}`),
    ...lines,
    '',
    'Put them into a file called .env beside package.json, or into the environment. README.md shows each step.',
    'No account at hand? `npm run demo` shows everything on this machine, with a made-up company.',
  ].join('\n');
}
