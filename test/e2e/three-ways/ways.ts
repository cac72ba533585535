import { dayMs, hourMs } from '../../../src/core/time.ts';
import type { Outcome } from './outcome.ts';
import type { OpenCrm, Sending } from './teller.ts';
import { beginning, type Happening, today } from './the-history.ts';
import { openWorld, type World } from './world.ts';

/** The same history, told in one way to a bot with an empty store. Resolves with how much a comparison found that had not been told. */
export type Way = (world: World) => Promise<number>;

/** Webhooks as it happens, to a bot that is there all the time. `compares`: some CRMs tell of deletions and merges only when they are asked. */
export const asItHappens =
  (compares: boolean): Way =>
  async (world) => {
    await tell(world, 11 * dayMs, () => ({}));
    return compares ? compare(world) : 0;
  };

/** A month late each, shuffled, twice, and a third of it never; then the bot's own comparison, which is overdue when it starts. */
export const healed =
  (seed: number): Way =>
  async (world) => {
    await tell(world, 31 * dayMs, (round) => ({ seed: seed + round, times: 2, lose: true }));
    return compare(world);
  };

export const imported: Way = async (world) => {
  world.happen(today);
  await world.import();
  await world.start();
  return 0;
};

/** Imported, and then told all of it once more. */
export const importedAndTold =
  (seed: number): Way =>
  async (world) => {
    await imported(world);
    await world.send({ seed, times: 2 });
    await world.quiet();
    return 0;
  };

/** Imported while its webhooks come in, all of it, twice and in any order. */
export const besideWebhooks =
  (seed: number): Way =>
  async (world) => {
    world.happen(today);
    await world.start();
    await Promise.all([world.import(), world.send({ seed, times: 2 })]);
    await world.quiet();
    return 0;
  };

async function tell(world: World, everyMs: number, how: (round: number) => Sending): Promise<void> {
  await world.start();
  for (let round = 1; world.now() < today; round += 1) {
    world.happen(Math.min(beginning + round * everyMs, today));
    await world.send(how(round));
    await world.quiet();
  }
}

async function compare(world: World): Promise<number> {
  await world.stop();
  world.happen(today + hourMs);
  await world.start();
  return world.missed();
}

export async function outcomeOf(open: OpenCrm, way: Way, alerts?: string, history?: Happening[]): Promise<Outcome & { missed: number }> {
  const world = await openWorld(open, alerts, history);
  try {
    const missed = await way(world);
    return { ...(await world.outcome()), missed };
  } finally {
    await world.end();
  }
}
