import { describe, expect, it } from 'vitest';
import { aRoute, at } from '../core/builders.ts';
import { acme, aTeam, deal, moved, stalledAt } from './a-team.ts';
import { aSmallBot } from './small-bot.ts';
import { aBotWith } from './stalled-deals.ts';

describe('a channel that cannot be posted to', () => {
  const config = aTeam({ routes: [aRoute('#deals', { routes: [aRoute('#closed', { match: { rule: ['stalled'] } })] })], adminChannel: '#admin' });
  const archived = (on: 'post' | 'edit') => ({ on, channel: '#closed', failure: { kind: 'channel' as const, code: 'is_archived' } });

  it('falls back to the parent of its route, which is told so once, as whoever runs the bot is', async () => {
    const bot = await aSmallBot({ config });
    await bot.live(deal('d-1'), deal('d-2'));
    bot.slack.goesWrong(archived('post'), archived('post'));
    await bot.at(stalledAt);
    expect(bot.slack.messages('#deals').map(({ message }) => message.kind)).toEqual(['notice', 'card', 'card']);
    expect(bot.slack.messages('#deals')[0]?.message).toMatchObject({ title: 'I cannot post in #closed' });
    expect(bot.slack.messages('#admin')).toMatchObject([{ message: { kind: 'notice', title: 'I cannot post in #closed' } }]);
    expect(JSON.stringify(bot.slack.messages('#admin'))).toContain('It is archived.');
    for (const { message } of [...bot.slack.messages('#admin'), ...bot.slack.messages('#deals')]) {
      if (message.kind === 'notice') expect(message.lines[1]).toBe('Unarchive it in Slack, or name another one in journey.yml.');
    }
  });

  it('has its card posted anew in the parent when it cannot be edited any more', async () => {
    const bot = await aSmallBot({ config });
    await bot.live(...acme());
    await bot.at(stalledAt);
    expect(bot.slack.cards('#closed')).toHaveLength(1);
    bot.slack.goesWrong(archived('edit'));
    await bot.live(
      ...acme({ amount: 1 })
        .slice(1)
        .map((signal) => ({ ...signal, id: 'x1', occurredAt: at('2026-09-28 12:00') })),
    );
    await bot.deliver.run();
    expect(bot.slack.cards('#deals')).toMatchObject([{ content: { amount: { value: 1 } } }]);
    expect(bot.slack.messages('#deals').filter(({ message }) => message.kind === 'notice')).toHaveLength(1);
    await bot.live(moved('2026-09-28 13:00'));
    await bot.deliver.run();
    expect(bot.slack.cards('#deals')).toMatchObject([{ content: { state: 'clear' } }]);
  });

  it('has what was meant for a thread said by the card in the parent', async () => {
    const bot = await aSmallBot({ config });
    await bot.live(...acme());
    await bot.at(stalledAt);
    bot.slack.goesWrong(archived('post'));
    await bot.until('2026-10-01 09:00');
    expect(bot.slack.replies()).toEqual([]);
    expect(bot.slack.cards('#deals')).toHaveLength(1);
    await bot.until('2026-10-06 09:00');
    expect(bot.slack.replies('#deals')).toMatchObject([{ reason: 'repeat', threadTs: bot.slack.cards('#deals')[0]?.ts }]);
  });

  it('at the root of the routes falls back to the admin channel', async () => {
    const bot = await aSmallBot({ config: aTeam({ adminChannel: '#admin' }) });
    await bot.live(...acme());
    bot.slack.goesWrong({ on: 'post', channel: '#deals', failure: { kind: 'channel', code: 'not_in_channel' } });
    await bot.at(stalledAt);
    expect(bot.slack.messages('#admin').map(({ message }) => message.kind)).toEqual(['notice', 'card']);
  });

  it('without anything above it gives up', async () => {
    const bot = await aBotWith(1);
    bot.slack.goesWrong({ on: 'post', failure: { kind: 'channel', code: 'is_archived' } });
    await bot.deliver.run();
    expect(await bot.store.outboxBacklog()).toMatchObject({ pending: 0, failed: 1 });
  });
});

