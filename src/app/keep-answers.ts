import { type EpochMs, minuteMs } from '../core/time.ts';
import type { Clock } from './ports.ts';

/** Longer than a CRM wants to be left alone for asking too fast; after a longer absence everything is asked anew. */
const keptMs = 5 * minuteMs;

/**
 * A CRM's API that does not ask the same twice while one page of its history is read: a page may take hundreds of questions, and whoever is turned away
 * in the middle comes back for the rest. Without it a CRM that lets fewer questions through than a page has is never read, and its daily allowance
 * is used up on the same answers. `forget`: the page is done. What is given to the API's methods must be what JSON can tell apart.
 */
export function keepAnswers<Api extends object>(api: Api, clock: Clock): { api: Api; forget(): void } {
  const answers = new Map<string, { answer: unknown; at: EpochMs }>();
  const ask = async (question: string, answerOf: () => unknown): Promise<unknown> => {
    const kept = answers.get(question);
    if (kept !== undefined && clock.now() - kept.at < keptMs) return kept.answer;
    const at = clock.now();
    const answer = await answerOf();
    answers.set(question, { answer, at });
    return answer;
  };
  const keeping = new Proxy(api, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      return typeof method !== 'function'
        ? method
        : (...given: unknown[]) => ask(JSON.stringify([String(name), given]), () => method.apply(target, given));
    },
  });
  return { api: keeping, forget: () => answers.clear() };
}
