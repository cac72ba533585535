import { describe, expect, it } from 'vitest';
import type { RouteNode } from '../../src/core/journey/journey-map.ts';
import { step } from '../core/alerts/a-chain.ts';
import { aRoute, at } from '../core/builders.ts';
import { acme, aTeam, moved } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

/** Stalled since 28 September, 09:00; nobody takes it. Dana's manager is Mia. */
const chain = [step('4bh', 'manager'), step('1bd', '#leads')];
const stalled = '2026-09-28 09:00';
const first = '2026-09-28 13:00';
const second = '2026-09-29 13:00';
const managers = { byOwner: { 'dana@us.example': 'mia@us.example' }, others: null };

async function stalledBot(routes: RouteNode[] = [aRoute('#deals', { escalate: chain })], more: Parameters<typeof aSmallBot>[0] = {}) {
  const bot = await aSmallBot({ config: aTeam({ routes, managers, adminChannel: '#admin', alerts: { repeat: null } }), ...more });
  await bot.live(...acme());
  await bot.at(stalled);
  return bot;
}

const steps = (bot: SmallBot, channel?: string) => bot.slack.replies(channel).filter(({ reason }) => reason === 'escalated');
const audit = async (bot: SmallBot) => (await bot.store.audit('deal:d-1', 50)).map(({ what, why }) => `${what}: ${why}`);
const alertOf = async (bot: SmallBot) => (await bot.alerts('deal:d-1'))[0]?.id ?? '';

describe('a chain', () => {
  it('goes from the card to the manager in its thread, to the channel of the leads, and no further', async () => {
    const bot = await stalledBot();
    await bot.until(first);
    const [card] = bot.slack.cards('#deals');
    expect(steps(bot)).toMatchObject([{ threadTs: card?.ts, mentions: [{ emails: ['mia@us.example'] }], broadcast: false }]);
    await bot.until(second);
    expect(bot.slack.cards('#leads')).toMatchObject([{ content: { state: 'active', alerts: [{ told: [{}, {}, { channel: '#leads' }] }] } }]);
    await bot.until('2026-10-09 09:00');
    expect(steps(bot)).toHaveLength(1);
    expect(bot.slack.cards()).toHaveLength(2);
    expect((await audit(bot)).filter((line) => line.startsWith('escalated'))).toEqual([
      'escalated: step 2 of 2: #leads',
      'escalated: step 1 of 2: manager mia@us.example in #deals',
    ]);
  });

  it('turns every card green when it is over, without a word', async () => {
    const bot = await stalledBot();
    await bot.until(second);
    const said = bot.slack.messages().length;
    await bot.live(moved('2026-09-30 09:00'));
    await bot.at('2026-09-30 09:00');
    expect(bot.slack.cards().map(({ content }) => content?.state)).toEqual(['clear', 'clear']);
    expect(bot.slack.messages()).toHaveLength(said);
  });

  it('ends with a click, from whichever card, and a late click changes nothing', async () => {
    const bot = await stalledBot();
    await bot.until(first);
    expect(await bot.acts.acknowledge(await alertOf(bot), 'U1')).toMatchObject({ kind: 'done' });
    expect(await bot.acts.acknowledge(await alertOf(bot), 'U2')).toMatchObject({ kind: 'stale', by: 'U1' });
    await bot.until('2026-10-05 09:00');
    expect(bot.slack.cards('#leads')).toEqual([]);
    expect(bot.slack.cards('#deals')[0]?.content?.alerts[0]).not.toHaveProperty('told');
    expect(await bot.answers.whyById({ kind: 'deal', id: 'd-1' })).toMatchObject({ chains: [{ state: 'stopped', by: 'U1' }] });
  });

  it('is shown by why: what was said, and when the next step is due', async () => {
    const bot = await stalledBot();
    await bot.until(first);
    expect(await bot.answers.whyById({ kind: 'deal', id: 'd-1' })).toMatchObject({
      chains: [
        {
          headline: 'Stalled in Decision',
          state: 'goes-on',
          steps: [
            { state: 'said', emails: ['mia@us.example'], at: at(first) },
            { state: 'next', channel: '#leads', at: at(second) },
          ],
        },
      ],
    });
  });

  it('is not said any more when somebody took the alert while Slack was away', async () => {
    const bot = await stalledBot();
    bot.slack.goesWrong(
      { on: 'edit', failure: { kind: 'retry', retryAfterMs: 60_000 } },
      { on: 'post', failure: { kind: 'retry', retryAfterMs: 60_000 } },
    );
    await bot.until(first);
    await bot.acts.acknowledge(await alertOf(bot), 'U1');
    await bot.until('2026-09-28 14:00');
    expect(steps(bot)).toEqual([]);
  });

  it('does not post its card when somebody took the alert while Slack was away', async () => {
    const bot = await stalledBot([aRoute('#deals', { escalate: [step('1bd', '#leads')] })]);
    bot.slack.goesWrong({ on: 'post', channel: '#leads', failure: { kind: 'retry', retryAfterMs: 60_000 } });
    await bot.until('2026-09-29 09:00');
    await bot.acts.acknowledge(await alertOf(bot), 'U1');
    await bot.until('2026-09-29 11:00');
    expect(bot.slack.cards('#leads')).toEqual([]);
  });

  it('says a step once, although Slack’s answer was lost and the bot was killed', async () => {
    const bot = await stalledBot();
    bot.slack.goesWrong({ on: 'post', channel: '#deals', failure: { kind: 'ambiguous' }, arrives: true });
    await bot.until(first);
    await bot.until('2026-09-28 15:00');
    expect(steps(bot)).toHaveLength(1);
  });

  it('that came due while the bot was down says the newest step alone', async () => {
    const bot = await stalledBot([aRoute('#deals', { escalate: [step('24h', 'owner'), step('24h', 'manager'), step('5d', '#leads')] })]);
    await bot.at('2026-10-02 09:00');
    expect(steps(bot)).toMatchObject([{ notifyOwner: false, mentions: [{ who: 'manager' }] }]);
    expect(await bot.answers.whyById({ kind: 'deal', id: 'd-1' })).toMatchObject({
      chains: [{ steps: [{ state: 'passed-over' }, { state: 'said' }, { state: 'next', at: at('2026-10-07 09:00') }] }],
    });
  });
});

