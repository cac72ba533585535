import { describe, expect, it } from 'vitest';
import { createBeginJourneys } from '../../src/app/begin-journeys.ts';
import type { Store } from '../../src/app/ports.ts';
import type { JourneyConfig } from '../../src/core/journey/journey-map.ts';
import { aSignal } from '../core/builders.ts';
import { aTeam, deal, stalledAt } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

const whole = aTeam({ alerts: { importSummaryOver: 3 } });
/** Without the map for customers, and with deals of the default pipeline only. */
const narrow: JourneyConfig = {
  ...whole,
  maps: whole.maps.filter((map) => map.for.kind === 'deals').map((map) => ({ ...map, for: { kind: 'deals', pipelines: ['default'] } })),
};

function takeOver(bot: Pick<SmallBot, 'store' | 'clock' | 'setConfig'>, config: JourneyConfig): Promise<number> {
  bot.setConfig(config);
  let ids = 0;
  return createBeginJourneys({
    store: bot.store,
    config: () => config,
    clock: bot.clock,
    newId: () => `map-${++ids}`,
    breathe: async () => undefined,
  })();
}

describe('a journey map that takes more than before', () => {
  it('has deals and accounts begin their journeys, without waiting for a signal', async () => {
    const bot = await aSmallBot({ config: narrow });
    await bot.live(
      deal('d-1', { pipeline: 'renewals' }),
      aSignal('account.upserted', '2026-09-07 09:00', { account: { id: 'a-1', name: 'Acme', lifecycleStage: 'growth' } }),
    );
    expect(await bot.journey('deal:d-1')).toBeNull();
    bot.setTime(stalledAt);
    expect(await takeOver(bot, whole)).toBe(2);
    await bot.at(stalledAt);
    expect(await bot.journey('account:a-1:customers')).toMatchObject({ stage: 'growth' });
    expect(bot.slack.cards().map(({ content }) => content?.name)).toEqual(['Acme', 'Deal d-1']);
    expect(await takeOver(bot, whole)).toBe(0);
  });

  it('tells much of it in one summary', async () => {
    const bot = await aSmallBot({ config: narrow });
    await bot.receive(Array.from({ length: 120 }, (_, index) => deal(`d-${index}`, { pipeline: 'renewals' })));
    await bot.ingest();
    bot.setTime(stalledAt);
    expect(await takeOver(bot, whole)).toBe(120);
    await bot.at(stalledAt);
    expect(bot.slack.messages().map(({ message }) => message.kind)).toEqual(['import-summary']);
  });

  it('leaves alone what is deleted, and what has its journey', async () => {
    const bot = await aSmallBot({ config: narrow });
    await bot.live(
      deal('d-1', { pipeline: 'renewals' }),
      deal('d-2'),
      aSignal('record.deleted', '2026-09-08 09:00', { record: { kind: 'deal', id: 'd-1' } }),
    );
    expect(await takeOver(bot, whole)).toBe(0);
  });

  it('leaves to a signal what that has begun meanwhile', async () => {
    const bot = await aSmallBot({ config: narrow });
    await bot.live(deal('d-1', { pipeline: 'renewals' }));
    bot.setConfig(whole);
    const loading: Store = {
      ...bot.store,
      async loadNeighbourhood(refs) {
        const around = await bot.store.loadNeighbourhood(refs);
        if ((await bot.journey('deal:d-1')) === null) await bot.live(deal('d-1', { amount: 1 }));
        return around;
      },
    };
    expect(await takeOver({ ...bot, store: loading }, whole)).toBe(0);
    expect(await bot.journey('deal:d-1')).toMatchObject({ amount: 1 });
  });
});
