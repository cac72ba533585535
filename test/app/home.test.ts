import { describe, expect, it } from 'vitest';
import { createHomes } from '../../src/app/home.ts';
import { createHomeHealth } from '../../src/app/home-health.ts';
import type { Signal, Source } from '../../src/core/journey/signal.ts';
import { aSignal, at } from '../core/builders.ts';
import { aTeam, deal, moved, stalledAt } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

const dana = { userId: 'U1', email: 'Dana@us.example', isAdmin: false };
const first = { alerts: 1, accounts: 1 };
const ofDana = (id: string, fields: object = {}): Signal[] => [
  aSignal('account.upserted', '2026-09-07 09:00', { account: { id: `a-${id}`, name: `Account ${id}` } }),
  deal(id, { accountId: `a-${id}`, ownerEmail: 'dana@us.example', ...fields }),
];

function homesOf(bot: SmallBot, sources: Source[] = []) {
  const shared = { store: bot.store, config: () => aTeam(), clock: bot.clock };
  return createHomes({ ...shared, subscriptionsOf: (userId) => bot.store.subscriptions(userId), health: createHomeHealth({ ...shared, sources }) });
}

async function stalledBot(...signals: Signal[]) {
  const bot = await aSmallBot({ config: aTeam() });
  await bot.live(...signals);
  await bot.at(stalledAt);
  return { bot, homes: homesOf(bot) };
}

describe('somebody’s own', () => {
  it('are the alerts and accounts of the journeys that they own, the worst first', async () => {
    const { homes } = await stalledBot(
      ...ofDana('1'),
      ...ofDana('2'),
      moved('2026-09-20 09:00', 'implementation', '1'),
      ...ofDana('3', { ownerEmail: 'sam@us.example' }),
    );
    const home = await homes.summary(dana, first);
    expect(home.alerts.rows).toMatchObject([{ name: 'Deal 2', accountId: 'a-2', journeyId: 'deal:2', alert: { headline: 'Stalled in Decision' } }]);
    expect(home.accounts).toMatchObject({ total: 2, page: 1, pages: 1 });
    expect(home.accounts.rows).toMatchObject([
      { name: 'Account 2', stages: ['Decision'], alerts: 1, isTaken: false, worst: { headline: 'Stalled in Decision', severity: 'warning' } },
      { name: 'Account 1', stages: ['Implementation'], alerts: 0, worst: null },
    ]);
    expect(home.health).toBeNull();
  });

  it('come behind what nobody has taken once somebody is on them', async () => {
    const { bot, homes } = await stalledBot(...ofDana('1'), ...ofDana('2'));
    const [one] = (await homes.summary(dana, first)).alerts.rows;
    await bot.acts.acknowledge(one?.alert.id ?? '', 'U1');
    const { rows } = (await homes.summary(dana, first)).accounts;
    expect(rows.map(({ accountId, isTaken }) => [accountId, isTaken])).toEqual([
      [one?.accountId === 'a-1' ? 'a-2' : 'a-1', false],
      [one?.accountId, true],
    ]);
  });

  it('are not all clear where a mute keeps quiet what is wrong', async () => {
    const { bot, homes } = await stalledBot(...ofDana('1'), ...ofDana('2'), moved('2026-09-20 09:00', 'implementation', '2'));
    await bot.acts.mute('a-1', null, 'holiday', 'U1');
    await bot.evaluateDue();
    const { rows } = (await homes.summary(dana, first)).accounts;
    expect(rows.map(({ name, worst, isMuted }) => [name, worst, isMuted])).toEqual([
      ['Account 1', null, true],
      ['Account 2', null, false],
    ]);
  });

  it('are not all clear where a silent CRM holds back what may be wrong', async () => {
    const config = aTeam({ rules: { 'no-activity': { after: '10bd' } }, feed: { staleAfter: { amount: 3, unit: 'd' } } });
    const bot = await aSmallBot({ config });
    await bot.live(
      ...ofDana('1'),
      aSignal('touchpoint.recorded', '2026-09-07 10:00', { touchpoint: { dealId: '1', type: 'call', direction: 'inbound' } }),
    );
    await bot.until('2026-09-25 12:00');
    const { alerts, accounts } = await homesOf(bot).summary(dana, first);
    expect(alerts.total).toBe(0);
    expect(accounts.rows).toMatchObject([{ name: 'Account 1', worst: null, isMuted: false, isHeld: true }]);
  });

  it('are alerts that were assigned to them, too, whoever owns the journey', async () => {
    const { bot, homes } = await stalledBot(...ofDana('1', { ownerEmail: 'sam@us.example' }), ...ofDana('2'));
    const [ofSam] = await bot.alerts('deal:1');
    await bot.acts.assign(ofSam?.id ?? '', 'U1', 'U9');
    const home = await homes.summary({ ...dana, email: null }, first);
    expect(home.alerts.rows.map(({ name }) => name)).toEqual(['Deal 1']);
    expect((await homes.summary(dana, first)).alerts.rows.map(({ name }) => name).toSorted()).toEqual(['Deal 1', 'Deal 2']);
    expect((await homes.summary({ ...dana, userId: 'U9' }, first)).alerts.total).toBe(1);
    expect(home.accounts.total).toBe(0);
  });

  it('are a deal where it has no account, and none that has ended', async () => {
    const { homes } = await stalledBot(deal('9', { ownerEmail: 'dana@us.example' }), ...ofDana('1', { status: 'won' }));
    expect((await homes.summary(dana, first)).accounts.rows).toMatchObject([{ accountId: null, journeyId: 'deal:9', name: 'Deal 9', alerts: 1 }]);
  });

  it('come in pages; a page that is no more is the last one', async () => {
    const { homes } = await stalledBot(...Array.from({ length: 12 }, (_, index) => ofDana(`${index}`)).flat());
    const home = await homes.summary(dana, { alerts: 3, accounts: 40 });
    expect(home.alerts).toMatchObject({ total: 12, page: 3, pages: 3, rows: [{}, {}] });
    expect(home.accounts).toMatchObject({ total: 12, page: 2, pages: 2, rows: [{}, {}] });
    const all = [...(await homes.summary(dana, first)).accounts.rows, ...home.accounts.rows].map(({ name }) => name);
    expect(new Set(all).size).toBe(12);
  });

  it('are none for who owns nothing, and for whose address nobody knows', async () => {
    const { homes } = await stalledBot(...ofDana('1'));
    const nothing = { rows: [], total: 0, page: 1, pages: 1 };
    for (const email of ['nobody@us.example', null])
      expect(await homes.summary({ userId: 'U2', email, isAdmin: false }, first)).toEqual({
        email,
        alerts: nothing,
        accounts: nothing,
        subscriptions: [],
        health: null,
      });
  });
});

