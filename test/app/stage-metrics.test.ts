import { beforeEach, describe, expect, it } from 'vitest';
import type { Signal } from '../../src/core/journey/signal.ts';
import { aSignal } from '../core/builders.ts';
import { aTeam, deal, moved } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

const config = aTeam({ segments: [{ key: 'enterprise', when: { amount: { operator: '>=', value: 50_000 } } }] });
let bot: SmallBot;

/** Twelve deals came into decision on 7 September; ten moved on after one to ten working days, one was lost, and one is there. */
beforeEach(async () => {
  bot = await aSmallBot({ config });
  const signals: Signal[] = [];
  for (let index = 0; index < 12; index += 1) {
    const id = `d-${index}`;
    signals.push(deal(id, { amount: index < 4 ? 60_000 : 10_000 }));
    if (index < 10) signals.push(moved(dayAfter(index + 1), 'implementation', id));
  }
  signals.push(moved('2026-09-22 09:00', 'closedlost', 'd-10'));
  await bot.live(...signals);
  bot.setTime('2026-10-05 09:00');
});

/** So many working days after Monday 7 September 09:00. */
const dayAfter = (days: number): string => `2026-09-${String(7 + days + 2 * Math.floor(days / 5)).padStart(2, '0')} 09:00`;

async function metrics(filter = '') {
  const answer = await bot.answers.metrics(filter);
  if (!answer.ok) throw new Error(answer.message);
  return answer.metrics;
}
const refusal = async (filter: string) => {
  const answer = await bot.answers.metrics(filter);
  return answer.ok ? '' : answer.message;
};
const decision = async (filter = '') => (await metrics(filter)).stages.find(({ stage }) => stage === 'decision')?.now;

describe('stage metrics', () => {
  it('are read off what is stored: how many moved on, and how soon', async () => {
    expect(await decision()).toMatchObject({
      entered: 12,
      movedOn: 10,
      dropped: 1,
      open: 1,
      conversion: { kind: 'known', n: 11, count: 10 },
      median: { kind: 'known', n: 12, ended: 11, value: 7 },
    });
    expect(await metrics()).toMatchObject({ mapKey: 'new-business', mapLabel: 'New business', otherMaps: ['customers'], segments: ['enterprise'] });
  });

  it('of few journeys are those of now, whatever was read the night before', async () => {
    expect(await decision()).toMatchObject({ entered: 12, open: 1 });
    await bot.live(deal('d-12', {}), moved('2026-10-05 08:00', 'implementation', 'd-11'));
    expect(await decision()).toMatchObject({ entered: 13, open: 1, movedOn: 11 });
  });

  it('are filtered by map, by key or label, and by segment', async () => {
    expect(await decision('new-business segment:Enterprise')).toMatchObject({ entered: 4, conversion: { kind: 'few', n: 4, needed: 10 } });
    expect(await metrics('"New Business"')).toMatchObject({ mapKey: 'new-business' });
    expect(await metrics('map:customers')).toMatchObject({ mapKey: 'customers', otherMaps: ['new-business'] });
  });

  it('are those of a quarter or a year, where asked', async () => {
    expect(await decision('period:2026-Q3')).toMatchObject({ entered: 12 });
    expect(await decision('period:2026-Q2')).toMatchObject({ entered: 0 });
    expect(await decision('period:2026 segment:enterprise')).toMatchObject({ entered: 4 });
  });

  it('say what was probably meant, and what there is', async () => {
    expect(await refusal('custmers')).toBe('There is no map “custmers”. Did you mean customers? There are new-business, customers.');
    expect(await refusal('segment:enterprize')).toBe('There is no segment “enterprize”. Did you mean enterprise? There is enterprise.');
    expect(await refusal('period:soon')).toContain('2026-Q3');
    expect(await refusal('colour:red')).toContain('I do not understand “colour:red”');
  });

  it('of accounts whose stages begin with a deal that is won, as with milestones', async () => {
    const maps = config.maps.map((map) =>
      map.key === 'customers'
        ? {
            ...map,
            stages: map.stages.map((stage) =>
              stage.key === 'onboarding'
                ? { ...stage, begins: { won: true, milestones: [], renewalDays: null } }
                : { ...stage, begins: { won: false, milestones: ['go_live'], renewalDays: null } },
            ),
          }
        : map,
    );
    bot.setConfig({ ...config, version: 'begun by won', maps });
    const accounts = ['a-1', 'a-2', 'a-3'];
    await bot.live(
      ...accounts.flatMap((id, index) => [
        aSignal('account.upserted', '2026-10-05 09:00', { account: { id, name: id } }),
        deal(`of-${id}`, { accountId: id, ...(index === 2 ? {} : { status: 'won' }) }),
      ]),
      // Won twice, which begins nothing new while the first one goes on.
      deal('again', { accountId: 'a-2', status: 'won' }),
      aSignal('milestone.completed', '2026-10-06 09:00', { milestone: { accountId: 'a-1', name: 'go_live' } }),
    );
    bot.setTime('2026-10-07 09:00');
    const { stages } = await metrics('customers');
    expect(stages.map(({ stage, now }) => [stage, now.entered, now.movedOn, now.open])).toEqual([
      ['onboarding', 2, 1, 1],
      ['growth', 1, 0, 1],
    ]);
  });

  it('of accounts are read off their lifecycle stages', async () => {
    await bot.live(
      aSignal('account.upserted', '2026-10-05 09:00', { account: { id: 'a-9', name: 'Nine', lifecycleStage: 'onboarding' } }),
      aSignal('account.upserted', '2026-10-06 09:00', { account: { id: 'a-9', name: 'Nine', lifecycleStage: 'growth' } }),
    );
    bot.setTime('2026-10-07 09:00');
    const { stages } = await metrics('customers');
    expect(stages.map(({ stage, now }) => [stage, now.entered, now.movedOn])).toEqual([
      ['onboarding', 1, 1],
      ['growth', 1, 0],
    ]);
  });

  it('of many journeys are looked through once for all who ask, and again for another map', async () => {
    await bot.live(...Array.from({ length: 100 }, (_, index) => deal(`e-${index}`)));
    expect((await metrics()).at).toBe((await metrics('customers')).at);
    const first = (await metrics()).at;
    bot.setTime('2026-10-06 09:00');
    expect((await metrics()).at).toBe(first);
    bot.setConfig({ ...config, version: '2' });
    expect((await metrics()).at).toBe(bot.clock.now());
  });
});
