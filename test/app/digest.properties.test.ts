import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { createDigests } from '../../src/app/digests.ts';
import type { DigestDetail } from '../../src/core/digest/digest-detail.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { at } from '../core/builders.ts';
import { someSignal, toldTwice } from '../core/journey/some-signals.ts';
import { aTeam } from './a-team.ts';
import { takeIn } from './take-in.ts';

// Rules are off: when an alert opened is when the bot came to know, and may depend on what it knew first.
const config = aTeam({ rules: {} });
const now = at('2026-09-22 09:00');
const ofStages = someSignal.filter(({ type }) => type === 'stage.entered' || type === 'deal.upserted');
const signals = fc
  .tuple(fc.array(ofStages, { minLength: 20, maxLength: 32 }), fc.array(someSignal, { maxLength: 6 }))
  .map(([moves, others]) => [...moves, ...others]);

async function digestAfter(told: Signal[]) {
  const store = await openStore(':memory:');
  try {
    await takeIn(store, told, config, now);
    const { preview } = createDigests({
      store,
      alertLives: async () => [],
      schedule: { lastBefore: async () => null, next: () => null },
      config: () => config,
      metrics: async () => ({ ok: false, message: '' }),
      subscriptions: { definitions: async () => [], mayHave: async () => true },
      clock: { now: () => now },
      evaluateDue: async () => undefined,
      breathe: async () => undefined,
    });
    const answer = await preview({ id: 'C1', name: null }, '', { userId: 'U0DANA', email: null });
    if (!answer.ok) throw new Error(answer.message);
    return { digest: answer.digest, moved: movedIn(answer.details) };
  } finally {
    await store.close();
  }
}

const movedIn = (details: readonly DigestDetail[]) => details.flatMap((detail) => (detail.kind === 'moves' ? detail.moved.shown : []));

it('signals in any order, any number of times, give the same digest', async () => {
  let moves = 0;
  await fc.assert(
    fc.asyncProperty(toldTwice(signals), async ({ one, other }) => {
      const told = await digestAfter(one);
      moves += told.moved.length;
      expect(await digestAfter(other)).toEqual(told);
    }),
    { numRuns: 25 },
  );
  expect(moves).toBeGreaterThan(0);
});
