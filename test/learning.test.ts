import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../src/adapters/store/open-store.ts';
import { createFlights } from '../src/flights.ts';
import { createLearning } from '../src/learning.ts';
import { aConfig } from './core/builders.ts';

it('learns anew once much history has settled, in however many goes', async () => {
  const store = await openStore(':memory:');
  const log = () => undefined;
  const shared = { clock: { now: Date.now }, logger: { debug: log, info: log, warn: log, error: log } };
  const flights = createFlights(shared);
  const config = aConfig();
  let learned = 0;
  const learning = createLearning({
    ...shared,
    store,
    flights,
    config: () => config,
    breathe: async () => undefined,
    onLearned: () => {
      learned += 1;
    },
    onDue: log,
  });
  onTestFinished(async () => {
    flights.stop();
    await flights.settled();
    await store.close();
  });
  const after = async (goes: [before: number, left: number][]): Promise<number> => {
    for (const [before, left] of goes) learning.settled(before, left);
    await flights.settled();
    return learned;
  };
  learning.look();
  expect(await after([])).toBe(1);
  // As it was seen: none of these alone is much.
  expect(await after([[31, 30]])).toBe(1);
  expect(await after([[30, 19]])).toBe(1);
  expect(await after([[19, 0]])).toBe(2);
  expect(
    await after([
      [0, 0],
      [12, 4],
      [4, 0],
    ]),
  ).toBe(2);
  expect(await after([[20, 0]])).toBe(3);
});
