import { describe, expect, it } from 'vitest';
import { aRoute, at } from '../core/builders.ts';
import { acme, aTeam, deal, moved, stalledAt } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

const deals = (count: number) => Array.from({ length: count }, (_, index) => deal(`d-${index + 1}`));

/** Has told of its deals, and is about to say that they have stalled. */
async function aBotWith(count: number, options: Parameters<typeof aSmallBot>[0] = {}): Promise<SmallBot> {
  const bot = await aSmallBot({ config: aTeam(), ...options });
  await bot.live(...(count === 1 ? acme() : deals(count)));
  bot.setTime(stalledAt);
  await bot.evaluateDue();
  return bot;
}

describe('a card', () => {
  it('is posted once, and edited in place from then on', async () => {
    const bot = await aBotWith(1);
    await bot.deliver.run();
    await bot.deliver.run();
    expect(bot.slack.calls).toEqual(['post #deals card']);
    expect(bot.slack.cards('#deals')).toMatchObject([{ content: { state: 'active', name: 'Acme rollout' } }]);
    await bot.live(moved('2026-09-28 10:00'));
    await bot.deliver.run();
    expect(bot.slack.cards('#deals')).toMatchObject([{ content: { state: 'clear' }, edits: 1 }]);
  });

  it('that changes several times before it is sent is sent once, as it is then', async () => {
    const bot = await aBotWith(1);
    await bot.live(
      ...acme({ amount: 1 })
        .slice(1)
        .map((signal) => ({ ...signal, id: 'x1', occurredAt: at('2026-09-28 09:10') })),
    );
    await bot.live(
      ...acme({ amount: 2 })
        .slice(1)
        .map((signal) => ({ ...signal, id: 'x2', occurredAt: at('2026-09-28 09:20') })),
    );
    await bot.deliver.run();
    expect(bot.slack.calls).toEqual(['post #deals card']);
    expect(bot.slack.cards()[0]?.content?.amount?.value).toBe(2);
  });

  it('that is all clear before it is sent is never sent', async () => {
    const bot = await aBotWith(1);
    await bot.live(moved('2026-09-28 10:00'));
    await bot.deliver.run();
    expect(bot.slack.calls).toEqual([]);
    expect((await bot.store.outboxBacklog()).pending).toBe(0);
  });

  it('that was deleted by hand is posted again with the next news, and not before', async () => {
    const bot = await aBotWith(1);
    await bot.deliver.run();
    const [card] = bot.slack.cards();
    if (card !== undefined) bot.slack.delete(card);
    await bot.live(
      ...acme({ amount: 1 })
        .slice(1)
        .map((signal) => ({ ...signal, id: 'x1', occurredAt: at('2026-09-28 12:00') })),
    );
    await bot.deliver.run();
    expect(bot.slack.cards()).toEqual([]);
    await bot.until('2026-09-30 12:00');
    expect(bot.slack.cards()).toEqual([]);
    await bot.until('2026-10-01 12:00');
    expect(bot.slack.cards()).toHaveLength(1);
    expect(bot.slack.replies()).toEqual([]);
  });
});

describe('effectively once', () => {
  it('looks a message up that may have arrived, and does not post it twice', async () => {
    const bot = await aBotWith(1);
    bot.slack.goesWrong({ on: 'post', failure: { kind: 'ambiguous' }, arrives: true });
    await bot.deliver.run();
    expect(bot.slack.cards()).toHaveLength(1);
    await bot.at('2026-09-28 09:01');
    expect(bot.slack.calls).toEqual(['post #deals card', 'find #deals', 'edit #deals card']);
    expect(bot.slack.cards()).toHaveLength(1);
    await bot.live(moved('2026-09-28 10:00'));
    await bot.deliver.run();
    expect(bot.slack.cards()).toMatchObject([{ content: { state: 'clear' } }]);
  });

  it('posts what was looked up and had not arrived', async () => {
    const bot = await aBotWith(1);
    bot.slack.goesWrong({ on: 'post', failure: { kind: 'ambiguous' } });
    await bot.deliver.run();
    await bot.at('2026-09-28 09:01');
    expect(bot.slack.cards()).toHaveLength(1);
  });

  it('looks up what was posted when the receipt could not be written down', async () => {
    let fails = true;
    const bot = await aBotWith(1, {
      wrap: (store) => ({
        ...store,
        commit: async (changes) => {
          if (fails && changes.some(({ kind }) => kind === 'card.posted' || kind === 'delivery.retry')) throw new Error('disk full');
          return store.commit(changes);
        },
      }),
    });
    await bot.deliver.run();
    expect(bot.slack.cards()).toHaveLength(1);
    expect(bot.logged.map(({ message }) => message)).toContain('a failed delivery could not be noted');
    fails = false;
    await bot.deliver.run();
    expect(bot.slack.calls).toEqual(['post #deals card']);
    await bot.at('2026-09-28 09:03');
    expect(bot.slack.calls).toEqual(['post #deals card', 'find #deals', 'edit #deals card']);
    expect((await bot.store.card('deal:d-1|#deals'))?.posted).not.toBeNull();
  });

  it('sends what a former run of the process has left behind', async () => {
    const bot = await aBotWith(1);
    await bot.store.leaseDeliveries(bot.clock.now(), bot.clock.now() + 60_000, 1, []);
    await bot.deliver.run();
    expect(bot.slack.calls).toEqual([]);
    await bot.store.releaseLeases();
    await bot.deliver.run();
    expect(bot.slack.calls).toEqual(['find #deals', 'post #deals card']);
  });
});