describe('a reply', () => {
  const quiet = { from: '19:00', to: '08:00', offDays: true };

  it('says only what is still so when quiet hours are over', async () => {
    const config = aTeam({ rules: { stalled: { after: '8h' }, 'missing-role': { grace: '11h' } }, alerts: { quiet, repeat: null } });
    const bot = await aSmallBot({ config });
    await bot.live(...acme());
    await bot.at('2026-09-07 17:00');
    await bot.at('2026-09-07 20:00');
    expect(bot.slack.cards()[0]?.content?.alerts).toHaveLength(2);
    const [missing] = (await bot.alerts('deal:d-1')).filter(({ rule }) => rule === 'missing-role');
    await bot.acts.resolve(missing?.id ?? '', 'done', null, 'U1');
    await bot.at('2026-09-08 08:00');
    expect(bot.slack.replies()).toEqual([]);
  });

  it('is in the thread of its card', async () => {
    const bot = await aSmallBot({
      config: aTeam({ rules: { stalled: { after: '5bd' }, 'missing-role': { grace: '10bd' } }, alerts: { repeat: null } }),
    });
    await bot.live(...acme());
    await bot.until('2026-09-21 09:00');
    const [card] = bot.slack.cards();
    expect(bot.slack.replies()).toMatchObject([{ reason: 'new', broadcast: false, threadTs: card?.ts, alerts: [{ rule: 'missing-role' }] }]);
    expect(card?.content?.alerts).toHaveLength(2);
  });
});

describe('a channel’s budget of new cards a day', () => {
  const config = aTeam({ alerts: { budget: 2, repeat: null } });

  it('puts what is over it on one message, and posts it the next day', async () => {
    const bot = await aBotWith(5, { config });
    await bot.deliver.run();
    expect(bot.slack.cards()).toHaveLength(2);
    const overflow = () => bot.slack.messages().filter(({ message }) => message.kind === 'overflow');
    expect(overflow()).toMatchObject([{ message: { total: 3, cards: [{ name: 'Deal d-3' }, { name: 'Deal d-4' }, { name: 'Deal d-5' }] } }]);
    bot.setTime('2026-09-29 00:01');
    await bot.releaseBudget();
    await bot.deliver.run();
    expect(bot.slack.cards().map(({ content }) => content?.name)).toEqual(['Deal d-1', 'Deal d-2', 'Deal d-3', 'Deal d-4']);
    expect(overflow()).toMatchObject([{ message: { total: 0 } }, { message: { total: 1, cards: [{ name: 'Deal d-5' }] } }]);
    bot.setTime('2026-09-30 00:01');
    await bot.releaseBudget();
    await bot.deliver.run();
    expect(bot.slack.cards()).toHaveLength(5);
    expect(await bot.store.heldCards('budget')).toEqual([]);
    expect(overflow()).toMatchObject([{ message: { total: 0 } }, { message: { total: 0 } }]);
  });

  it('takes off that message what has cleared, within a minute, however many do', async () => {
    const bot = await aBotWith(5, { config });
    await bot.deliver.run();
    const overflow = () => bot.slack.messages().filter(({ message }) => message.kind === 'overflow');
    const edits = overflow()[0]?.edits ?? 0;
    bot.setTime('2026-09-28 12:00');
    await bot.live(moved('2026-09-28 12:00', 'implementation', 'd-3'), moved('2026-09-28 12:00', 'implementation', 'd-4'));
    await bot.at('2026-09-28 12:01');
    expect(overflow()).toMatchObject([{ message: { total: 1, cards: [{ name: 'Deal d-5' }] }, edits: edits + 1 }]);
  });

  it('does not post on the next day what has cleared', async () => {
    const bot = await aBotWith(3, { config });
    await bot.deliver.run();
    await bot.live(moved('2026-09-28 12:00', 'implementation', 'd-3'));
    bot.setTime('2026-09-29 00:01');
    await bot.releaseBudget();
    await bot.deliver.run();
    expect(bot.slack.cards()).toHaveLength(2);
  });

  it('counts new cards, not edits and replies', async () => {
    const bot = await aBotWith(2, { config });
    await bot.deliver.run();
    await bot.live(moved('2026-09-28 12:00', 'implementation', 'd-1'), moved('2026-09-28 12:00', 'implementation', 'd-2'));
    await bot.deliver.run();
    expect(bot.slack.cards().map(({ content }) => content?.state)).toEqual(['clear', 'clear']);
  });
});

it('what Slack refuses for its content is given up, and the next news is tried again', async () => {
  const bot = await aBotWith(1);
  bot.slack.goesWrong({ on: 'post', failure: { kind: 'content', code: 'invalid_blocks' } });
  await bot.deliver.run();
  expect(await bot.store.outboxBacklog()).toMatchObject({ pending: 0, failed: 1 });
  await bot.until('2026-10-01 12:00');
  expect(bot.slack.cards()).toHaveLength(1);
});

it('stopping takes no new work', async () => {
  const bot = await aBotWith(3);
  await bot.deliver.stop();
  await bot.deliver.run();
  expect(bot.slack.calls).toEqual([]);
});
