import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { acme } from './acme.ts';
import { alive, type Joined, joinPipedrive, monday, readAll, signalsIn } from './joined.ts';
import { play } from './story.ts';

let joined: Joined;
afterEach(() => joined.close());

const nothing = async (): Promise<void> => undefined;

/** The same numbers for the same seed. */
function shuffled<Item>(items: Item[], seed: number): Item[] {
  let state = seed;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state;
  };
  return items
    .map((item) => ({ item, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

describe('one history', () => {
  let told: ReturnType<typeof alive>;
  beforeAll(async () => {
    joined = await joinPipedrive();
    await play(joined, async () => {
      await joined.arrive();
    });
    await joined.process();
    expect([joined.waiting(), joined.dead]).toEqual([0, []]);
    told = alive(joined.signals);
    expect(Object.keys(told)).toHaveLength(5);
    await joined.close();
  }, 20_000);

  it.each([0, 1, 2])('is the same told live, and told in disorder, twice, with a third missing, and reconciled (%i)', async (lost) => {
    joined = await joinPipedrive();
    await play(joined, nothing);
    await joined.arrive({ times: 2, order: (events) => shuffled(events, lost + 1), lose: (_event, index) => index % 3 === lost });
    joined.signals.push(...signalsIn(await readAll(joined.history(), { since: monday })));
    expect(alive(joined.signals)).toEqual(told);
  });

  it('is the same told live, and told until a ban, and reconciled', async () => {
    joined = await joinPipedrive();
    let steps = 0;
    await play(joined, async () => {
      steps += 1;
      await joined.arrive({ lose: () => steps > 9 });
    });
    expect(alive(joined.signals)).not.toEqual(told);
    joined.signals.push(...signalsIn(await readAll(joined.history(), { since: monday })));
    expect(alive(joined.signals)).toEqual(told);
  });

  it('is the same told live, and imported, before or after the webhooks', async () => {
    joined = await joinPipedrive();
    await play(joined, nothing);
    const imported = signalsIn(await readAll(joined.history()));
    expect(alive(imported)).toEqual(told);
    await joined.arrive();
    expect(alive([...imported, ...joined.signals])).toEqual(told);
    expect(alive([...joined.signals, ...imported])).toEqual(told);
  });

  it('is the same after a reconciliation that heard of nothing before', async () => {
    joined = await joinPipedrive();
    await play(joined, nothing);
    const reconciled = alive(signalsIn(await readAll(joined.history(), { since: monday })));
    expect(reconciled).toEqual(alive(signalsIn(await readAll(joined.history()))));
  });
});

describe('an import', () => {
  it('goes on from every page, with nothing lost and nothing else said', async () => {
    joined = await joinPipedrive();
    await play(joined, nothing);
    joined.pipedrive.weather.mostAPage = 2;
    const all = await readAll(joined.history());
    expect(all.at(-1)?.cursor).toBeNull();
    expect(all.length).toBeGreaterThan(7);
    for (const [index, { cursor }] of all.entries()) {
      if (cursor === null) continue;
      const rest = await readAll(joined.history(), { cursor });
      expect(signalsIn(rest)).toEqual(signalsIn(all.slice(index + 1)));
    }
  });

  it('asks for the activities of those deals alone for which something is planned', async () => {
    joined = await joinPipedrive();
    const { records, requests } = joined.pipedrive;
    const deals = ['No talk', 'Done', 'Planned'].map((title) => records.create('deals', { title }));
    const [, done, planned] = deals;
    const call = records.create('activities', { type: 'call', deal_id: done, due_date: '2026-06-03' });
    records.create('activities', { type: 'call', deal_id: planned, done: true, due_date: '2026-06-01' });
    records.create('activities', { type: 'call', subject: 'Call back', deal_id: planned, due_date: '2026-06-20' });
    joined.tick(60_000);
    records.update('activities', call, { done: true });
    joined.tick(5_000);
    const imported = alive(signalsIn(await readAll(joined.history())));
    expect(requests.filter(({ path }) => path.startsWith('/api/v2/activities') && path.includes('deal_id='))).toHaveLength(1);
    expect(deals.map((id) => imported[`deal:pipedrive:${id}`])).toMatchObject([
      {},
      { nextStep: { value: null, at: monday + 60_000 } },
      { nextStep: { value: { title: 'Call back', due: '2026-06-20' }, at: monday } },
    ]);
    joined.signals.length = 0;
    await joined.arrive();
    expect(alive(joined.signals)).toEqual(imported);
  });

  it('begins a list again when Pipedrive has forgotten where it was', async () => {
    joined = await joinPipedrive();
    for (let count = 0; count < 5; count += 1) joined.pipedrive.records.create('organizations', { name: `Company ${count}` });
    joined.tick(5_000);
    joined.pipedrive.weather.mostAPage = 2;
    const [first, ...rest] = await readAll(joined.history());
    joined.pipedrive.weather.cursorsForgotten = true;
    joined.pipedrive.weather.mostAPage = 500;
    const again = signalsIn(await readAll(joined.history(), { cursor: first?.cursor ?? null }));
    for (const signal of signalsIn(rest)) expect(again).toContainEqual(signal);
  });

  it.each(['', 'nonsense', '{"phase":"leads","cursor":null}'])('begins anew with a cursor that is none of its own: %s', async (cursor) => {
    joined = await joinPipedrive();
    acme(joined);
    joined.tick(5_000);
    expect(signalsIn(await readAll(joined.history(), { cursor }))).toEqual(signalsIn(await readAll(joined.history())));
  });

  it('reads archived deals, and tells of deleted ones', async () => {
    joined = await joinPipedrive();
    const { deal } = acme(joined);
    const gone = joined.pipedrive.records.create('deals', { title: 'Gone' });
    joined.pipedrive.records.update('deals', deal, { is_archived: true });
    joined.pipedrive.records.remove('deals', gone);
    joined.tick(5_000);
    const signals = signalsIn(await readAll(joined.history()));
    expect(Object.keys(alive(signals))).toContain(`deal:pipedrive:${deal}`);
    expect(signals.filter(({ type }) => type === 'record.deleted')).toMatchObject([{ record: { kind: 'deal', id: `pipedrive:${gone}` } }]);
  });

  it('counts rows, and says which it cannot read', async () => {
    joined = await joinPipedrive();
    const { priya } = acme(joined);
    joined.pipedrive.records.update('persons', priya, { name: 17 });
    joined.tick(5_000);
    const pages = await readAll(joined.history());
    expect(pages.flatMap(({ refused }) => refused)).toEqual([{ where: `persons ${priya}`, why: expect.stringContaining('name') }]);
    expect(pages.reduce((sum, { rows }) => sum + rows, 0)).toBe(4);
  });

  it('leaves for the next time what was changed in this very second', async () => {
    joined = await joinPipedrive();
    joined.pipedrive.records.create('organizations', { name: 'Just now' });
    expect(signalsIn(await readAll(joined.history()))).toEqual([]);
    joined.tick(2_000);
    expect(signalsIn(await readAll(joined.history(), { since: monday })).map(({ type }) => type)).toContain('account.upserted');
  });

  it('ends where it is told to stop', async () => {
    joined = await joinPipedrive();
    acme(joined);
    const stopping = new AbortController();
    const cursors: (string | null)[] = [];
    for await (const { cursor } of joined.history().pages({ since: null, cursor: null }, stopping.signal)) {
      cursors.push(cursor);
      stopping.abort();
    }
    expect(cursors).toEqual([expect.any(String)]);
  });
});

describe('a reconciliation', () => {
  it('asks only for what changed', async () => {
    joined = await joinPipedrive();
    const { deal, priya } = acme(joined);
    joined.tick(3_600_000);
    joined.pipedrive.records.update('deals', deal, { value: 1 });
    joined.tick(60_000);
    const signals = signalsIn(await readAll(joined.history(), { since: monday + 3_000_000 }));
    // The person only as one of the deal's.
    expect(Object.keys(alive(signals))).toEqual([`deal:pipedrive:${deal}`, `person:pipedrive:${priya}`]);
    expect(new Set(signals.map(({ type }) => type))).toEqual(new Set(['deal.upserted', 'stage.entered', 'person.upserted']));
  });

  it('tells all open deals of a stage that its limit was changed', async () => {
    joined = await joinPipedrive();
    const { deal } = acme(joined);
    joined.tick(3_600_000);
    const [, demo] = joined.pipedrive.stages;
    Object.assign(demo ?? {}, { days_to_rotten: 5, update_time: '2026-06-01T13:00:00Z' });
    const signals = signalsIn(await readAll(joined.history(), { since: monday + 3_000_000 }));
    expect(signals).toMatchObject([{ type: 'deal.upserted', deal: { id: `pipedrive:${deal}`, stallLimit: { stage: '2', days: 5 } } }]);
  });
});

describe('signals', () => {
  it('have the same ids whenever they are read', async () => {
    joined = await joinPipedrive();
    acme(joined);
    await joined.arrive();
    const imported = signalsIn(await readAll(joined.history())).map(({ id }) => id);
    expect(new Set(imported)).toEqual(new Set([...imported, ...joined.signals.map(({ id }) => id)]));
  });
});
