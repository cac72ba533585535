import { describe, expect, it } from 'vitest';
import type { CrmHistory } from '../../src/app/crm.ts';
import { ConflictError, CrmAwayError, CrmRefusedError, StoreError } from '../../src/app/errors.ts';
import { createImport, type ImportWatch } from '../../src/app/import-history.ts';
import { importOf, refusedKey } from '../../src/app/import-state.ts';
import type { Store } from '../../src/app/ports.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { minuteMs } from '../../src/core/time.ts';
import { aSignal, at } from '../core/builders.ts';
import { acme, aTeam, deal, moved } from './a-team.ts';
import { aFakeHistory, anObject } from './fake-history.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

const config = aTeam({ alerts: { importSummaryOver: 3, settle: { amount: 2, unit: 's' } }, feed: { staleAfter: { amount: 2, unit: 'd' } } });
const now = '2026-10-01 09:00:00';
const manyDeals = (count: number) => Array.from({ length: count }, (_, index) => anObject('2026-09-07 09:00', deal(`d-${index + 1}`)));
const kinds = (bot: SmallBot) => bot.slack.messages().map(({ message }) => message.kind);

/** An import into a small bot's store, at the bot's time; waiting lets the time pass. */
function importing(
  bot: SmallBot,
  history: CrmHistory,
  { store = bot.store, onWait = () => undefined as unknown }: { store?: Store; onWait?(): unknown } = {},
) {
  let ids = 0;
  const run = createImport({
    store,
    history,
    config: () => config,
    clock: bot.clock,
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    newId: () => `import-${++ids}`,
    breathe: async () => undefined,
    async waitUntil(until) {
      await onWait();
      bot.setTime(until);
    },
  });
  return (order: { order?: string; since?: string; restart?: boolean } = {}, watch: Partial<ImportWatch> = {}) =>
    run(
      { order: order.order ?? 'all', since: order.since === undefined ? null : at(order.since), restart: order.restart ?? false },
      { stopping: new AbortController().signal, ...watch },
    );
}

/** What is known of records and journeys, without how often it was written. */
async function known(bot: SmallBot, ...dealIds: string[]) {
  const around = await bot.store.loadNeighbourhood(dealIds.map((id) => ({ kind: 'deal', id })));
  const records = [...around.accounts, ...around.deals, ...around.people].map(([id, { record }]) => [id, record]);
  return { records, signals: await Promise.all(dealIds.map((id) => bot.store.signalsOf({ kind: 'deal', id }, 100))) };
}

async function revisions(bot: SmallBot, ...dealIds: string[]) {
  const around = await bot.store.loadNeighbourhood(dealIds.map((id) => ({ kind: 'deal', id })));
  return [...around.deals].map(([id, { revision }]) => [id, revision]);
}

