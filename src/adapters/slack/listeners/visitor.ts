import { AsyncLocalStorage } from 'node:async_hooks';
import type { Answers } from '../../../app/use-cases.ts';
import { withoutAmounts } from '../../../core/access.ts';

type Sight = { amounts: boolean };

/** What whoever is being answered may see: admission sets it around every listener. */
const sight = new AsyncLocalStorage<Sight>();

export const seeing = <Result>(what: Sight, listen: () => Result): Result => sight.run(what, listen);

/** The same answers, without amounts for those who may not see them. */
export function answersInSight(answers: Answers): Answers {
  const guarded = Object.entries<(...asked: never[]) => Promise<unknown>>(answers).map(([name, answer]) => [
    name,
    async (...asked: never[]) => inSight(await answer(...asked)),
  ]);
  return Object.fromEntries(guarded) as Answers;
}

/** What this visitor may see of it. Outside of a listener nobody is answered. */
export const inSight = <Value>(value: Value): Value => (sight.getStore()?.amounts === false ? withoutAmounts(value) : value);
