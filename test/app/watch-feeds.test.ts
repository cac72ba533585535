import { describe, expect, it } from 'vitest';
import { createOwnAbsence } from '../../src/app/own-absence.ts';
import { aSignal, at } from '../core/builders.ts';
import { aTeam, deal } from './a-team.ts';
import { aSmallBot } from './small-bot.ts';

const config = aTeam({
  rules: { 'no-activity': { after: '3bd' }, 'missing-role': { grace: '3bd' } },
  feed: { staleAfter: { amount: 2, unit: 'bd' } },
  adminChannel: '#admin',
  alerts: { repeat: null },
});

/** HubSpot told of a deal on Monday, and nothing since. */
async function aBot() {
  const bot = await aSmallBot({ config });
  await bot.live({ ...deal('d-1'), source: 'hubspot' });
  return bot;
}
const states = async (bot: Awaited<ReturnType<typeof aBot>>) =>
  (await bot.alerts('deal:d-1')).map(({ rule, state, inhibitedBy }) => [rule, state, inhibitedBy]);

describe('a CRM that has gone quiet', () => {
  it('is said once in the admin channel', async () => {
    const bot = await aBot();
    for (const when of ['2026-09-09 08:59', '2026-09-09 09:00', '2026-09-09 09:01', '2026-09-10 09:00']) {
      bot.setTime(when);
      await bot.watchFeeds();
      await bot.deliver.run();
    }
    expect(bot.slack.messages('#admin')).toMatchObject([{ content: { kind: 'feed', name: 'HubSpot', state: 'active' } }]);
  });

  it('is no fault of the webhook alone where the bot itself was away', async () => {
    const bot = await aBot();
    await createOwnAbsence(bot)();
    bot.setTime('2026-09-21 09:00');
    await createOwnAbsence(bot)();
    await bot.watchFeeds();
    await bot.deliver.run();
    const [alert] = bot.slack.cards('#admin')[0]?.content?.alerts ?? [];
    expect(alert?.nextStep).toContain('The bot itself was not running');
    expect(alert?.evidence).toContainEqual({ label: 'until', at: at('2026-09-21 09:00') });
  });

  it('holds back what speaks of silence, and nothing else', async () => {
    const bot = await aBot();
    bot.setTime('2026-09-10 09:00');
    await bot.watchFeeds();
    await bot.at('2026-09-10 09:00');
    expect(await states(bot)).toEqual([
      ['missing-role', 'open', null],
      ['no-activity', 'open', 'stale-feed'],
    ]);
    expect(bot.slack.cards('#deals')[0]?.content?.alerts.map(({ rule }) => rule)).toEqual(['missing-role']);
  });

  it('that sends again has that judged anew, after what it may still send', async () => {
    const bot = await aBot();
    bot.setTime('2026-09-10 09:00');
    await bot.watchFeeds();
    await bot.at('2026-09-10 09:00');
    await bot.live({ ...deal('d-2'), id: 'later', occurredAt: at('2026-09-10 10:00'), source: 'hubspot' });
    await bot.watchFeeds();
    await bot.at('2026-09-10 10:00:01');
    expect(await states(bot)).toContainEqual(['no-activity', 'open', 'stale-feed']);
    await bot.at('2026-09-10 10:00:02');
    expect(await states(bot)).toContainEqual(['no-activity', 'open', null]);
    expect(bot.slack.messages('#admin')).toMatchObject([{ content: { state: 'clear' }, edits: 1 }]);
  });

  it.each(['d-2', 'd-1'])('that sends again, of %s, before anybody looked has that judged anew, too', async (dealId) => {
    const bot = await aBot();
    await bot.at('2026-09-10 09:00');
    expect(await states(bot)).toContainEqual(['no-activity', 'open', 'stale-feed']);
    await bot.live({ ...deal(dealId), id: 'later', occurredAt: at('2026-09-10 10:00'), source: 'hubspot' });
    await bot.watchFeeds();
    await bot.at('2026-09-10 10:00:02');
    expect(await states(bot)).toContainEqual(['no-activity', 'open', null]);
  });

  it('is judged anew although its alert was resolved by hand', async () => {
    const bot = await aBot();
    bot.setTime('2026-09-10 09:00');
    await bot.watchFeeds();
    await bot.at('2026-09-10 09:00');
    const [alert] = await bot.alerts('feed:hubspot');
    await bot.acts.resolve(alert?.id ?? '', 'wont-do', null, 'U1');
    await bot.live({ ...deal('d-2'), id: 'later', occurredAt: at('2026-09-10 10:00'), source: 'hubspot' });
    await bot.watchFeeds();
    await bot.at('2026-09-10 10:00:02');
    expect(await states(bot)).toContainEqual(['no-activity', 'open', null]);
  });

  it('says nothing of journeys of another CRM', async () => {
    const bot = await aBot();
    await bot.live(aSignal('deal.upserted', '2026-09-07 09:00', { deal: { id: 'd-3', name: 'Other', stage: 'decision' } }));
    await bot.live(aSignal('account.upserted', '2026-09-10 08:00', { account: { id: 'a-9', name: 'Alive' } }));
    bot.setTime('2026-09-10 09:00');
    await bot.watchFeeds();
    await bot.at('2026-09-10 09:00');
    expect((await bot.alerts('deal:d-3')).map(({ inhibitedBy }) => inhibitedBy)).toEqual([null, null]);
  });
});
