import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { createOwnAbsence, ownAbsence } from '../../src/app/own-absence.ts';
import { at } from '../core/builders.ts';

/** A bot that can be started again on the same store. */
async function aBot() {
  const store = await openStore(':memory:');
  onTestFinished(() => store.close());
  let now = 0;
  const begun = () => createOwnAbsence({ store, clock: { now: () => now } });
  let note = begun();
  return {
    absence: () => ownAbsence(store),
    started: () => {
      note = begun();
    },
    async at(when: string) {
      now = at(when);
      await note();
    },
  };
}

describe('how long the bot itself was away', () => {
  it('is known when it is started again', async () => {
    const bot = await aBot();
    await bot.at('2026-10-05 09:00');
    await bot.at('2026-10-05 09:04');
    await bot.at('2026-10-05 09:05');
    bot.started();
    await bot.at('2026-10-19 09:00');
    expect(await bot.absence()).toEqual({ from: at('2026-10-05 09:05'), to: at('2026-10-19 09:00') });
  });

  it('is not known of a new bot, nor worth a word after a short restart', async () => {
    const bot = await aBot();
    await bot.at('2026-10-05 09:00');
    bot.started();
    await bot.at('2026-10-05 09:59');
    expect(await bot.absence()).toBeNull();
  });

  it('is one absence while it does not come up well', async () => {
    const bot = await aBot();
    for (const when of ['2026-10-05 09:00', '2026-10-12 09:00', '2026-10-19 09:00']) {
      bot.started();
      await bot.at(when);
    }
    expect(await bot.absence()).toEqual({ from: at('2026-10-05 09:00'), to: at('2026-10-19 09:00') });
  });

  it('is not taken from a clock that jumps while it runs', async () => {
    const bot = await aBot();
    await bot.at('2026-10-05 09:00');
    await bot.at('2026-10-19 09:00');
    bot.started();
    await bot.at('2026-10-19 09:30');
    expect(await bot.absence()).toBeNull();
  });
});
