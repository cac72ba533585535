import { beforeEach, describe, expect, it } from 'vitest';
import { pastOf } from '../../src/app/learn.ts';
import type { Store } from '../../src/app/ports.ts';
import { at } from '../core/builders.ts';
import { aTeam, deal, moved } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

const config = aTeam({ rules: { stalled: { after: 'p75', sample: 5, otherwise: '15bd' } } });
let bot: SmallBot;
let reads: number;
let failures: number;

/** Six deals went through decision, each within three working days, and were won; two more are there since Monday 28 September. */
beforeEach(async () => {
  reads = 0;
  failures = 0;
  const wrap = (store: Store): Store => ({
    ...store,
    async openInStage(...asked) {
      if (failures-- > 0) throw new Error('the disk is full');
      return store.openInStage(...asked);
    },
    travellingAfter(...asked) {
      reads += 1;
      return store.travellingAfter(...asked);
    },
  });
  bot = await aSmallBot({ config, wrap });
  for (let index = 0; index < 6; index += 1) {
    await bot.live(
      deal(`w-${index}`),
      moved('2026-09-09 09:00', 'implementation', `w-${index}`),
      moved('2026-09-10 09:00', 'closedwon', `w-${index}`),
    );
  }
  await bot.live(deal('d-1', { stage: 'awareness' }), deal('d-2', { stage: 'awareness' }));
  await bot.live(moved('2026-09-28 09:00', 'decision', 'd-1'), moved('2026-09-28 09:00', 'awareness', 'd-2'));
  await bot.at('2026-09-28 10:00');
});

const recheckAt = async (id = 'deal:d-1') => (await bot.journey(id))?.recheckAt;
const why = async () => {
  const found = await bot.answers.whyById({ kind: 'deal', id: 'd-1' });
  return found?.lines.find(({ rule }) => rule === 'stalled')?.explain;
};

describe('learned limits', () => {
  it('take the place of the fixed number, for the journeys whose limit they change, and for no others', async () => {
    expect(await recheckAt()).toBe(at('2026-10-19 09:00'));
    const other = await bot.journey('deal:d-2');
    await bot.learn.due();
    expect(await recheckAt()).toBe(bot.clock.now());
    expect(await bot.journey('deal:d-2')).toEqual(other);
    await bot.at('2026-09-28 10:01');
    expect(await recheckAt()).toBe(at('2026-10-01 09:00'));
    await bot.at('2026-10-01 09:00');
    expect((await bot.alerts('deal:d-1')).map(({ finding }) => finding.expected)).toEqual(['leaves Decision within 3 working days']);
  });

  it('reach the journeys that they are for also where that fails in the middle', async () => {
    failures = 1;
    await expect(bot.learn.due()).rejects.toThrow('the disk is full');
    expect(await recheckAt()).toBe(at('2026-10-19 09:00'));
    expect(await bot.learn.due()).toBe(true);
    expect(await recheckAt()).toBe(bot.clock.now());
  });

  it('are learned again after much new history also where that fails at first', async () => {
    await bot.learn.due();
    await bot.live(...Array.from({ length: 6 }, (_, index) => deal(`s-${index}`, { stage: 'decision' })));
    await bot.live(...Array.from({ length: 6 }, (_, index) => moved('2026-09-28 16:00', 'closedwon', `s-${index}`)));
    bot.learn.again();
    failures = 1;
    await expect(bot.learn.due()).rejects.toThrow('the disk is full');
    expect(await bot.learn.due()).toBe(true);
    expect(await bot.learn.due()).toBe(false);
  });

  it('are said by why, with their n and their day', async () => {
    expect(await why()).toContain('the 75th percentile of the won ones took there (with fewer than 5 of those: 15 working days)');
    await bot.learn.due();
    expect(await why()).toContain('3 working days: the 75th percentile of 6 won deals in Decision, learned 28 Sep 2026; 15 working days without');
  });

  it('are learned once a day, and again after another map or much new history', async () => {
    const timesRead = async () => {
      reads = 0;
      await bot.learn.due();
      return reads > 0;
    };
    expect(await timesRead()).toBe(true);
    expect(await timesRead()).toBe(false);
    bot.setTime('2026-09-28 23:59');
    expect(await timesRead()).toBe(false);
    bot.setTime('2026-09-29 00:00');
    expect(await timesRead()).toBe(true);
    bot.setConfig({ ...config, version: '2' });
    expect(await timesRead()).toBe(true);
    bot.learn.again();
    expect(await timesRead()).toBe(true);
    expect(await timesRead()).toBe(false);
  });

  it('are kept for the next start, in a new version where they are other ones', async () => {
    expect(await pastOf(bot.store)).toBeNull();
    await bot.learn.due();
    const first = await pastOf(bot.store);
    expect(first).toMatchObject({ lookedOn: '2026-09-28', config: '1' });
    bot.setTime('2026-09-29 09:00');
    await bot.learn.due();
    expect(await pastOf(bot.store)).toEqual({ ...first, lookedOn: '2026-09-29' });
    await bot.live(deal('w-9', { stage: 'decision', status: 'won' }));
    bot.setTime('2026-09-30 09:00');
    await bot.learn.due();
    expect((await pastOf(bot.store))?.version).not.toBe(first?.version);
  });

  it('wake nobody where more is known that comes to the same', async () => {
    await bot.learn.due();
    await bot.at('2026-09-28 10:01');
    const before = await bot.journey('deal:d-1');
    await bot.live(deal('w-7'), moved('2026-09-28 10:30', 'closedlost', 'w-7'));
    bot.setTime('2026-09-29 09:00');
    await bot.learn.due();
    expect(await bot.journey('deal:d-1')).toEqual(before);
  });
});

describe('what became of others', () => {
  it('is told of a deal that is there now, and on its card', async () => {
    await bot.learn.due();
    for (let index = 0; index < 5; index += 1) await bot.live(deal(`l-${index}`, { stage: 'decision' }));
    for (let index = 0; index < 5; index += 1) await bot.live(moved('2026-09-29 09:00', index === 0 ? 'closedwon' : 'closedlost', `l-${index}`));
    bot.setTime('2026-09-30 09:00');
    await bot.learn.due();
    bot.setTime('2026-10-07 09:00');
    const summary = await bot.answers.dealById('d-1');
    expect(summary?.journey.odds).toEqual({ days: 7, ended: 5, won: 1 });
    await bot.at('2026-10-30 09:00');
    const [alert] = await bot.alerts('deal:d-1');
    expect(alert?.finding.evidence).toContainEqual(expect.objectContaining({ label: expect.stringContaining('Stayed longer than') }));
  });

  it('is not told of too few', async () => {
    await bot.learn.due();
    bot.setTime('2026-10-07 09:00');
    expect((await bot.answers.dealById('d-1'))?.journey.odds).toBeUndefined();
  });
});
