import { AsyncLocalStorage } from 'node:async_hooks';
import type { Answers } from '../../../app/use-cases.ts';
import { withoutAmounts } from '../../../core/access.ts';

type Sight = {
  amounts: boolean;
  /** Somebody may not have what they asked a listener for. */
  onDenied: (reason: 'not-permitted' | 'not-here') => void;
};

/** What whoever is being answered may see: admission sets it around every listener. */
const sight = new AsyncLocalStorage<Sight>();

export const seeing = <Result>(what: Sight, listen: () => Result): Result => sight.run(what, listen);

export const seesAmountsHere = (): boolean => sight.getStore()?.amounts !== false;

/** What nobody knew before the listener looked closer: it is noted as every other refusal. */
export const noteDenied = (reason: 'not-permitted' | 'not-here'): void => sight.getStore()?.onDenied(reason);

/** The same answers, without amounts for those who may not see them; what is denied to them is noted. */
export function answersInSight(answers: Answers): Answers {
  const guarded = Object.entries<(...asked: never[]) => Promise<unknown>>(answers).map(([name, answer]) => [
    name,
    async (...asked: never[]) => {
      const answered = await answer(...asked);
      if (typeof answered === 'object' && answered !== null && 'denied' in answered) noteDenied('not-permitted');
      return inSight(answered);
    },
  ]);
  return Object.fromEntries(guarded) as Answers;
}

/** What this visitor may see of it. Outside of a listener nobody is answered. */
export const inSight = <Value>(value: Value): Value => (seesAmountsHere() ? value : withoutAmounts(value));
