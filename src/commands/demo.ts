import { startBot } from '../main.ts';
import type { Command } from './command.ts';
import { untilStopped } from './until-stopped.ts';

/** Loads the sandbox only here: a bot in production never needs it. */
export const demo: Command = async ({ options, print }) => {
  const port = options.port === undefined ? undefined : Number(options.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    print(`--port takes a number from 0 to 65535, not ${String(options.port)}`);
    return 1;
  }
  const { runDemo } = await import('../sandbox/demo.ts');
  const stop = new AbortController();
  void untilStopped().then(() => stop.abort());
  const code = await runDemo({ startBot, print, once: options.once === true, stop: stop.signal, ...(port === undefined ? {} : { port }) });
  // Its signal handlers keep nothing alive, but a browser's open connections might.
  setTimeout(() => process.exit(code), 1_000).unref();
  return code;
};
