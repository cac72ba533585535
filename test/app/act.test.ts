import { describe, expect, it } from 'vitest';
import { aRoute, aSignal, at } from '../core/builders.ts';
import { acme, aTeam, moved, stalledAt } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

const rules = { stalled: { after: '15bd' }, 'missing-role': { grace: '15bd' } };

/** Acme is stalled and misses legal; the card is posted. */
async function aBot(config = aTeam({ rules, alerts: { repeat: null } })): Promise<SmallBot> {
  const bot = await aSmallBot({ config });
  await bot.live(...acme());
  await bot.at(stalledAt);
  return bot;
}
const alertId = async (bot: SmallBot, rule = 'stalled') => (await bot.alerts('deal:d-1')).find((alert) => alert.rule === rule)?.id ?? '';
const shown = (bot: SmallBot) => bot.slack.cards()[0]?.content?.alerts.map(({ rule, state, snoozedUntil }) => [rule, state, snoozedUntil]);

describe('a click', () => {
  it('acknowledges: the card shows who, nothing is said, and the audit keeps it', async () => {
    const bot = await aBot();
    expect(await bot.acts.acknowledge(await alertId(bot), 'U1')).toMatchObject({ kind: 'done' });
    await bot.deliver.run();
    expect(bot.slack.cards()[0]?.content?.alerts.find(({ rule }) => rule === 'stalled')).toMatchObject({
      state: 'acknowledged',
      acknowledged: { by: 'U1' },
    });
    expect(bot.slack.replies()).toEqual([]);
    expect((await bot.store.audit('deal:d-1', 10)).map(({ who, what }) => [who, what])).toContainEqual(['U1', 'acknowledged']);
  });

  it('snoozes for working days, and says when that is over', async () => {
    const bot = await aBot();
    expect(await bot.acts.snooze(await alertId(bot), { duration: '2bd' }, 'U1')).toEqual({ kind: 'done', message: 'Snoozed for 2 working days.' });
    await bot.until('2026-09-30 09:00');
    expect(bot.slack.replies()).toMatchObject([{ reason: 'snooze-over', alerts: [{ rule: 'stalled' }] }]);
  });

  it('snoozes until the stage changes', async () => {
    const bot = await aBot();
    await bot.acts.snooze(await alertId(bot, 'missing-role'), 'stage-change', 'U1');
    await bot.until('2026-10-05 09:00');
    expect(bot.slack.replies()).toEqual([]);
    await bot.live(moved('2026-10-05 10:00'));
    await bot.deliver.run();
    expect(bot.slack.replies()).toMatchObject([{ reason: 'snooze-over', alerts: [{ rule: 'missing-role' }] }]);
  });

  it('with a snooze that nobody understands is refused', async () => {
    const bot = await aBot();
    expect(await bot.acts.snooze(await alertId(bot), { duration: 'soon' }, 'U1')).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('soon'),
    });
  });

  it('resolves with a reason, until the condition changes', async () => {
    const bot = await aBot();
    expect(await bot.acts.resolve(await alertId(bot), 'not-useful', 'a test deal', 'U1')).toMatchObject({ kind: 'done' });
    await bot.until('2026-10-30 09:00');
    await bot.deliver.run();
    expect(shown(bot)).toEqual([
      ['missing-role', 'open', null],
      ['stalled', 'resolved', null],
    ]);
    await bot.live(moved('2026-10-30 10:00'));
    await bot.until('2026-11-20 10:00');
    expect((await bot.alerts('deal:d-1')).filter(({ rule, state }) => rule === 'stalled' && state === 'open')).toMatchObject([{ episode: 2 }]);
  });

  it('acknowledges all that a card shows', async () => {
    const bot = await aBot();
    expect(await bot.acts.acknowledgeCard('deal:d-1', 'U1', null)).toEqual({ kind: 'done', message: 'Acknowledged all 2.' });
    await bot.deliver.run();
    expect(shown(bot)?.map(([, state]) => state)).toEqual(['acknowledged', 'acknowledged']);
    expect(await bot.acts.acknowledgeCard('deal:d-1', 'U2', null)).toMatchObject({ kind: 'stale' });
  });

  it('acknowledges what that card shows, and leaves what another channel was told to those who read it there', async () => {
    const routes = [aRoute('#deals', { routes: [aRoute('#legal', { match: { rule: ['missing-role'] } })] })];
    const bot = await aBot(aTeam({ rules, routes, alerts: { repeat: null } }));
    const card = (await bot.store.journeyState('deal:d-1')).cards.find(({ channel }) => channel === '#deals');
    expect(await bot.acts.acknowledgeCard('deal:d-1', 'U1', card?.posted ?? null)).toEqual({ kind: 'done', message: 'Acknowledged.' });
    expect((await bot.alerts('deal:d-1')).map(({ rule, state }) => [rule, state])).toEqual(
      expect.arrayContaining([
        ['stalled', 'acknowledged'],
        ['missing-role', 'open'],
      ]),
    );
  });

  it('ends what tells of something that cannot be undone by acknowledging it, and it stays ended', async () => {
    const bot = await aBot(aTeam({ rules: { 'stage-regression': {} } }));
    await bot.live(moved('2026-09-29 09:00', 'consideration'));
    await bot.deliver.run();
    expect(bot.slack.cards()[0]?.content).toMatchObject({ state: 'active', alerts: [{ rule: 'stage-regression' }] });
    await bot.acts.acknowledge(await alertId(bot, 'stage-regression'), 'U1');
    await bot.live(aSignal('deal.upserted', '2026-09-29 12:00', { deal: { id: 'd-1', amount: 3 } }));
    await bot.deliver.run();
    expect(bot.slack.cards()[0]?.content).toMatchObject({
      state: 'clear',
      alerts: [{ state: 'resolved', resolution: { how: 'by-hand', by: 'U1' } }],
    });
  });
});

