import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { createIngest } from '../../src/app/ingest.ts';
import type { RecordRef } from '../../src/app/ports.ts';
import { createWorkingSet } from '../../src/app/working-set.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { aConfig, aMap, at } from '../core/builders.ts';
import { journeysOf, worldOf } from '../core/journey/records-world.ts';
import { everyId, someSignal, toldTwice } from '../core/journey/some-signals.ts';

const outcomes = { won: { any: ['won'] }, lost: { any: ['lost'] } };
const config = aConfig({ maps: [aMap({ outcomes }), aMap({ key: 'customers', for: { kind: 'accounts' }, outcomes })] });
const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** Takes signals in through the real store, in bodies of these sizes, and reads everything back. */
async function takeIn(signals: Signal[], sizes: number[]) {
  const store = await openStore(':memory:');
  try {
    let ids = 0;
    const ingest = createIngest({
      store,
      source: {
        source: 'signals',
        path: '/',
        verify: () => ({ ok: true, entries: [] }),
        parse: async (rows) => rows.map(({ body }) => ({ kind: 'signals', signals: JSON.parse(body) as Signal[] })),
      },
      config: () => config,
      clock: { now: () => at('2026-10-01') },
      logger,
      newId: () => `id-${++ids}`,
      breathe: async () => undefined,
    });
    for (let from = 0, body = 0; from < signals.length; body++) {
      const size = sizes[body % sizes.length] ?? 1;
      await store.accept('signals', [{ key: `body-${body}`, body: JSON.stringify(signals.slice(from, from + size)) }], at('2026-10-01'));
      from += size;
      // Some bodies wait for the next, so that they share a transaction.
      if (body % 2 === 0) await ingest();
    }
    await ingest();
    const around = await store.loadNeighbourhood(everyId.map(([kind, id]): RecordRef => ({ kind, id })));
    const dead = await store.deadLetters(10);
    return {
      around,
      dead,
      journeys: createWorkingSet(around)
        .journeys(config)
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    };
  } finally {
    await store.close();
  }
}

describe('signals through the store', () => {
  it('in any order, any number of times, in bodies of any size, add up to the same records and journeys', async () => {
    await fc.assert(
      fc.asyncProperty(
        toldTwice(fc.array(someSignal, { maxLength: 30 })),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
        async ({ one, other }, sizes) => {
          const world = worldOf(one);
          const { around, dead, journeys } = await takeIn(other, sizes);
          expect(dead).toEqual([]);
          const stored = [...around.accounts.values(), ...around.deals.values(), ...around.people.values()].map(({ record }) => record);
          const byId = (a: { kind: string; id: string }, b: { kind: string; id: string }) => (`${a.kind}:${a.id}` < `${b.kind}:${b.id}` ? -1 : 1);
          expect(stored.sort(byId)).toEqual([...world.records.values()].sort(byId));
          expect(journeys).toEqual(journeysOf(world, config));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('whose merges make what was merged away the survivor again are all taken in, and leave the same journeys', async () => {
    const types = new Set<Signal['type']>(['record.merged', 'stage.entered', 'deal.upserted', 'account.upserted']);
    const merging = someSignal.filter(({ type }) => types.has(type));
    await fc.assert(
      fc.asyncProperty(toldTwice(fc.array(merging, { minLength: 10, maxLength: 30 })), async ({ one, other }) => {
        const { dead, journeys } = await takeIn(other, [1]);
        expect(dead).toEqual([]);
        expect(journeys).toEqual(journeysOf(worldOf(one), config));
      }),
      { numRuns: 40 },
    );
  });
});
