import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type Joined, joinHubspot } from './joined.ts';

const open: Joined[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((joined) => joined.close()));
});
const join = async () => {
  const joined = await joinHubspot();
  open.push(joined);
  return joined;
};

/** Two companies in a few steps, with everything that can change. `step` is called after each. */
async function story({ hubspot: { records }, tick }: Joined, step: () => Promise<void> = async () => undefined): Promise<void> {
  const next = async (): Promise<void> => {
    tick(120_000);
    await step();
  };
  const acme = records.create('companies', { name: 'Acme', hubspot_owner_id: '11' });
  const deal = records.create('deals', { dealname: 'Rollout', pipeline: 'default', dealstage: 'appointmentscheduled', amount: '10' });
  const priya = records.create('contacts', { firstname: 'Priya', email: 'p@acme.example' });
  const jo = records.create('contacts', { firstname: 'Jo', email: 'j@acme.example' });
  records.associate(['deals', deal], ['companies', acme], { primary: true });
  records.associate(['deals', deal], ['contacts', priya]);
  await next();
  records.update('deals', deal, { dealstage: 'contractsent', amount: '20' });
  await next();
  records.update('deals', deal, { dealstage: 'qualifiedtobuy' });
  const globex = records.create('companies', { name: 'Globex' });
  await next();
  records.associate(['deals', deal], ['companies', globex], { primary: true });
  records.associate(['deals', deal], ['contacts', jo]);
  await next();
  const twin = records.create('contacts', { email: 'jo2@acme.example' });
  await next();
  records.merge('contacts', jo, [twin]);
  const short = records.create('deals', { dealname: 'Short-lived' });
  await next();
  records.remove('deals', short);
  records.remove('companies', acme);
  await next();
  const call = records.create('calls', { hs_timestamp: '2026-06-01T12:30:00Z', hs_call_direction: 'INBOUND' });
  records.associate(['calls', call], ['deals', deal]);
  await next();
  records.erase(priya);
  await next();
}

/** Without the time a record was first heard of, which is a matter of what came, not of what is true. */
const seen = (joined: Joined) =>
  Object.fromEntries(
    [...joined.records()].map(([key, { firstSeenAt: _, ...record }]) => [key, record] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** A fixed shuffle by a number. */
const shuffled = <Item>(items: Item[], seed: number): Item[] => {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
};

describe('disorder', () => {
  it('ends with the same records in any order, doubled, in bodies of any size', async () => {
    const inOrder = await join();
    await story(inOrder);
    await inOrder.send();
    await inOrder.process();
    const expected = seen(inOrder);
    expect(Object.keys(expected)).toHaveLength(6);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 2 ** 31 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 2 }),
        async (seed, batch, times) => {
          const joined = await join();
          await story(joined);
          await joined.send({ order: (events) => shuffled(events, seed), batch, times });
          await joined.process();
          expect(seen(joined)).toEqual(expected);
          await joined.close();
          open.splice(open.indexOf(joined), 1);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('ends with the same records when every event is looked up at once as when all are looked up in the end', async () => {
    const live = await join();
    await story(live);
    const events = live.hubspot.records.events.splice(0);
    for (const event of shuffled(events, 7)) {
      live.hubspot.records.events.push(event);
      await live.send();
      await live.process();
    }
    const late = await join();
    await story(late);
    await late.send();
    await late.process();
    expect(seen(live)).toEqual(seen(late));
  });

  it('ends with the same records when it looks every time something happens', async () => {
    const live = await join();
    await story(live, async () => {
      await live.send({ order: (events) => events.toReversed() });
      await live.process();
    });
    const late = await join();
    await story(late);
    await late.send();
    await late.process();
    // Who looks more often sees more of what was there in between, and nothing else in the end.
    const now = (joined: Joined) =>
      Object.entries(seen(joined)).map(([key, record]) => {
        if (record.deletedAt !== null || record.erasedAt !== null) return [key, record.deletedAt, record.erasedAt];
        const stages = 'stages' in record ? record.stages.filter(({ entered }) => entered) : [];
        return [key, { ...record, stages, closeDates: [], merges: [] }];
      });
    expect(now(live)).toEqual(now(late));
  });

  it('counts an event that comes twice once, though its attempt number differs', async () => {
    const joined = await join();
    joined.hubspot.records.create('deals', { dealname: 'Once' });
    const [event] = joined.hubspot.records.events;
    expect(await joined.send()).toEqual([200]);
    joined.hubspot.records.events.push({ ...event, attemptNumber: 3 } as (typeof joined.hubspot.records.events)[number]);
    expect(await joined.send()).toEqual([200]);
    expect(joined.waiting()).toBe(1);
  });

  it('says the same state with the same signals', async () => {
    const joined = await join();
    await story(joined);
    const events = [...joined.hubspot.records.events];
    const rows = events.map((event, index) => ({
      id: index,
      source: 'hubspot' as const,
      key: String(index),
      body: JSON.stringify(event),
      receivedAt: 0,
      attempts: 0,
    }));
    const once = await joined.source.parse(rows, 4e12);
    const again = await joined.source.parse(rows.toReversed(), 4e12);
    const ids = (outcomes: typeof once): string[] =>
      outcomes.flatMap((outcome) => (outcome.kind === 'signals' ? outcome.signals.map(({ id }) => id) : [])).sort();
    expect(ids(again)).toEqual(ids(once));
    expect(new Set(ids(once)).size).toBe(ids(once).length);
  });
});
