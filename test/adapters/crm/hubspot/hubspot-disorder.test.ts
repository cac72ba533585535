import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { shuffled } from '../../../shuffled.ts';
import { type Joined, joinHubspot } from './joined.ts';
import { journeysOf, seen } from './seen.ts';
import { story } from './story.ts';

const open: Joined[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((joined) => joined.close()));
});
const join = async () => {
  const joined = await joinHubspot();
  open.push(joined);
  return joined;
};

describe('disorder', () => {
  it('ends with the same records in any order, doubled, in bodies of any size', { timeout: 60_000 }, async () => {
    const inOrder = await join();
    await story(inOrder);
    await inOrder.send();
    await inOrder.process();
    const expected = seen(inOrder);
    expect(Object.keys(expected)).toHaveLength(7);
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
    // Who looks more often hears more often what is known already, and learns nothing else.
    expect(journeysOf(live)).toEqual(journeysOf(late));
    expect(journeysOf(live)).toHaveLength(3);
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
