import { describe, expect, it } from 'vitest';
import { aRoute, at } from '../core/builders.ts';
import { acme, aTeam, moved, stalledAt } from './a-team.ts';
import { aBotWith } from './stalled-deals.ts';

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

  it('that changes while it is on its way is edited as soon as it has arrived', async () => {
    const bot = await aBotWith(1);
    const { notifier } = bot.slack;
    const { post } = notifier;
    notifier.post = async (rendered, target) => {
      await bot.live(moved('2026-09-28 10:00'));
      return post(rendered, target);
    };
    await bot.deliver.run();
    expect(bot.slack.calls).toEqual(['post #deals card', 'edit #deals card']);
    expect(bot.slack.cards('#deals')).toMatchObject([{ content: { state: 'clear' }, edits: 1 }]);
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

describe('a card that was deleted by hand', () => {
  const gone = { on: 'post', failure: { kind: 'message-gone' } } as const;
  /** Stalled, posted, deleted; then a second rule has news of it. */
  async function deletedThenNews() {
    const bot = await aBotWith(1, { config: aTeam({ rules: { stalled: { after: '15bd' }, 'no-activity': { after: '18bd' } } }) });
    await bot.deliver.run();
    const [card] = bot.slack.cards();
    if (card === undefined) throw new Error('no card');
    return { bot, forget: () => bot.slack.delete(card) };
  }

  it('is posted anew by the news that meets its absence', async () => {
    const { bot, forget } = await deletedThenNews();
    forget();
    await bot.until('2026-10-05 10:00');
    expect(bot.slack.cards()).toMatchObject([{ content: { alerts: [{ rule: 'stalled' }, { rule: 'no-activity' }] } }]);
    expect(bot.slack.replies()).toEqual([]);
  });

  it('is posted anew where Slack refuses the reply in its thread', async () => {
    const { bot } = await deletedThenNews();
    bot.slack.goesWrong(gone);
    await bot.until('2026-10-05 10:00');
    expect(bot.slack.cards()).toHaveLength(2);
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
