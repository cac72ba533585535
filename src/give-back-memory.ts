import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives back what a large piece of work has left behind, in some fifty milliseconds. Compiling and wiring at the start leave 50 MB of garbage, a night's look
 * at the past of 100,000 journeys more; and a bot that has little to do would keep them for hours: V8 collects by what is allocated, not by time.
 */
export function giveBackMemory(): void {
  setFlagsFromString('--expose-gc');
  // Flags belong to the process: another of its threads may have taken this one back already.
  const collect: unknown = runInNewContext('globalThis.gc');
  setFlagsFromString('--no-expose-gc');
  if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