describe('a step whose channel takes no messages', () => {
  const archived = { on: 'post', channel: '#leads', failure: { kind: 'channel', code: 'is_archived' } } as const;

  it('is said in the thread of the first card, to the whole channel, and says so', async () => {
    const bot = await stalledBot();
    bot.slack.goesWrong(archived);
    await bot.until(second);
    expect(bot.slack.messages('#leads')).toEqual([]);
    expect(steps(bot, '#deals').at(-1)).toMatchObject({ broadcast: true, instead: { of: '#leads' }, threadTs: bot.slack.cards('#deals')[0]?.ts });
    expect(bot.slack.messages('#deals').map(({ message }) => (message.kind === 'notice' ? message.title : ''))).toContain('I cannot post in #leads');
    expect(bot.slack.messages('#admin').map(({ message }) => (message.kind === 'notice' ? message.title : ''))).toEqual(['I cannot post in #leads']);
    expect(await audit(bot)).toContain('said elsewhere: #leads takes no messages (is_archived); said in #deals instead');
    expect(bot.slack.cards('#deals')[0]?.content?.alerts[0]?.told?.at(-1)).toMatchObject({ channel: '#leads', saidIn: '#deals' });
    expect(await bot.answers.whyById({ kind: 'deal', id: 'd-1' })).toMatchObject({
      chains: [{ steps: [{}, { state: 'said', channel: '#leads', saidIn: '#deals' }] }],
    });
  });
});

describe('a card of a step', () => {
  it('that cannot be edited any more is not posted beside the first one', async () => {
    const bot = await stalledBot();
    await bot.until(second);
    bot.slack.goesWrong({ on: 'edit', channel: '#leads', failure: { kind: 'channel', code: 'is_archived' } });
    await bot.live(moved('2026-09-30 09:00'));
    await bot.at('2026-09-30 09:00');
    expect(bot.slack.cards('#deals')).toHaveLength(1);
    expect(bot.slack.messages('#deals').map(({ message }) => message.kind)).toContain('notice');
  });
});

describe('a step whose people are not in Slack', () => {
  it('is told to the parent’s channel, which is told where the card is', async () => {
    const bot = await stalledBot([aRoute('#sales', { routes: [aRoute('#deals', { match: { rule: ['stalled'] }, escalate: chain })] })]);
    bot.slack.left('mia@us.example');
    await bot.until(first);
    expect(steps(bot, '#deals')).toMatchObject([{ broadcast: false, instead: { unreached: ['mia@us.example'] } }]);
    expect(steps(bot, '#sales')).toMatchObject([{ threadTs: null, cardIn: '#deals', instead: { unreached: ['mia@us.example'] } }]);
    expect(await audit(bot)).toContain('said elsewhere: mia@us.example: not in Slack; said to #sales instead');
  });

  it('is told to the whole channel where there is no parent', async () => {
    const bot = await stalledBot();
    bot.slack.left('mia@us.example');
    await bot.until(first);
    expect(steps(bot)).toMatchObject([{ broadcast: true, instead: { unreached: ['mia@us.example'] } }]);
  });

  it('and one for whom nobody is named', async () => {
    const bot = await aSmallBot({ config: aTeam({ routes: [aRoute('#deals', { escalate: chain })], alerts: { repeat: null } }) });
    await bot.live(...acme());
    await bot.at(stalled);
    await bot.until(first);
    expect(steps(bot)).toMatchObject([{ broadcast: true, instead: { unreached: [] } }]);
  });

  it('is said there once, also when it is tried again', async () => {
    let fails = true;
    const bot = await stalledBot([aRoute('#sales', { routes: [aRoute('#deals', { match: { rule: ['stalled'] }, escalate: chain })] })], {
      wrap: (store) => ({
        ...store,
        commit: async (changes) => {
          if (fails && changes.some((change) => change.kind === 'delivery.add' && change.delivery.id.endsWith(':above')))
            throw new Error('disk full');
          return store.commit(changes);
        },
      }),
    });
    bot.slack.left('mia@us.example');
    await bot.until(first);
    expect(steps(bot, '#sales')).toEqual([]);
    fails = false;
    await bot.until('2026-09-28 15:00');
    expect(steps(bot, '#sales')).toHaveLength(1);
    expect(steps(bot, '#deals')).toHaveLength(1);
  });

  it('is not told to a channel that cannot be posted to either, and harms nothing', async () => {
    const bot = await stalledBot([aRoute('#sales', { routes: [aRoute('#deals', { match: { rule: ['stalled'] }, escalate: chain })] })]);
    bot.slack.left('mia@us.example');
    bot.slack.goesWrong({ on: 'post', channel: '#sales', failure: { kind: 'channel', code: 'is_archived' } });
    await bot.until(second);
    expect(bot.slack.cards('#leads')).toHaveLength(1);
    expect((await bot.store.card('deal:d-1|#deals'))?.posted).not.toBeNull();
  });
});
