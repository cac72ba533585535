import type { EpochMs } from '../core/time.ts';
import type { Clock } from './ports.ts';

/** More kinds of trouble at once than these are told as if they were new. */
const mostKnown = 100;

/**
 * What happens again and again is worth a line in the log the first time, and then every so often: a flood must not fill the disk. Answers what to say beside it,
 * how often it was left out since; null: nothing now.
 */
export function createSeldom(clock: Clock, everyMs: number): (what: string) => { leftOut?: number } | null {
  const said = new Map<string, { at: EpochMs; leftOut: number }>();
  return (what) => {
    const now = clock.now();
    const last = said.get(what);
    if (last !== undefined && Math.abs(now - last.at) < everyMs) {
      last.leftOut += 1;
      return null;
    }
    if (said.size >= mostKnown) said.clear();
    said.set(what, { at: now, leftOut: 0 });
    return last === undefined || last.leftOut === 0 ? {} : { leftOut: last.leftOut };
  };
}
