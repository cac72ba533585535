import { describe, expect, it } from 'vitest';
import type { CrmHistory } from '../../src/app/crm.ts';
import { CrmAwayError, CrmRefusedError } from '../../src/app/errors.ts';
import { importedKey, importKey } from '../../src/app/import-state.ts';
import { type Comparison, createReconcile } from '../../src/app/reconcile.ts';
import { missedBetween, reconcileOf } from '../../src/app/reconcile-state.ts';
import { parseDuration } from '../../src/core/duration.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { minuteMs } from '../../src/core/time.ts';
import { aMap, aSignal, at } from '../core/builders.ts';
import { acme, aTeam, deal, moved } from './a-team.ts';
import { aFakeHistory, anObject } from './fake-history.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

const usual = aTeam({ reconcile: { hubspot: parseDuration('30m') }, adminChannel: '#admin', feed: { staleAfter: parseDuration('2d') } });
const start = '2026-09-07 10:00';
const fromHubspot = (signals: Signal[]) => signals.map((signal) => ({ ...signal, source: 'hubspot' }) as Signal);
const told = async (bot: SmallBot, ...signals: Signal[]) => {
  await bot.receive(fromHubspot(signals), 'hubspot');
  await bot.ingest('hubspot');
};

/** A bot since Monday ten o'clock, which knows Acme, and its comparisons with HubSpot. */
async function comparing(history: CrmHistory, { imported = true, webhooks = true, config = usual } = {}) {
  const bot = await aSmallBot({ config, now: start });
  await told(bot, ...acme());
  if (imported) await bot.store.commit([{ kind: 'meta.put', key: importedKey('hubspot'), value: String(at('2026-09-07 09:30')) }]);
  const comparisons: Comparison[] = [];
  const stop = new AbortController();
  let ids = 0;
  const reconcile = createReconcile({
    store: bot.store,
    history,
    told: webhooks,
    config: () => config,
    clock: bot.clock,
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    newId: () => `compared-${++ids}`,
    breathe: async () => undefined,
    stopping: stop.signal,
    drained: () => bot.ingest('hubspot'),
    onComparison: (comparison) => void comparisons.push(comparison),
  });
  await reconcile.run();
  return {
    bot,
    reconcile,
    comparisons,
    stop,
    async at(when: string): Promise<number> {
      bot.setTime(when);
      return reconcile.run();
    },
    fetched: async (journeyId: string) => (await bot.store.audit(journeyId, 10)).filter(({ what }) => what === 'fetched').map(({ why }) => why),
  };
}

