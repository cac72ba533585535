import type { Clock } from '../../app/ports.ts';
import { hourMs, minuteMs } from '../../core/time.ts';

/** What a CRM's ids stand for, all of which it says at once: stages, owners. */
export type KnownIds<Value> = {
  /** Reads what is not known yet, or no longer fresh; asks again for ids that are not known, but not more often than once a minute. Rejects as reading does. */
  prepare(ids: Iterable<string>): Promise<ReadonlyMap<string, Value>>;
  get(id: string): Value | undefined;
  /** They were changed: the next time they are read anew. */
  forget(): void;
};

const freshMs = hourMs;
const missMs = minuteMs;

/** They hardly ever change, and every object needs them. */
export function createKnownIds<Value>(read: () => Promise<Map<string, Value>>, clock: Clock): KnownIds<Value> {
  let known = new Map<string, Value>();
  let readAt: number | null = null;
  return {
    async prepare(ids) {
      const wanted = [...ids];
      const age = readAt === null ? Number.POSITIVE_INFINITY : clock.now() - readAt;
      const missing = wanted.some((id) => !known.has(id));
      if (wanted.length === 0 || age < missMs || (age < freshMs && !missing)) return known;
      known = await read();
      readAt = clock.now();
      return known;
    },
    get: (id) => known.get(id),
    forget() {
      readAt = null;
    },
  };
}