describe('a click that comes too late', () => {
  it('changes nothing, says so, and brings the card up to date', async () => {
    const bot = await aBot();
    const id = await alertId(bot);
    await bot.live(moved('2026-09-28 10:00'));
    await bot.deliver.run();
    const edits = bot.slack.cards()[0]?.edits ?? 0;
    expect(await bot.acts.resolve(id, 'done', null, 'U1')).toEqual({
      kind: 'stale',
      message: 'Nothing was changed: already resolved: moved to Implementation.',
      by: null,
    });
    await bot.deliver.run();
    expect(bot.slack.cards()[0]?.edits).toBe(edits + 1);
    expect((await bot.store.alert(id))?.resolution).toMatchObject({ how: 'cleared' });
  });

  it('on an alert that never was changes nothing', async () => {
    const bot = await aBot();
    expect(await bot.acts.acknowledge('no-such-alert', 'U1')).toMatchObject({ kind: 'stale' });
  });
});

describe('two people at once', () => {
  it('are told apart: one was first', async () => {
    const bot = await aBot();
    const id = await alertId(bot);
    const results = await Promise.all(['U1', 'U2', 'U3'].map((user) => bot.acts.acknowledge(id, user)));
    expect(results.map(({ kind }) => kind).sort()).toEqual(['done', 'stale', 'stale']);
    const audit = (await bot.store.audit('deal:d-1', 20)).filter(({ what }) => what === 'acknowledged');
    expect(audit).toHaveLength(1);
    expect((await bot.store.alert(id))?.acknowledged?.by).toBe(audit[0]?.who);
  });

  it('are told apart although one looked before the other wrote', async () => {
    let isFirst = true;
    let other: unknown;
    const bot: SmallBot = await aSmallBot({
      config: aTeam({ rules, alerts: { repeat: null } }),
      wrap: (store) => ({
        ...store,
        async alert(id) {
          const found = await store.alert(id);
          const wasFirst = isFirst;
          isFirst = false;
          if (wasFirst) other = await bot.acts.acknowledge(id, 'U2');
          return found;
        },
      }),
    });
    await bot.live(...acme());
    await bot.at(stalledAt);
    expect(await bot.acts.acknowledge(await alertId(bot), 'U1')).toEqual({
      kind: 'stale',
      message: 'Nothing was changed: already acknowledged.',
      by: 'U2',
    });
    expect(other).toMatchObject({ kind: 'done' });
  });

  it('are told apart where no card shows what they do', async () => {
    const bot = await aBot(aTeam({ alerts: { digestOnly: ['warning'] } }));
    const id = await alertId(bot);
    const results = await Promise.all(['U1', 'U2'].map((user) => bot.acts.resolve(id, 'done', null, user)));
    expect(results.map(({ kind }) => kind).sort()).toEqual(['done', 'stale']);
  });
});

