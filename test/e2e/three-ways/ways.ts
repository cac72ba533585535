import { dayMs, hourMs } from '../../../src/core/time.ts';
import { openWorld, type World } from './world.ts';
import type { Outcome } from './outcome.ts';
import { beginning, today } from './the-history.ts';
import type { OpenCrm } from './teller.ts';

/** The same history, told in one way to a bot with an empty store. */
export type Way = (world: World) => Promise<void>;

const everyMs = 11 * dayMs;

/** Webhooks as they happen, day by day, to a bot that is there all the time. `compares`: some CRMs tell of deletions only when they are asked. */
export const inOrder =
  ({ compares = false } = {}): Way =>
  async (world) => {
    await world.start();
    for (let at = beginning + everyMs; at < today + everyMs; at += everyMs) {
      world.happen(Math.min(at, today));
      await world.send();
      await world.quiet();
    }
    if (compares) await compare(world);
  };

/** Everything late, shuffled, twice, and a third of it never; then the bot's own comparison, which is overdue when it starts. */
export const shuffledAndHealed =
  (seed: number): Way =>
  async (world) => {
    await world.start();
    world.happen(today);
    await world.send({ seed, times: 2, lose: true });
    await world.quiet();
    await compare(world);
  };

export const imported: Way = async (world) => {
  world.happen(today);
  await world.import();
  await world.start();
};

/** Imported, and then told all of it once more. */
export const importedAndShuffled =
  (seed: number, { compares = false } = {}): Way =>
  async (world) => {
    world.happen(today);
    await world.import();
    await world.start();
    await world.send({ seed, times: 2 });
    await world.quiet();
    if (compares) await compare(world);
  };

async function compare(world: World): Promise<void> {
  await world.stop();
  world.happen(today + hourMs);
  await world.start();
}

export async function outcomeOf(open: OpenCrm, way: Way, alerts?: string): Promise<Outcome> {
  const world = await openWorld(open, alerts);
  try {
    await way(world);
    return await world.outcome();
  } finally {
    await world.end();
  }
}
