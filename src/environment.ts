import { z } from 'zod';
import { severalOf } from './several-of.ts';

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
        what: 'whsec_…, signs POST /webhooks/signals (Standard Webhooks); several, with commas between, while one is replaced',
        where: 'make one: whsec_ and 24 random bytes in base64',
      },
      {
        name: 'SIGNALS_TOKEN',
        what: 'bearer token for POST /webhooks/signals, for tools that cannot sign; several like secrets',
        where: 'your own choice, 16 characters or more',
      },
      { name: 'HUBSPOT_CLIENT_SECRET', what: 'signs POST /webhooks/hubspot; needs PUBLIC_URL', where: 'HubSpot → your app → Auth' },
      {
        name: 'HUBSPOT_ACCESS_TOKEN',
        what: 'imports and reads HubSpot; alone it is asked every half hour',
        where: 'HubSpot → Development → Keys → Service keys; or your app → Auth',
      },
      { name: 'HUBSPOT_API_URL', what: "HubSpot's API elsewhere", where: 'default: HubSpot' },
      {
        name: 'SALESFORCE_WEBHOOK_SECRET',
        what: 'the end of the address of outbound messages: /webhooks/salesforce/…',
        where: 'your own choice, 16 letters and digits or more',
      },
      {
        name: 'SALESFORCE_ORGANIZATION_ID',
        what: '00D…, the organization that outbound messages must come from',
        where: 'Setup → Company Information',
      },
      { name: 'SALESFORCE_LOGIN_URL', what: 'https://….my.salesforce.com, where the API gives its token', where: 'Setup → My Domain' },
      {
        name: 'SALESFORCE_CLIENT_ID',
        what: 'imports and reads Salesforce; alone it is asked now and then',
        where: 'Setup → External Client App Manager → your app → OAuth Settings',
      },
      { name: 'SALESFORCE_CLIENT_SECRET', what: 'belongs to it', where: 'the same page' },
      { name: 'SALESFORCE_CDC', what: 'on: listen to Change Data Capture as well', where: 'default: off' },
      {
        name: 'PIPEDRIVE_WEBHOOK_USER',
        what: 'HTTP Basic user of POST /webhooks/pipedrive',
        where: 'your own choice; the same on the webhook, Pipedrive → Settings → Tools and apps → Webhooks',
      },
      { name: 'PIPEDRIVE_WEBHOOK_PASSWORD', what: 'belongs to it', where: 'your own choice, 16 characters or more; the same on the webhook' },
      {
        name: 'PIPEDRIVE_API_TOKEN',
        what: 'imports and reads Pipedrive; alone it is asked every quarter of an hour',
        where: 'Pipedrive → Personal preferences → API',
      },
      { name: 'PIPEDRIVE_API_URL', what: "Pipedrive's API elsewhere", where: 'default: Pipedrive' },
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

