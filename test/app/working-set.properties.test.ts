import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWorkingSet } from '../../src/app/working-set.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { aConfig, aMap, aSignal } from '../core/builders.ts';
import { contentsOf, journeysOf, worldOf } from '../core/journey/records-world.ts';
import { manyTouchpoints, someSignal, toldTwice } from '../core/journey/some-signals.ts';
import { createMemoryRecords } from './memory-records.ts';

const outcomes = { won: { any: ['won'] }, lost: { any: ['lost'] } };
const config = aConfig({ maps: [aMap({ outcomes }), aMap({ key: 'customers', for: { kind: 'accounts' }, outcomes })] });
const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 });

/** Applies signals in batches of these sizes, over and over; what a batch has made is written down and read again before the next. */
function takeIn(signals: Signal[], batches: number[]) {
  const store = createMemoryRecords();
  for (let from = 0, batch = 0; from < signals.length; batch++) {
    const size = batches[batch % batches.length] ?? 1;
    const working = createWorkingSet(store.load());
    for (const signal of signals.slice(from, from + size)) working.apply(signal, false);
    store.commit(working.changes());
    from += size;
  }
  const journeys = createWorkingSet(store.load())
    .journeys(config)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return { store, journeys };
}

describe('signals in batches of any size', () => {
  it('add up to the same records and journeys as one after the other, in any order, any number of times', () => {
    fc.assert(
      fc.property(toldTwice(fc.array(someSignal, { maxLength: 40 })), sizes, ({ one, other }, batches) => {
        const world = worldOf(one);
        const { store, journeys } = takeIn(other, batches);
        expect(contentsOf(store.world())).toEqual(contentsOf(world));
        expect(journeys).toEqual(journeysOf(world, config));
      }),
      { numRuns: 500 },
    );
  });

  it('add up to the same where there are more touchpoints than a record remembers', () => {
    fc.assert(
      fc.property(toldTwice(manyTouchpoints), sizes, ({ one, other }, batches) => {
        expect(contentsOf(takeIn(other, batches).store.world())).toEqual(contentsOf(worldOf(one)));
      }),
      { numRuns: 10 },
    );
  });

  it('touch every journey that they change', () => {
    fc.assert(
      fc.property(fc.array(someSignal, { maxLength: 30 }), fc.array(someSignal, { minLength: 1, maxLength: 6 }), (before, after) => {
        const store = createMemoryRecords();
        const first = createWorkingSet(store.load());
        for (const signal of before) first.apply(signal, false);
        store.commit(first.changes());
        const working = createWorkingSet(store.load());
        const known = new Map(working.journeys(config).map((journey) => [journey.id, journey]));
        for (const signal of after) working.apply(signal, false);
        const { journeys, gone } = working.touched(config);
        const evaluated = new Set([...journeys.map(({ journey }) => journey.id), ...gone]);
        const now = new Map(working.journeys(config).map((journey) => [journey.id, journey]));
        for (const [id, journey] of now) if (!evaluated.has(id)) expect(journey).toEqual(known.get(id));
        // The journeys of deals that are no more are named, so that their alerts can end.
        for (const id of known.keys()) if (!now.has(id) && id.startsWith('deal:')) expect(gone).toContain(id);
      }),
      { numRuns: 400 },
    );
  });

  it('name every id of an erased person, so that the store forgets it by all of them', () => {
    fc.assert(
      fc.property(fc.array(someSignal, { maxLength: 40 }), sizes, (signals, batches) => {
        const { store } = takeIn(signals, batches);
        for (const record of store.world().records.values()) {
          if (record.erasedAt === null) continue;
          for (const id of [record.id, ...record.merges.flatMap(({ from, into }) => [from, into])])
            expect(store.erased()).toContain(`${record.kind}:${id}`);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('touch the journeys of the account that a merged person leaves', () => {
    const person = (id: string, when: string, accountId: string) => aSignal('person.upserted', when, { person: { id, accountId, name: id } });
    const store = createMemoryRecords();
    const first = createWorkingSet(store.load());
    const deals = ['a-1', 'a-2'].map((accountId) => aSignal('deal.upserted', '2026-09-07', { deal: { id: `deal of ${accountId}`, accountId } }));
    for (const signal of [...deals, person('p-1', '2026-09-07', 'a-1'), person('p-2', '2026-09-08', 'a-2')]) first.apply(signal, false);
    store.commit(first.changes());
    const working = createWorkingSet(store.load());
    working.apply(aSignal('record.merged', '2026-09-09', { merge: { kind: 'person', from: ['p-1'], into: 'p-2' } }), false);
    expect(working.touched(config).journeys.map(({ journey }) => [journey.id, journey.committee.length])).toEqual([
      ['deal:deal of a-1', 0],
      ['deal:deal of a-2', 1],
    ]);
  });
});
