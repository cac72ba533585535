import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { messageOf } from './app/errors.ts';
import type { Command } from './commands/command.ts';

/** Loaded only when asked for: the demo's workspace is nothing that a bot in production should carry. */
const commands = new Map<string, { load(): Promise<Command>; usage: string; what: string }>([
  ['start', { load: async () => (await import('./commands/start.ts')).start, usage: 'start', what: 'the bot (npm start)' }],
  [
    'demo',
    {
      load: async () => (await import('./commands/demo.ts')).demo,
      usage: 'demo [--once] [--port 4000]',
      what: 'everything on this machine, with a made-up company (npm run demo)',
    },
  ],
  [
    'check',
    {
      load: async () => (await import('./commands/check.ts')).check,
      usage: 'check [FILE] [--connect]',
      what: 'reads journey.yml and says in words what it means; --connect tries Slack and the CRMs',
    },
  ],
  [
    'init',
    {
      load: async () => (await import('./commands/init.ts')).init,
      usage: 'init [hubspot | salesforce | pipedrive | FILE.csv] [--yes]',
      what: 'connects a CRM and Slack, and writes journey.yml and .env (--out FILE, --force)',
    },
  ],
  [
    'import',
    {
      load: async () => (await import('./commands/import.ts')).importHistory,
      usage: 'import hubspot | salesforce | pipedrive | FILE.csv',
      what: 'takes in what it remembers (--dry-run, --since DATE, --restart, --map FILE, --report FILE)',
    },
  ],
  [
    'backtest',
    {
      load: async () => (await import('./commands/backtest.ts')).backtest,
      usage: 'backtest [--map FILE] [--from DATE] [--to DATE]',
      what: 'what the rules would have said of the past, and what came of it (--json, --csv, --html FILE, --as-received)',
    },
  ],
  [
    'dead-letters',
    {
      load: async () => (await import('./commands/dead-letters.ts')).deadLetters,
      usage: 'dead-letters [show ID | replay ID|all | drop ID|all] [--source SOURCE]',
      what: 'webhook bodies that could not be read (list --after ID goes on)',
    },
  ],
  [
    'quarantine',
    {
      load: async () => (await import('./commands/quarantine.ts')).quarantine,
      usage: 'quarantine',
      what: 'what the CRM says and journey.yml does not know, with the lines to add',
    },
  ],
  [
    'erase',
    {
      load: async () => (await import('./commands/erase.ts')).erase,
      usage: 'erase person|deal|account ID [--yes]',
      what: 'takes a record out of everything that is kept, and out of Slack',
    },
  ],
  [
    'backup',
    {
      load: async () => (await import('./commands/backup.ts')).backup,
      usage: 'backup FILE',
      what: 'a consistent copy of the store, while the bot runs',
    },
  ],
]);

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
  help: { type: 'boolean', short: 'h' },
} as const;

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
    return name === 'help' || name === '--help' || command !== undefined ? 0 : 1;
  }
  try {
    if (existsSync('.env')) (await import('dotenv')).config({ quiet: true });
    const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true });
    const run = await command.load();
    return await run({ positionals, options: values, print: (line) => console.log(line) });
  } catch (error) {
    console.error(messageOf(error));
    return 1;
  }
}

function help(): string {
  const width = Math.max(...[...commands.values()].map(({ usage }) => usage.length));
  return ['npm run journey -- COMMAND', '', ...[...commands.values()].map(({ usage, what }) => `  ${usage.padEnd(width)}  ${what}`)].join('\n');
}