describe('muting an account', () => {
  it('holds everything about it back until it ends, and the card says so', async () => {
    const bot = await aSmallBot({ config: aTeam({ rules, alerts: { repeat: null } }) });
    await bot.live(...acme());
    expect(await bot.acts.mute('a-1', '20bd', 'holiday', 'U1')).toEqual({ kind: 'done', message: 'Acme GmbH: muted for 20 working days.' });
    await bot.until('2026-10-04 09:00');
    expect(bot.slack.messages()).toEqual([]);
    expect((await bot.alerts('deal:d-1')).map(({ inhibitedBy }) => inhibitedBy)).toEqual(['mute', 'mute']);
    await bot.until('2026-10-05 09:00');
    expect(bot.slack.cards()).toHaveLength(1);
    expect(bot.slack.cards()[0]?.content?.alerts).toHaveLength(2);
  });

  it('without an end lasts until somebody unmutes it', async () => {
    const bot = await aBot();
    await bot.acts.mute('a-1', null, 'legal hold', 'U1');
    await bot.at('2026-09-28 09:10');
    expect(bot.slack.cards()[0]?.content).toMatchObject({ mutedUntil: 'unmuted', state: 'active' });
    expect(await bot.acts.unmute('a-1', 'U2')).toEqual({ kind: 'done', message: 'Acme GmbH: not muted any more.' });
    expect(await bot.acts.unmute('a-1', 'U2')).toEqual({ kind: 'stale', message: 'Acme GmbH was not muted. Nothing was changed.' });
    await bot.at('2026-09-28 09:20');
    expect(bot.slack.cards()[0]?.content?.mutedUntil).toBeNull();
    expect((await bot.store.audit('deal:d-1', 20)).map(({ what }) => what)).toEqual(expect.arrayContaining(['muted', 'unmuted']));
  });

  it('of an account that is known by another id now is of that one, and of none that is not known', async () => {
    const bot = await aBot();
    await bot.live(aSignal('record.merged', '2026-09-07 11:00', { merge: { kind: 'account', from: ['a-0'], into: 'a-1' } }));
    expect(await bot.acts.mute('a-0', null, 'x', 'U1')).toMatchObject({ kind: 'done' });
    expect([...(await bot.store.loadNeighbourhood([{ kind: 'account', id: 'a-0' }])).mutes.keys()]).toEqual(['a-1']);
    expect(await bot.acts.mute('a-77', null, 'x', 'U1')).toMatchObject({ kind: 'stale' });
  });

  it('for a time that nobody understands is refused', async () => {
    const bot = await aBot();
    for (const time of ['a while', '0d', '0bd']) expect(await bot.acts.mute('a-1', time, 'x', 'U1')).toMatchObject({ kind: 'refused' });
    expect((await bot.store.loadNeighbourhood([{ kind: 'account', id: 'a-1' }])).mutes.size).toBe(0);
  });

  it('finds the account by its name', async () => {
    const bot = await aBot();
    expect(await bot.acts.findAccount('acm')).toEqual({ kind: 'one', summary: { kind: 'account', id: 'a-1', name: 'Acme GmbH', detail: null } });
  });

  it('finds the account of a deal by the name of the deal, and says of one without an account that it has none', async () => {
    const bot = await aBot();
    await bot.live(
      aSignal('deal.upserted', '2026-09-28 09:00', { deal: { id: 'd-1', name: 'Rollout of sensors', accountId: 'a-1' } }),
      aSignal('deal.upserted', '2026-09-28 09:00', { deal: { id: 'd-2', name: 'Rollout of doors', accountId: 'a-9' } }),
    );
    const accounts = async (query: string) => {
      const found = await bot.acts.findAccount(query);
      return found.kind === 'deals' ? { isNamed: found.isNamed, deals: found.deals.map(({ deal, account }) => [deal.id, account]) } : found;
    };
    const acme = { id: 'a-1', name: 'Acme GmbH' };
    expect(await accounts('rollout of sensors')).toEqual({ isNamed: true, deals: [['d-1', acme]] });
    expect(await accounts('rolout of sensor')).toEqual({ isNamed: true, deals: [['d-1', acme]] });
    const both = await accounts('rollout');
    expect(both).toEqual({
      isNamed: true,
      deals: expect.arrayContaining([
        ['d-1', acme],
        ['d-2', null],
      ]),
    });
    expect(await accounts('zzzz')).toEqual({ kind: 'none', query: 'zzzz', nearest: [] });
  });
});

it('a click while history comes in does not post what history brought to light', async () => {
  const bot = await aBot(aTeam({ rules: { stalled: { after: '15bd' }, 'response-gap': {} }, alerts: { digestOnly: ['warning'] } }));
  bot.setTime('2026-09-28 10:00');
  await bot.receive([aSignal('touchpoint.recorded', '2026-09-20 09:00', { touchpoint: { dealId: 'd-1', type: 'question', direction: 'inbound' } })]);
  await bot.ingest();
  await bot.acts.acknowledge(await alertId(bot), 'U1');
  await bot.deliver.run();
  expect(bot.slack.messages()).toEqual([]);
  expect(await bot.store.heldCards('history')).toHaveLength(1);
  await bot.at('2026-09-28 10:00:02');
  expect(bot.slack.cards()).toMatchObject([{ content: { alerts: [{ rule: 'response-gap' }] } }]);
});

it('an alert about a feed can be acknowledged as well', async () => {
  const bot = await aSmallBot({ config: aTeam({ feed: { staleAfter: { amount: 2, unit: 'bd' } }, adminChannel: '#admin' }) });
  await bot.live(...acme());
  bot.setTime('2026-09-09 09:00');
  await bot.watchFeeds();
  await bot.deliver.run();
  const [alert] = await bot.alerts('feed:signals');
  expect(await bot.acts.acknowledge(alert?.id ?? '', 'U1')).toMatchObject({ kind: 'done' });
  await bot.watchFeeds();
  await bot.deliver.run();
  expect(bot.slack.cards('#admin')[0]?.content?.alerts).toMatchObject([
    { state: 'acknowledged', acknowledged: { by: 'U1', at: at('2026-09-09 09:00') } },
  ]);
});