describe('a channel', () => {
  it('gets its messages in their order, one at a time', async () => {
    const bot = await aBotWith(5);
    await bot.deliver.run();
    expect(bot.slack.cards('#deals').map(({ content }) => content?.name)).toEqual(['Deal d-1', 'Deal d-2', 'Deal d-3', 'Deal d-4', 'Deal d-5']);
  });

  it('is left alone as long as Slack asks for, whatever else waits for it, and then goes on', async () => {
    const bot = await aBotWith(4);
    bot.slack.goesWrong({ on: 'post', failure: { kind: 'retry', retryAfterMs: 30_000 } });
    await bot.deliver.run();
    expect(bot.slack.calls).toEqual(['post #deals card']);
    expect(await bot.deliver.nextAt()).toBe(at(stalledAt) + 30_000);
    await bot.at(at(stalledAt) + 29_999);
    expect(bot.slack.cards()).toEqual([]);
    await bot.at(at(stalledAt) + 30_000);
    expect(bot.slack.cards()).toHaveLength(4);
    expect(await bot.deliver.nextAt()).toBeNull();
  });

  it('is not held up for good by one message that Slack refuses again and again', async () => {
    const bot = await aBotWith(3);
    bot.slack.goesWrong(...[1, 2].map(() => ({ on: 'post' as const, failure: { kind: 'retry' as const, retryAfterMs: 300_000 } })));
    await bot.deliver.run();
    await bot.at(at(stalledAt) + 300_000);
    expect(bot.slack.cards().map(({ content }) => content?.name)).toEqual(['Deal d-2', 'Deal d-3']);
    await bot.at(at(stalledAt) + 600_000);
    expect(bot.slack.cards()).toHaveLength(3);
  });

  it('does not wait for another one', async () => {
    const config = aTeam({ routes: [aRoute('#deals', { continue: true }), aRoute('#second')] });
    const bot = await aBotWith(2, { config });
    bot.slack.goesWrong({ on: 'post', channel: '#deals', failure: { kind: 'retry', retryAfterMs: 30_000 } });
    await bot.deliver.run();
    expect(bot.slack.cards().map(({ channel }) => channel)).toEqual(['#second', '#second']);
  });

  it('backs off when Slack fails and says no time', async () => {
    const bot = await aBotWith(1);
    const waits: number[] = [];
    for (let tries = 0; tries < 12; tries++) {
      bot.slack.goesWrong({ on: 'post', failure: { kind: 'retry', retryAfterMs: null } });
      await bot.deliver.run();
      const next = (await bot.store.nextDeliveryAt()) ?? 0;
      waits.push((next - bot.clock.now()) / 1000);
      bot.setTime(next);
    }
    expect(waits.slice(0, 3)).toEqual([2, 4, 8]);
    expect(Math.max(...waits)).toBe(600);
  });
});

describe('a channel that cannot be posted to', () => {
  const config = aTeam({ routes: [aRoute('#deals', { routes: [aRoute('#closed', { match: { rule: ['stalled'] } })] })], adminChannel: '#admin' });
  const archived = (on: 'post' | 'edit') => ({ on, channel: '#closed', failure: { kind: 'channel' as const, code: 'is_archived' } });

  it('falls back to the parent of its route, which is told so once', async () => {
    const bot = await aSmallBot({ config });
    await bot.live(deal('d-1'), deal('d-2'));
    bot.slack.goesWrong(archived('post'), archived('post'));
    await bot.at(stalledAt);
    expect(bot.slack.messages('#deals').map(({ message }) => message.kind)).toEqual(['notice', 'card', 'card']);
    expect(bot.slack.messages('#deals')[0]?.message).toMatchObject({ title: 'I cannot post in #closed' });
    expect(bot.slack.messages('#admin')).toEqual([]);
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
    expect(overflow()).toHaveLength(2);
    bot.setTime('2026-09-30 00:01');
    await bot.releaseBudget();
    await bot.deliver.run();
    expect(bot.slack.cards()).toHaveLength(5);
    expect(await bot.store.heldCards('budget')).toEqual([]);
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
