import type { EpochMs } from '../../../core/time.ts';
import { TooLargeError } from './salesforce-failure.ts';

/** Rows that were last changed from `from` on and before `until`; null: up to now. */
export type Span = { from: EpochMs; until: EpochMs | null };

/** Nothing in Salesforce is older than Salesforce. */
export const firstOfAll: EpochMs = Date.parse('1999-01-01');
/** Its times are whole seconds. */
const shortestMs = 1_000;

/**
 * Asks for everything at once, and where Salesforce says that this is too much, for one stretch of time after the other, each as long as it goes. So it is
 * with tasks and events about more than 100,000 people and records, for a user who may not see all data ("exceeded 100000 distinct who/what's"), and with
 * tables of millions of rows ("Your query request was running for too long"). `what`: under which name to remember how long that is. @throws TooLargeError when a single second is too much, and whatever `ask` throws
 */
export function createByTime() {
  const lengths = new Map<string, number>();
  return async function* byTime<Answer>(
    what: string,
    { start, now }: { start: EpochMs; now: EpochMs },
    ask: (span: Span | null) => Promise<Answer>,
  ): AsyncGenerator<Answer> {
    let length = lengths.get(what) ?? null;
    let from = start;
    for (;;) {
      const until = length === null || from + length >= now ? null : from + length;
      let answer: Answer;
      try {
        answer = await ask(length === null ? null : { from, until });
      } catch (error) {
        if (!(error instanceof TooLargeError) || length === shortestMs) throw error;
        length = Math.max(shortestMs, Math.floor(Math.min(length ?? now - from, now - from) / 2));
        lengths.set(what, length);
        continue;
      }
      yield answer;
      if (length === null || until === null) return;
      // Whoever wants the next one has had all of this one, which was not much then.
      from = until;
      length *= 2;
      lengths.set(what, length);
    }
  };
}