describe('a comparison', () => {
  it('takes place regularly, first one interval after the first start', async () => {
    const history = aFakeHistory([]);
    const { at: runAt, comparisons } = await comparing(history);
    await runAt('2026-09-07 10:29:59');
    expect(comparisons).toEqual([]);
    await runAt('2026-09-07 10:30');
    await runAt('2026-09-07 10:59');
    await runAt('2026-09-07 11:00');
    expect(comparisons.map(({ outcome, at: when }) => [outcome, when])).toEqual([
      ['finished', at('2026-09-07 10:30')],
      ['finished', at('2026-09-07 11:00')],
    ]);
  });

  it('asks for what has changed since the last one began, and a little before', async () => {
    const history = aFakeHistory([anObject('2026-09-08 10:00')]);
    const { at: runAt } = await comparing(history, { imported: false });
    await runAt('2026-09-07 10:30');
    await runAt('2026-09-07 11:00');
    // All that was changed before 10:28 was in: what is younger may still be told.
    expect(history.given.map(({ since }) => since)).toEqual([at('2026-09-07 09:58'), at('2026-09-07 10:26')]);
  });

  it('begins where an import began, if that was later', async () => {
    const history = aFakeHistory([anObject('2026-09-08 10:00')]);
    const { at: runAt, bot } = await comparing(history);
    await bot.store.commit([{ kind: 'meta.put', key: importedKey('hubspot'), value: String(at('2026-09-07 10:20')) }]);
    await runAt('2026-09-07 10:30');
    expect(history.given.map(({ since }) => since)).toEqual([at('2026-09-07 10:18')]);
  });

  it('notes what it fetched of a customer at the journey after the sale', async () => {
    const history = aFakeHistory([], { rowsAPage: 10 });
    const stages = ['onboarding', 'growth'].map((key) => ({ key, from: { any: [key] }, rules: {} }));
    const config = { ...usual, maps: [...usual.maps, aMap({ key: 'after', for: { kind: 'accounts' }, rules: {}, stages })] };
    const { at: runAt, bot, fetched } = await comparing(history, { config });
    const customer = (when: string, lifecycleStage: string) =>
      aSignal('account.upserted', when, { account: { id: 'a-1', name: 'Acme GmbH', lifecycleStage } });
    await told(bot, customer('2026-09-07 09:50', 'onboarding'));
    expect(await bot.journey('account:a-1:after')).toMatchObject({ stage: 'onboarding' });
    const called = aSignal('touchpoint.recorded', '2026-09-07 10:12', { touchpoint: { accountId: 'a-1', type: 'call', direction: 'outbound' } });
    history.objects = [anObject('2026-09-07 10:10', customer('2026-09-07 10:10', 'growth')), anObject('2026-09-07 10:12', called)];
    await runAt('2026-09-07 10:30');
    expect(await bot.journey('account:a-1:after')).toMatchObject({ stage: 'growth' });
    expect(await fetched('account:a-1:after')).toEqual(['2 changes that HubSpot had not told']);
  });

  it('takes in what webhooks had missed, counts it, and notes it at the journey', async () => {
    const history = aFakeHistory([], { rowsAPage: 10 });
    const { at: runAt, bot, comparisons, fetched } = await comparing(history);
    history.objects = [
      anObject('2026-09-07 10:10', ...acme({ amount: 50_000 }).map((signal) => ({ ...signal, occurredAt: at('2026-09-07 10:10') }))),
      anObject('2026-09-07 10:12', deal('d-2', { stage: 'awareness' }), moved('2026-09-07 10:12', 'consideration', 'd-2')),
      anObject(
        '2026-09-07 10:13',
        aSignal('touchpoint.recorded', '2026-09-07 10:13', { touchpoint: { dealId: 'd-1', type: 'call', direction: 'outbound' } }),
      ),
    ];
    await runAt('2026-09-07 10:30');
    expect(comparisons).toEqual([{ source: 'hubspot', outcome: 'finished', missed: { deal: 1, touchpoint: 1 }, at: at('2026-09-07 10:30') }]);
    expect(await bot.journey('deal:d-1')).toMatchObject({ amount: 50_000 });
    expect(await bot.journey('deal:d-2')).toMatchObject({ stage: 'consideration' });
    expect(await fetched('deal:d-1')).toEqual(['2 changes that HubSpot had not told']);
    expect(await missedBetween(bot.store, 'hubspot', at(start), at('2026-09-08'))).toEqual({ deal: 1, touchpoint: 1 });
    expect(await bot.answers.why('Acme rollout')).toMatchObject({
      summary: { compared: { crm: 'HubSpot', at: at('2026-09-07 10:30'), fetchedAt: at('2026-09-07 10:30') } },
    });
    await runAt('2026-09-07 11:00');
    expect(comparisons.at(-1)).toMatchObject({ missed: {} });
    const { digest } = await bot.digestNow();
    expect(digest.feeds).toMatchObject([{ source: 'HubSpot', fetched: { crm: 'HubSpot', byKind: { deal: 1, touchpoint: 1 } } }]);
  });

  it('does not call missed what is known and was merely touched again', async () => {
    const history = aFakeHistory([
      anObject('2026-09-07 10:10', ...acme().map((signal) => ({ ...signal, id: `${signal.id} again`, occurredAt: at('2026-09-07 10:10') }))),
    ]);
    const { at: runAt, comparisons, fetched } = await comparing(history);
    await runAt('2026-09-07 10:30');
    expect(comparisons).toMatchObject([{ outcome: 'finished', missed: {} }]);
    expect(await fetched('deal:d-1')).toEqual([]);
  });

  it('sees a move that nobody told although the stage is the old one again', async () => {
    const history = aFakeHistory([
      anObject(
        '2026-09-07 10:15',
        moved('2026-09-07 10:05', 'implementation'),
        moved('2026-09-07 10:15', 'decision'),
        moved('2026-01-01', 'awareness'),
      ),
    ]);
    const { at: runAt, comparisons } = await comparing(history);
    await runAt('2026-09-07 10:30');
    expect(comparisons).toMatchObject([{ missed: { deal: 1 } }]);
  });

  it('does not call missed what came along of an older past', async () => {
    const history = aFakeHistory([anObject('2026-09-07 10:15', moved('2026-01-01', 'awareness'))]);
    const { at: runAt, comparisons, bot } = await comparing(history);
    await runAt('2026-09-07 10:30');
    expect(comparisons).toMatchObject([{ missed: {} }]);
    expect((await bot.store.signalsOf({ kind: 'deal', id: 'd-1' }, 10)).map(({ type }) => type)).toContain('stage.entered');
  });

  it('calls a record missed that is new, unless nothing was imported and it may be old', async () => {
    const fresh = aSignal('deal.upserted', '2026-09-07 10:20', { deal: { id: 'd-9', name: 'Nine', stage: 'decision' } });
    for (const [imported, missed] of [
      [true, { deal: 1 }],
      [false, {}],
    ] as const) {
      const { at: runAt, comparisons, bot } = await comparing(aFakeHistory([anObject('2026-09-07 10:20', fresh)]), { imported });
      await runAt('2026-09-07 10:30');
      expect(comparisons).toMatchObject([{ missed }]);
      expect(await bot.journey('deal:d-9')).not.toBeNull();
    }
  });

  it('leaves what may still be on its way to the next comparison, which calls it missed unless it was told meanwhile', async () => {
    const young = [anObject('2026-09-07 10:29', moved('2026-09-07 10:29'))];
    for (const [isTold, missed] of [
      [true, {}],
      [false, { deal: 1 }],
    ] as const) {
      const { at: runAt, bot, comparisons } = await comparing(aFakeHistory(young));
      await runAt('2026-09-07 10:30');
      expect(comparisons).toMatchObject([{ missed: {} }]);
      expect(await bot.journey('deal:d-1')).toMatchObject({ stage: 'decision' });
      if (isTold) await told(bot, moved('2026-09-07 10:29'));
      await runAt('2026-09-07 11:00');
      expect(comparisons.slice(1)).toMatchObject([{ missed }]);
      expect(await bot.journey('deal:d-1')).toMatchObject({ stage: 'implementation' });
    }
  });

  it('leaves a deal that nobody has named whole: no card is called by an id', async () => {
    const unheard = anObject(
      '2026-09-07 10:29',
      moved('2026-08-03 09:00', 'decision', 'd-9'),
      aSignal('deal.upserted', '2026-09-07 10:29', { deal: { id: 'd-9', name: 'Beta', stage: 'decision' } }),
    );
    const { at: runAt, bot } = await comparing(aFakeHistory([unheard]));
    await runAt('2026-09-07 10:30');
    expect(await bot.journey('deal:d-9')).toBeNull();
    await runAt('2026-09-07 11:00');
    expect(await bot.journey('deal:d-9')).toMatchObject({ name: 'Beta', stage: 'decision', stageEnteredAt: at('2026-08-03 09:00') });
  });

  it('takes in at once what is young where nothing is told, and counts it; and where the CRM may have forgotten something', async () => {
    const young = [anObject('2026-09-07 10:29', moved('2026-09-07 10:29'))];
    const asked = await comparing(aFakeHistory(young), { webhooks: false });
    await asked.at('2026-09-07 10:30');
    expect(asked.comparisons).toMatchObject([{ missed: { deal: 1 } }]);
    const gap = await comparing(aFakeHistory(young));
    gap.reconcile.soon();
    await gap.at('2026-09-07 10:30');
    expect(await gap.bot.journey('deal:d-1')).toMatchObject({ stage: 'implementation' });
  });

  it('says nothing of one page that a later one takes back, however young both are', async () => {
    const history = aFakeHistory([], { rowsAPage: 1 });
    const config = { ...usual, ...aTeam({ rules: { 'close-date': {} }, reconcile: usual.reconcile }) };
    const { at: runAt, bot } = await comparing(history, { webhooks: false, config });
    const closing = (when: string, closeDate: string) => aSignal('deal.upserted', when, { deal: { id: 'd-1', closeDate } });
    history.objects = [
      anObject('2026-09-07 10:27', closing('2026-09-07 10:27', '2026-09-01')),
      anObject('2026-09-07 10:28', closing('2026-09-07 10:28', '2026-12-01')),
    ];
    await runAt('2026-09-07 10:30');
    await bot.at('2026-09-07 10:31');
    expect(await bot.alerts('deal:d-1')).toEqual([]);
    history.objects = [anObject('2026-09-07 10:50', closing('2026-09-07 10:50', '2026-09-01'))];
    await runAt('2026-09-07 11:00');
    expect(await bot.alerts('deal:d-1')).toEqual([]);
    await bot.at('2026-09-07 11:01');
    expect((await bot.alerts('deal:d-1')).map(({ rule, state }) => [rule, state])).toEqual([['close-date', 'open']]);
  });

  it('counts what is missed however short the interval, once each', async () => {
    const eachMinute = aTeam({ reconcile: { hubspot: parseDuration('1m') }, adminChannel: '#admin' });
    const history = aFakeHistory([], { rowsAPage: 10 });
    const { at: runAt, bot, comparisons } = await comparing(history, { config: eachMinute });
    for (let minute = 1; minute <= 20; minute += 1) {
      const now = `2026-09-07 10:${String(minute).padStart(2, '0')}`;
      const change = aSignal('touchpoint.recorded', `${now}:00`, { touchpoint: { dealId: 'd-1', type: 'call', direction: 'outbound' } });
      history.objects = [...history.objects, anObject(`${now}:00`, change)];
      bot.setTime(`${now}:30`);
      // Every second one is told, half a minute later.
      if (minute % 2 === 0) await told(bot, change);
      await runAt(`${now}:40`);
    }
    const counted = (): number => comparisons.reduce((sum, { missed }) => sum + (missed.touchpoint ?? 0), 0);
    // The last one is too young.
    expect(counted()).toBe(9);
    await runAt('2026-09-07 10:22');
    expect(counted()).toBe(10);
  });

  it('first lets in what has been told', async () => {
    const history = aFakeHistory([anObject('2026-09-07 10:10', moved('2026-09-07 10:10'))]);
    const { at: runAt, comparisons, bot } = await comparing(history);
    await bot.receive(fromHubspot([moved('2026-09-07 10:10')]), 'hubspot');
    await runAt('2026-09-07 10:30');
    expect(comparisons).toMatchObject([{ missed: {} }]);
  });

  it('leaves what is known to the letter unwritten', async () => {
    const { at: runAt, bot } = await comparing(aFakeHistory([anObject('2026-09-07 10:10', ...fromHubspot(acme()))]));
    const before = await bot.store.loadNeighbourhood([{ kind: 'deal', id: 'd-1' }]);
    await runAt('2026-09-07 10:30');
    expect((await bot.store.loadNeighbourhood([{ kind: 'deal', id: 'd-1' }])).deals).toEqual(before.deals);
  });

  it('is as good as hearing from the CRM: its silence means something', async () => {
    const { at: runAt, bot } = await comparing(aFakeHistory([]));
    await runAt('2026-09-12 10:00');
    await bot.watchFeeds();
    expect(await bot.alerts('feed:hubspot')).toEqual([]);
    bot.setTime('2026-09-15 10:00');
    await bot.watchFeeds();
    expect(await bot.alerts('feed:hubspot')).toMatchObject([{ rule: 'stale-feed' }]);
  });
});