describe('an import', () => {
  it('takes in what the CRM remembers, and says how much that was', async () => {
    const bot = await aSmallBot({ config, now });
    const person = aSignal('person.upserted', '2026-09-08 09:00', { person: { id: 'p-1', accountId: 'a-1', dealIds: ['d-1'], name: 'Priya Nair' } });
    const call = aSignal('touchpoint.recorded', '2026-09-09 09:00', {
      touchpoint: { dealId: 'd-1', personId: 'p-1', type: 'call', direction: 'outbound' },
    });
    const history = aFakeHistory([
      anObject(now, ...acme()),
      anObject(now, person, call),
      { ...anObject(now), refused: { where: 'line 3', why: 'no id' } },
    ]);
    const refused: unknown[] = [];
    const done = await importing(bot, history)({}, { onRefused: async (rows) => void refused.push(...rows) });
    expect(done).toMatchObject({
      how: 'finished',
      resumed: false,
      tally: {
        rows: 3,
        refused: 1,
        signals: 4,
        known: 0,
        created: { account: 1, deal: 1, person: 1 },
        changed: { account: 0, deal: 0, person: 0 },
        touchpoints: 1,
      },
    });
    expect(refused).toEqual([{ where: 'line 3', why: 'no id' }]);
    expect(await bot.journey('deal:d-1')).toMatchObject({ stage: 'decision', source: 'hubspot', settlingSince: at(now) });
  });

  it('says again what was refused of the pages that are in when it goes on, each once', async () => {
    const bot = await aSmallBot({ config, now });
    const odd = (line: number) => ({ ...anObject(now), refused: { where: `line ${line}`, why: 'no id' } });
    const history = aFakeHistory([odd(1), odd(2), anObject(now, ...acme()), anObject(now), odd(5), odd(6)]);
    const read = async (): Promise<string[]> => {
      const refused: string[] = [];
      await importing(bot, history)({}, { onRefused: async (rows) => void refused.push(...rows.map(({ where }) => where)) });
      return refused;
    };
    history.failAt.set(2, new CrmRefusedError('no'));
    await expect(read()).rejects.toThrow('no');
    expect(await read()).toEqual(['line 1', 'line 2', 'line 5', 'line 6']);
    expect(await bot.store.meta(refusedKey('hubspot', 0))).toBe('[]');
    // Another one begins with nothing.
    history.failAt.set(1, new CrmRefusedError('no'));
    await expect(read()).rejects.toThrow('no');
    expect(await read()).toEqual(['line 1', 'line 2', 'line 5', 'line 6']);
  });

  it('that was cut off in the middle of a page counts everything once', async () => {
    const moves = Array.from({ length: 400 }, (_, nth) => moved('2026-09-01 09:00', `s-${nth}`, `d-${nth % 90}`));
    const mentions = { where: 'line 2', deal: 'd-9', by: 'id' } as const;
    const objects = [anObject(now, ...acme()), { ...anObject(now, ...moves), mentions }, anObject(now, ...acme())];
    const whole = await importing(await aSmallBot({ config, now }), aFakeHistory(objects, { rowsAPage: 3 }))();
    const bot = await aSmallBot({ config, now });
    let commits = 0;
    const failing: Store = {
      ...bot.store,
      async commit(...args) {
        commits += 1;
        if (commits === 4) throw new StoreError('the disk is full');
        return bot.store.commit(...args);
      },
    };
    await expect(importing(bot, aFakeHistory(objects, { rowsAPage: 3 }), { store: failing })()).rejects.toThrow('the disk is full');
    const { tally, resumed } = await importing(bot, aFakeHistory(objects, { rowsAPage: 3 }))();
    expect(resumed).toBe(true);
    expect(tally).toEqual(whole.tally);
    expect(tally.strays?.moves).toBe(400);
  });

  it('done again changes nothing', async () => {
    const bot = await aSmallBot({ config, now });
    const history = aFakeHistory([anObject(now, ...acme()), ...manyDeals(3).slice(1)]);
    await importing(bot, history)();
    await bot.at('2026-10-01 09:05');
    const before = [await known(bot, 'd-1', 'd-2'), await revisions(bot, 'd-1', 'd-2'), await bot.journey('deal:d-1')];
    const again = await importing(bot, history)();
    expect(again).toMatchObject({ how: 'finished', resumed: false, tally: { signals: 4, known: 4, touchpoints: 0 } });
    await bot.at('2026-10-01 09:10');
    expect([await known(bot, 'd-1', 'd-2'), await revisions(bot, 'd-1', 'd-2'), await bot.journey('deal:d-1')]).toEqual(before);
    expect(kinds(bot)).toEqual(['card', 'card', 'card']);
  });

  it('of what webhooks have told says nothing twice, and counts what it changes', async () => {
    const bot = await aSmallBot({ config, now });
    const told = acme().map((signal) => ({ ...signal, source: 'hubspot' }) as const);
    await bot.receive(told, 'hubspot');
    await bot.ingest('hubspot');
    const history = aFakeHistory([anObject(now, ...told), anObject(now, moved('2026-09-20 09:00'))]);
    expect(await importing(bot, history)()).toMatchObject({
      tally: { known: 2, moves: 1, created: { deal: 0 }, changed: { deal: 1, account: 0 } },
    });
    expect(await bot.journey('deal:d-1')).toMatchObject({ stage: 'implementation' });
  });

  it('asks for one page after the other, and for the next only when the last is in', async () => {
    const bot = await aSmallBot({ config, now });
    const standing: (string | null | undefined)[] = [];
    const pages: Promise<void>[] = [];
    const onPage = () => void pages.push(importOf(bot.store, 'hubspot').then((state) => void standing.push(state?.cursor)));
    await importing(bot, aFakeHistory(manyDeals(6), { onPage }))();
    await Promise.all(pages);
    expect(standing).toEqual([null, '2', '4']);
  });

  it('of nothing at all is finished', async () => {
    const bot = await aSmallBot({ config, now });
    expect(await importing(bot, aFakeHistory([]))()).toMatchObject({ how: 'finished', tally: { rows: 0 } });
    const silent = { ...aFakeHistory([]), async *pages() {} };
    expect(await importing(bot, silent)()).toMatchObject({ how: 'finished' });
  });
});

