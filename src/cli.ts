import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { config as readEnvFile } from 'dotenv';
import { backup } from './commands/backup.ts';
import { check } from './commands/check.ts';
import { deadLetters } from './commands/dead-letters.ts';
import { demo } from './commands/demo.ts';
import { start } from './commands/start.ts';

/** A command of `npm run journey --`: resolves with the exit code. */
export type Command = (input: {
  positionals: string[];
  options: Record<string, string | boolean | undefined>;
  print(line: string): void;
}) => Promise<number>;

const commands: Record<string, { run: Command; usage: string; what: string }> = {
  start: { run: start, usage: 'start', what: 'the bot (npm start)' },
  demo: { run: demo, usage: 'demo [--once] [--port 4000]', what: 'everything on this machine, with a made-up company (npm run demo)' },
  check: { run: check, usage: 'check [FILE]', what: 'reads journey.yml and says in words what it means' },
  'dead-letters': { run: deadLetters, usage: 'dead-letters [replay ID | drop ID]', what: 'webhook bodies that could not be read' },
  backup: { run: backup, usage: 'backup FILE', what: 'a consistent copy of the store, while the bot runs' },
};

const options = { once: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

process.exitCode = await main(process.argv.slice(2));

async function main(argv: string[]): Promise<number> {
  const [name = 'help', ...rest] = argv;
  const command = commands[name];
  if (command === undefined || rest.includes('--help') || rest.includes('-h')) {
    console.log(help());
    return name === 'help' || name === '--help' || command !== undefined ? 0 : 1;
  }
  if (existsSync('.env')) readEnvFile({ quiet: true });
  try {
    const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true });
    return await command.run({ positionals, options: values, print: (line) => console.log(line) });
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

function help(): string {
  const width = Math.max(...Object.values(commands).map(({ usage }) => usage.length));
  return ['npm run journey -- COMMAND', '', ...Object.values(commands).map(({ usage, what }) => `  ${usage.padEnd(width)}  ${what}`)].join('\n');
}