describe('a comparison that is cut off', () => {
  const objects = [1, 2, 3, 4, 5, 6].map((number) =>
    anObject(
      '2026-09-07 10:10',
      aSignal('deal.upserted', '2026-09-07 10:10', { deal: { id: `d-${10 + number}`, name: `Deal ${number}`, stage: 'decision' } }),
    ),
  );

  it('by an outage goes on where it was, when the CRM wants to be asked again; the good point stays until then', async () => {
    const history = aFakeHistory(objects);
    history.failAt.set(1, new CrmAwayError('too many', at('2026-09-07 10:42')));
    const { at: runAt, comparisons, bot } = await comparing(history);
    await runAt('2026-09-07 10:30');
    expect(await reconcileOf(bot.store, 'hubspot')).toMatchObject({ goodAt: at(start), retryAt: at('2026-09-07 10:42'), run: { cursor: '2' } });
    await runAt('2026-09-07 10:41');
    await runAt('2026-09-07 10:42');
    expect(comparisons).toMatchObject([
      { outcome: 'away', missed: {} },
      { outcome: 'finished', missed: { deal: 6 } },
    ]);
    expect(history.given.map(({ from }) => from)).toEqual([0, 2, 4]);
    expect(await reconcileOf(bot.store, 'hubspot')).toEqual({
      goodAt: at('2026-09-07 10:28'),
      comparedAt: at('2026-09-07 10:42'),
      retryAt: null,
      run: null,
    });
  });

  it('by a stop of the bot ends after the slice at hand, and goes on at the next start', async () => {
    const history = aFakeHistory(objects, { onPage: (page) => page === 1 && first.stop.abort() });
    const first = await comparing(history);
    await first.at('2026-09-07 10:30');
    expect(first.comparisons).toEqual([]);
    expect(await reconcileOf(first.bot.store, 'hubspot')).toMatchObject({ retryAt: null, run: { cursor: '2', missed: { deal: 2 } } });
    await first.at('2026-09-07 10:40');
    expect(history.given).toHaveLength(1);
  });

  it('by a mistake of ours is tried again later', async () => {
    const history = aFakeHistory(objects);
    history.failAt.set(0, new TypeError('undefined is not a function'));
    const { at: runAt, comparisons } = await comparing(history);
    await runAt('2026-09-07 10:30');
    await runAt('2026-09-07 10:34');
    await runAt('2026-09-07 10:35');
    expect(comparisons.map(({ outcome }) => outcome)).toEqual(['failed', 'finished']);
  });

  it('by a refusal tells the admin channel what to do, once a day', async () => {
    const history = aFakeHistory(objects);
    const { at: runAt, bot, comparisons } = await comparing(history);
    for (const when of ['2026-09-07 10:30', '2026-09-07 11:00', '2026-09-08 10:00']) {
      history.failAt.set(0, new CrmRefusedError('Give the token the scope crm.objects.deals.read'));
      await runAt(when);
    }
    await bot.deliver.run();
    expect(comparisons.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused']);
    const notices = bot.slack.messages('#admin').map(({ message }) => message);
    expect(notices).toMatchObject([
      {
        kind: 'notice',
        title: 'HubSpot cannot be compared with what I know',
        lines: [expect.stringContaining('crm.objects.deals.read'), expect.any(String)],
      },
      { kind: 'notice' },
    ]);
    await runAt('2026-09-08 10:30');
    expect(comparisons.at(-1)).toMatchObject({ outcome: 'finished' });
  });
});

describe('no comparison takes place', () => {
  it('while an import is under way: what that has not reached was not missed', async () => {
    const history = aFakeHistory([]);
    const { at: runAt, bot, comparisons } = await comparing(history);
    const running = { aliveUntil: at('2026-09-07 10:31'), finishedAt: null };
    await bot.store.commit([{ kind: 'meta.put', key: importKey('hubspot'), value: JSON.stringify(running) }]);
    await runAt('2026-09-07 10:30');
    expect(comparisons).toEqual([]);
    expect(await runAt('2026-09-07 10:31')).toBe(at('2026-09-07 10:32'));
    expect(comparisons).toMatchObject([{ outcome: 'finished' }]);
  });

  it('where it is off', async () => {
    const history = aFakeHistory([], { source: 'pipedrive' });
    const { at: runAt, comparisons } = await comparing(history);
    await runAt('2026-09-09 10:30');
    expect(comparisons).toEqual([]);
  });
});

it('a CRM that says it may have forgotten something is asked soon', async () => {
  const { at: runAt, reconcile, comparisons } = await comparing(aFakeHistory([]));
  reconcile.soon();
  await runAt('2026-09-07 10:01');
  await runAt('2026-09-07 10:02');
  expect(comparisons.map(({ at: when }) => when)).toEqual([at(start) + minuteMs]);
});

it('… and where it was away then, as soon as it is back', async () => {
  const history = aFakeHistory([]);
  const { at: runAt, reconcile, comparisons } = await comparing(history);
  history.failAt.set(0, new CrmAwayError('too many', at('2026-09-07 10:05')));
  reconcile.soon();
  for (const when of ['2026-09-07 10:01', '2026-09-07 10:04', '2026-09-07 10:05', '2026-09-07 10:06']) await runAt(when);
  expect(comparisons.map(({ outcome, at: when }) => [outcome, when])).toEqual([
    ['away', at('2026-09-07 10:01')],
    ['finished', at('2026-09-07 10:05')],
  ]);
});