describe('an import that was cut off', () => {
  it('goes on after the last page that was in whole', async () => {
    const bot = await aSmallBot({ config, now });
    const history = aFakeHistory(manyDeals(6));
    const stop = new AbortController();
    const first = await importing(bot, history)({}, { stopping: stop.signal, onProgress: ({ tally }) => tally.rows >= 2 && stop.abort() });
    expect(first).toMatchObject({ how: 'stopped', tally: { rows: 2 } });
    expect(await importing(bot, history)()).toMatchObject({ how: 'finished', resumed: true, tally: { rows: 6, known: 0, created: { deal: 6 } } });
    expect(history.given.map(({ from }) => from)).toEqual([0, 2, 4]);
  });

  it('in the middle of a page loses and doubles nothing', async () => {
    const objects = Array.from({ length: 300 }, (_, index) => anObject('2026-09-07 09:00', deal(`d-${index}`)));
    const bot = await aSmallBot({ config, now });
    let commits = 0;
    const failing: Store = {
      ...bot.store,
      async commit(changes) {
        commits += 1;
        if (commits === 3) throw new Error('the power is gone');
        await bot.store.commit(changes);
      },
    };
    const history = aFakeHistory(objects, { rowsAPage: 300 });
    await expect(importing(bot, history, { store: failing })()).rejects.toThrow('the power is gone');
    expect(await importOf(bot.store, 'hubspot')).toMatchObject({ cursor: null, finishedAt: null, tally: { rows: 0, signals: 128 } });
    const end = await importing(bot, history)();
    expect(end).toMatchObject({ resumed: true, tally: { rows: 300, created: { deal: 300 }, known: 0 } });
    const undisturbed = await aSmallBot({ config, now });
    await importing(undisturbed, aFakeHistory(objects, { rowsAPage: 300 }))();
    expect(await known(bot, 'd-0', 'd-127', 'd-128', 'd-299')).toEqual(await known(undisturbed, 'd-0', 'd-127', 'd-128', 'd-299'));
  });

  it('begins anew when something else is imported, and when told to', async () => {
    const bot = await aSmallBot({ config, now });
    const stopped = async (order: object) => {
      const stop = new AbortController();
      await importing(bot, aFakeHistory(manyDeals(6)))(order, { stopping: stop.signal, onProgress: ({ tally }) => tally.rows >= 2 && stop.abort() });
    };
    await stopped({});
    const other = aFakeHistory(manyDeals(6));
    expect(await importing(bot, other)({ order: 'since September', since: '2026-09-01' })).toMatchObject({ resumed: false, tally: { rows: 6 } });
    expect(other.given[0]).toEqual({ since: at('2026-09-01'), from: 0, to: 2 });
    await stopped({});
    expect(await importing(bot, aFakeHistory(manyDeals(6)))({ restart: true })).toMatchObject({ resumed: false, tally: { rows: 6 } });
  });
});

describe('an import whose CRM', () => {
  it('is away waits, and goes on with the page it could not get', async () => {
    const bot = await aSmallBot({ config, now });
    const history = aFakeHistory(manyDeals(6));
    const waits: unknown[] = [];
    history.failAt.set(1, new CrmAwayError('too many', at('2026-10-01 09:07')));
    const end = await importing(bot, history)(
      {},
      { onProgress: ({ waitingUntil, why }) => waitingUntil !== null && waits.push([waitingUntil, why]) },
    );
    expect(end).toMatchObject({ how: 'finished', tally: { rows: 6, known: 0 } });
    expect(waits).toEqual([[at('2026-10-01 09:07'), 'too many']]);
    expect(history.given.map(({ from }) => from)).toEqual([0, 2, 4]);
    expect(bot.clock.now()).toBe(at('2026-10-01 09:07'));
  });

  it('refuses ends with what it says, and what is in stays in', async () => {
    const bot = await aSmallBot({ config, now });
    const history = aFakeHistory(manyDeals(6));
    history.failAt.set(1, new CrmRefusedError('Give the token the scope crm.objects.deals.read'));
    await expect(importing(bot, history)()).rejects.toThrow('crm.objects.deals.read');
    expect(await bot.journey('deal:d-2')).not.toBeNull();
    expect(await importing(bot, history)()).toMatchObject({ resumed: true, tally: { rows: 6 } });
  });
});

