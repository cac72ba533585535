import { parseArgs } from 'node:util';
import { messageOf } from './app/errors.ts';
import type { Command } from './commands/command.ts';
import { printable } from './commands/printable.ts';
import { readEnvFile } from './commands/read-env-file.ts';

const options = {
  once: { type: 'boolean' },
  port: { type: 'string' },
  connect: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  out: { type: 'string' },
  force: { type: 'boolean' },
  source: { type: 'string' },
  after: { type: 'string' },
  'dry-run': { type: 'boolean' },
  since: { type: 'string' },
  restart: { type: 'boolean' },
  map: { type: 'string' },
  report: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  json: { type: 'string' },
  csv: { type: 'string' },
  html: { type: 'string' },
  'as-received': { type: 'boolean' },
} as const;

/** `words`: how many it takes beside its options; not there: it sees to that itself. */
type Entry = { load(): Promise<Command>; usage: string; takes: readonly (keyof typeof options)[]; words?: 0 | 1; what: string };

/** Loaded only when asked for: the demo's workspace is nothing that a bot in production should carry. */
const commands = new Map<string, Entry>([
  ['start', { load: async () => (await import('./commands/start.ts')).start, usage: 'start', takes: [], words: 0, what: 'the bot (npm start)' }],
  [
    'demo',
    {
      load: async () => (await import('./commands/demo.ts')).demo,
      usage: 'demo [--once] [--port 4000]',
      takes: ['once', 'port'],
      words: 0,
      what: 'everything on this machine, with a made-up company (npm run demo)',
    },
  ],
  [
    'check',
    {
      load: async () => (await import('./commands/check.ts')).check,
      usage: 'check [FILE] [--connect]',
      takes: ['connect'],
      words: 1,
      what: 'reads journey.yml and says in words what it means; --connect tries Slack and the CRMs',
    },
  ],
  [
    'init',
    {
      load: async () => (await import('./commands/init.ts')).init,
      usage: 'init [hubspot | salesforce | pipedrive | FILE.csv] [--yes]',
      takes: ['yes', 'out', 'force'],
      words: 1,
      what: 'connects a CRM and Slack, and writes journey.yml and .env (--out FILE, --force)',
    },
  ],
  [
    'import',
    {
      load: async () => (await import('./commands/import.ts')).importHistory,
      usage: 'import hubspot | salesforce | pipedrive | FILE.csv',
      takes: ['dry-run', 'since', 'restart', 'map', 'report'],
      what: 'takes in what it remembers (--dry-run, --since DATE, --restart, --map FILE, --report FILE)',
    },
  ],
  [
    'backtest',
    {
      load: async () => (await import('./commands/backtest.ts')).backtest,
      usage: 'backtest [--map FILE] [--from DATE] [--to DATE]',
      takes: ['map', 'from', 'to', 'as-received', 'json', 'csv', 'html'],
      words: 0,
      what: 'what the rules would have said of the past, and what came of it (--json, --csv, --html FILE, --as-received)',
    },
  ],
  [
    'dead-letters',
    {
      load: async () => (await import('./commands/dead-letters.ts')).deadLetters,
      usage: 'dead-letters [show ID | replay ID|all | drop ID|all] [--source SOURCE]',
      takes: ['source', 'after'],
      what: 'webhook bodies that could not be read (list --after ID goes on)',
    },
  ],
  [
    'quarantine',
    {
      load: async () => (await import('./commands/quarantine.ts')).quarantine,
      usage: 'quarantine',
      takes: [],
      words: 0,
      what: 'what the CRM says and journey.yml does not know, with the lines to add',
    },
  ],
  [
    'erase',
    {
      load: async () => (await import('./commands/erase.ts')).erase,
      usage: 'erase person|deal|account ID [--yes]',
      takes: ['yes'],
      what: 'takes a record out of everything that is kept, and out of Slack',
    },
  ],
  [
    'backup',
    {
      load: async () => (await import('./commands/backup.ts')).backup,
      usage: 'backup FILE',
      takes: [],
      words: 1,
      what: 'a consistent copy of the store, while the bot runs',
    },
  ],
]);

// Whoever reads may have read enough: `backtest | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process.argv.slice(2));

async function main(argv: string[]): Promise<number> {
  const [name = 'help', ...rest] = argv;
  const command = commands.get(name);
  if (command === undefined || rest.includes('--help') || rest.includes('-h')) {
    console.log(help());
    if (command === undefined && !asksForHelp(name)) console.error(`\nThere is no command ${name}${await meant(name, [...commands.keys()])}.`);
    return command !== undefined || asksForHelp(name) ? 0 : 1;
  }
  try {
    const unread = await readEnvFile();
    if (unread !== null) console.error(unread);
    const own = Object.fromEntries(command.takes.map((option) => [option, options[option]]));
    const { values, positionals } = parseArgs({ args: rest, options: own, allowPositionals: true });
    const tooMany = positionals.slice(command.words);
    if (command.words !== undefined && tooMany.length > 0) throw new Error(notTaken(name, command.words, tooMany));
    const run = await command.load();
    return await run({ positionals, options: values, print: (line) => console.log(printable(line)) });
  } catch (error) {
    console.error((await unknownOption(error, name, command.takes)) ?? messageOf(error));
    return 1;
  }
}

function asksForHelp(name: string): boolean {
  return ['help', '--help', '-h'].includes(name);
}

/** An option that another command has is unknown to this one, too: taken silently, it would do nothing. */
async function unknownOption(error: unknown, command: string, takes: readonly string[]): Promise<string | null> {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')) return null;
  const [, given = ''] = /'(-+[^' ]*)/.exec(error.message) ?? [];
  const known = takes.map((option) => `--${option}`);
  return `${command} has no option ${given}${await meant(given, known)}${known.length === 0 ? '' : `; it has ${known.join(', ')}`}.`;
}

/** Taken silently, it would do nothing: `backtest other.yml` would replay with another map. */
function notTaken(command: string, words: 0 | 1, tooMany: readonly string[]): string {
  return `${command} takes ${words === 0 ? 'no argument beside its options' : 'one argument'}: what is ${tooMany.join(' ')}? ${commands.get(command)?.usage ?? command}`;
}

/** ` (did you mean check?)` */
async function meant(given: string, known: readonly string[]): Promise<string> {
  const { nearest } = await import('./core/nearest.ts');
  const near = nearest(given, known);
  return near === null ? '' : ` (did you mean ${near}?)`;
}

function help(): string {
  const width = Math.max(...[...commands.values()].map(({ usage }) => usage.length));
  return ['npm run journey -- COMMAND', '', ...[...commands.values()].map(({ usage, what }) => `  ${usage.padEnd(width)}  ${what}`)].join('\n');
}