/** Quotes come along where nothing reads them, as from Docker's `--env-file`. */
const text = z
  .string()
  .trim()
  .min(1)
  .regex(/^(?!(["'`]).*\1$)/s, 'must not stand in quotes');
/** What is sent in a header: a letter such as … or a line end that came along would look as if the other side were away. */
const token = text.regex(/^[\x21-\x7e]*$/, 'must be one word of plain letters, digits and signs: copy it anew');
const url = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' });

const schema = z.object({
  SLACK_BOT_TOKEN: token.startsWith('xoxb-', 'must begin with xoxb- (a bot token)'),
  SLACK_APP_TOKEN: token.startsWith('xapp-', 'must begin with xapp- (an app-level token)').optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_API_URL: url.optional(),
  DATABASE_URL: text
    .startsWith('file:', 'must be file: and a path, such as file:./data/journey.db (PostgreSQL is not supported yet)')
    .default('file:./data/journey.db'),
  JOURNEY_CONFIG: text.default('./journey.yml'),
  HOST: text.default('0.0.0.0'),
  PORT: z.coerce.number('must be a port, 0 to 65535').int().min(0).max(65535).default(3000),
  PUBLIC_URL: url.optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error').default('info'),
  SIGNALS_SECRET: text.pipe(severalOf(text.regex(/^whsec_[A-Za-z0-9+/]{22,}={0,2}$/, 'must be whsec_ and at least 16 bytes in base64'))).optional(),
  SIGNALS_TOKEN: text.pipe(severalOf(text.min(16, 'must have 16 characters or more'))).optional(),
  HUBSPOT_CLIENT_SECRET: text.optional(),
  HUBSPOT_ACCESS_TOKEN: token.optional(),
  HUBSPOT_API_URL: url.optional(),
  SALESFORCE_WEBHOOK_SECRET: text.regex(/^[A-Za-z0-9_-]{16,200}$/, 'must have 16 letters, digits, _ or - or more').optional(),
  SALESFORCE_ORGANIZATION_ID: text.regex(/^00D[A-Za-z0-9]{12}([A-Z0-5]{3})?$/, 'must begin with 00D and have 15 or 18 letters and digits').optional(),
  SALESFORCE_LOGIN_URL: url.optional(),
  SALESFORCE_CLIENT_ID: text.optional(),
  SALESFORCE_CLIENT_SECRET: text.optional(),
  SALESFORCE_CDC: z.enum(['on', 'off'], 'must be on or off').default('off'),
  PIPEDRIVE_WEBHOOK_USER: text.regex(/^[^:]+$/, 'must not hold a colon (HTTP Basic)').optional(),
  PIPEDRIVE_WEBHOOK_PASSWORD: text.min(16, 'must have 16 characters or more').optional(),
  PIPEDRIVE_API_TOKEN: token.optional(),
  PIPEDRIVE_API_URL: url.optional(),
});

const places = schema.pick({ DATABASE_URL: true, JOURNEY_CONFIG: true });

type Raw = Record<string, string | undefined>;
const withoutSlack = schema.extend({ SLACK_BOT_TOKEN: schema.shape.SLACK_BOT_TOKEN.default('') });

export type Environment = z.output<typeof schema>;
export type ReadEnvironment = { ok: true; environment: Environment } | { ok: false; message: string };

/** Reads the variables once. An empty one counts as missing. Every mistake comes in one message, with all there is to know; no value is repeated. */
export function readEnvironment(raw: Raw): ReadEnvironment {
  const given = givenIn(raw);
  const parsed = schema.safeParse(given);
  const problems = [...(parsed.success ? [] : problemsOf(parsed.error, given)), ...combinations(given)];
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
  throw new Error(problemsOf(parsed.error, given).join('\n'));
}

/**
 * What there is, for commands that come before the bot can start: what is missing is no mistake.
 * @throws Error with every mistake in its message
 */
export function readGiven(raw: Raw): Environment {
  const given = givenIn(raw);
  const parsed = withoutSlack.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Error(problemsOf(parsed.error, given).join('\n'));
}

/** The same, null where anything that is there is mistaken. */
export const readWhatIsThere = (raw: Raw): Environment | null => withoutSlack.safeParse(givenIn(raw)).data ?? null;

/** What a variable is for and where to find it; null where there is none of this name. */
export function aboutVariable(name: string): { what: string; where: string } | null {
  const found = variables.flatMap((group) => group.variables).find((variable) => variable.name === name);
  return found === undefined ? null : { what: found.what, where: found.where };
}

/** Why a value is none for this variable; null: it is. */
export function valueProblem(name: string, value: string): string | null {
  const field: z.ZodType | undefined = Object.entries(schema.shape).find(([known]) => known === name)?.[1];
  const parsed = field?.safeParse(value);
  return parsed === undefined || parsed.success ? null : (parsed.error.issues[0]?.message ?? 'is not what is expected');
}

const givenIn = (raw: Raw): Raw => Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined && value.trim() !== ''));

/** One a variable: what is in quotes does not begin as it should, either. */
const problemsOf = ({ issues }: z.core.$ZodError, given: Raw): string[] =>
  [...Map.groupBy(issues, ({ path }) => path.join('.')).values()].flatMap(([first]) => (first === undefined ? [] : problemOf(first, given)));

const problemOf = ({ path, message }: z.core.$ZodIssue, given: Raw): string =>
  `${path.join('.')} ${given[String(path[0])] === undefined ? 'is missing' : message}`;

function combinations(given: Record<string, unknown>): string[] {
  const problems: string[] = [];
  const has = (name: string): boolean => given[name] !== undefined;
  if (!has('SLACK_APP_TOKEN') && !has('SLACK_SIGNING_SECRET'))
    problems.push('SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) is missing');
  if (!ways.some(has)) problems.push(`no source of signals: set ${ways.slice(0, -1).join(', ')} or ${ways.at(-1)}`);
  if (has('HUBSPOT_CLIENT_SECRET') && !has('PUBLIC_URL')) problems.push('PUBLIC_URL is missing: HubSpot signs the address it sends to');
  problems.push(...together(has, ['SALESFORCE_WEBHOOK_SECRET', 'SALESFORCE_ORGANIZATION_ID'], 'outbound messages'));
  problems.push(...together(has, ['SALESFORCE_CLIENT_ID', 'SALESFORCE_CLIENT_SECRET', 'SALESFORCE_LOGIN_URL'], "Salesforce's API"));
  if (given.SALESFORCE_CDC === 'on' && !has('SALESFORCE_CLIENT_ID')) problems.push('SALESFORCE_CLIENT_ID is missing: SALESFORCE_CDC needs the API');
  problems.push(...together(has, ['PIPEDRIVE_WEBHOOK_USER', 'PIPEDRIVE_WEBHOOK_PASSWORD'], "Pipedrive's webhooks"));
  return problems;
}

/** Each of these alone brings signals. */
const ways = [
  'SIGNALS_SECRET',
  'SIGNALS_TOKEN',
  'HUBSPOT_CLIENT_SECRET',
  'HUBSPOT_ACCESS_TOKEN',
  'SALESFORCE_WEBHOOK_SECRET',
  'SALESFORCE_CLIENT_ID',
  'PIPEDRIVE_WEBHOOK_PASSWORD',
  'PIPEDRIVE_API_TOKEN',
] as const;

/** Whether signals can come in at all: without, the bot does not start. */
export function hasSource(raw: Raw): boolean {
  const given = givenIn(raw);
  return ways.some((name) => given[name] !== undefined);
}

/** All of them or none. */
function together(has: (name: string) => boolean, names: readonly string[], what: string): string[] {
  const there = names.filter(has);
  if (there.length === 0) return [];
  return names.filter((name) => !has(name)).map((name) => `${name} is missing: with ${there[0]} it is needed for ${what}`);
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