describe('what an import brings to light', () => {
  it('is one summary a channel, however long the import takes and the CRM is away', async () => {
    const bot = await aSmallBot({ config, now });
    const history = aFakeHistory(manyDeals(8));
    const onWait = async (): Promise<void> => {
      for (const minute of [1, 11, 29]) await bot.at(at(now) + minute * minuteMs);
    };
    history.failAt.set(2, new CrmAwayError('too many', at(now) + 30 * minuteMs));
    await importing(bot, history, { onWait })();
    expect(kinds(bot)).toEqual([]);
    await bot.at(at(now) + 30 * minuteMs + 2000);
    expect(kinds(bot)).toEqual(['import-summary']);
    expect(bot.slack.messages()[0]?.message).toMatchObject({ journeys: 8 });
  });

  it('is said some minutes after it was cut off, and not gone on with', async () => {
    const bot = await aSmallBot({ config, now });
    const stop = new AbortController();
    await importing(bot, aFakeHistory(manyDeals(6)))({}, { stopping: stop.signal, onProgress: ({ tally }) => tally.rows >= 2 && stop.abort() });
    await bot.at('2026-10-01 09:01');
    expect(kinds(bot)).toEqual([]);
    await bot.at('2026-10-01 09:02');
    expect(kinds(bot)).toEqual(['card', 'card']);
  });

  it('is judged late even where it happened a moment ago', async () => {
    const bot = await aSmallBot({ config, now });
    await importing(bot, aFakeHistory([anObject(now, aSignal('deal.upserted', '2026-10-01 08:59', { deal: { id: 'd-1', stage: 'decision' } }))]))();
    expect(await bot.journey('deal:d-1')).toMatchObject({ settlingSince: at(now), evaluatedAt: null });
  });

  it('does not make a feed of the CRM that could fall silent', async () => {
    const bot = await aSmallBot({ config, now });
    await importing(bot, aFakeHistory(manyDeals(1)))();
    expect(await bot.store.feeds()).toEqual([{ source: 'hubspot', lastReceivedAt: null, lateAt: at(now) }]);
    await bot.at('2026-10-20 09:00');
    await bot.watchFeeds();
    expect(await bot.alerts('feed:hubspot')).toEqual([]);
    expect(await bot.alerts('deal:d-1')).toMatchObject([{ rule: 'stalled', inhibitedBy: null }]);
  });
});

describe('an import beside a running bot', () => {
  it('decides again when somebody has written first', async () => {
    const bot = await aSmallBot({ config, now });
    await bot.receive(acme(), 'hubspot');
    await bot.ingest('hubspot');
    let beaten = false;
    const shared: Store = {
      ...bot.store,
      async commit(changes) {
        const touches = changes.some((change) => change.kind === 'record.put');
        if (touches && !beaten) {
          beaten = true;
          await bot.receive([moved('2026-09-25 09:00', 'implementation')], 'hubspot');
          await bot.ingest('hubspot');
        }
        await bot.store.commit(changes);
      },
    };
    await importing(bot, aFakeHistory([anObject(now, moved('2026-09-20 09:00', 'consideration'))]), { store: shared })();
    expect(beaten).toBe(true);
    const around = await bot.store.loadNeighbourhood([{ kind: 'deal', id: 'd-1' }]);
    expect(around.deals.get('d-1')?.record.stages.map(({ stage }) => stage)).toEqual(['implementation', 'consideration', 'decision']);
  });

  it('gives up where it is beaten again and again, and goes on the next time', async () => {
    const bot = await aSmallBot({ config, now });
    const beaten: Store = {
      ...bot.store,
      async commit(changes) {
        if (changes.some((change) => change.kind === 'record.put')) throw new ConflictError('again');
        await bot.store.commit(changes);
      },
    };
    const history = aFakeHistory(manyDeals(2));
    await expect(importing(bot, history, { store: beaten })()).rejects.toThrow(ConflictError);
    expect(await importing(bot, history)()).toMatchObject({ resumed: true, how: 'finished', tally: { rows: 2 } });
  });
});

it('groups what belongs to one account, so that each journey is touched once', async () => {
  const bot = await aSmallBot({ config, now });
  const signals: Signal[] = [];
  for (let round = 0; round < 40; round++) {
    for (const id of ['1', '2', '3', '4'])
      signals.push(
        aSignal('touchpoint.recorded', at('2026-09-08') + round * minuteMs, {
          touchpoint: { dealId: `d-${id}`, type: 'email', direction: 'outbound' },
        }),
      );
  }
  for (const id of ['1', '2', '3', '4']) signals.push(deal(`d-${id}`, { accountId: `a-${id}` }));
  let puts = 0;
  const counting: Store = {
    ...bot.store,
    async commit(changes) {
      puts += changes.filter((change) => change.kind === 'record.put' && change.record.kind === 'deal').length;
      await bot.store.commit(changes);
    },
  };
  await importing(bot, aFakeHistory([anObject(now, ...signals)]), { store: counting })();
  // Two slices, and no deal lies across.
  expect(puts).toBe(4);
});