describe('the connections, for admins', () => {
  it('tell of each CRM what has come in and what has not, also of one that never sent anything', async () => {
    const { bot } = await stalledBot(...ofDana('1'));
    bot.setTime('2026-10-05 10:00');
    await bot.store.accept('hubspot', [{ key: 'k', body: '{' }], at('2026-10-05 10:00'));
    await bot.store.accept('signals', [{ key: 'x', body: '{' }], at('2026-10-05 09:00'));
    const [dead] = await bot.store.pendingInbox('signals', bot.clock.now(), 1);
    await bot.store.commit([
      { kind: 'inbox.dead', id: dead?.id ?? 0, error: 'no JSON', at: bot.clock.now() },
      { kind: 'unknown.seen', source: 'signals', what: 'stage', value: 'odd', mapKey: 'new-business', journeyId: 'deal:1', at: 1 },
      {
        kind: 'meta.put',
        key: 'reconcile:hubspot',
        value: JSON.stringify({ goodAt: 1, comparedAt: at('2026-10-05 08:00'), retryAt: null, run: null }),
      },
    ]);
    const { health } = await homesOf(bot, ['hubspot', 'signals']).summary({ userId: 'U1', email: null, isAdmin: true }, first);
    expect(health).toMatchObject({ store: true, inbox: { pending: 1, dead: 1 }, outbox: { failed: 0 } });
    expect(health?.feeds).toEqual([
      { source: 'hubspot', lastReceivedAt: null, isStale: false, comparedAt: at('2026-10-05 08:00'), pending: 1, dead: 0, unknown: 0 },
      { source: 'signals', lastReceivedAt: expect.any(Number), isStale: false, comparedAt: null, pending: 0, dead: 1, unknown: 1 },
    ]);
  });
});
