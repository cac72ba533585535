import { giveBackMemory } from '../give-back-memory.ts';
import { startBot } from '../main.ts';
import type { Command } from './command.ts';
import { untilStopped } from './until-stopped.ts';

/** Runs the bot until it is told to stop. A second signal, or ten seconds, ends it at once: what is committed is safe. */
export const start: Command = async () => {
  const fatal = Promise.withResolvers<number>();
  // Listening for signals comes first: one may come while the bot starts, and is not to wait for long then either.
  const stopped = untilStopped().then(() => endSoon(0));
  const bot = await startBot({
    environment: process.env,
    onFatal(error) {
      console.error(error.message);
      fatal.resolve(endSoon(1));
    },
  });
  giveBackMemory();
  const code = await Promise.race([stopped, fatal.promise]);
  await bot.close();
  return code;
};

function endSoon(code: number): number {
  setTimeout(() => process.exit(code), 9_500).unref();
  return code;
}
