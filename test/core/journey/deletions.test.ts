import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAlive } from '../../../src/core/journey/record.ts';
import { type RecordKind, recordKinds, type Signal } from '../../../src/core/journey/signal.ts';
import { aConfig, aMap, aSignal } from '../builders.ts';
import { contentsOf, journeysOf, worldOf } from './records-world.ts';
import { everyId, someSignal, toldTwice } from './some-signals.ts';

const outcomes = { won: { any: ['won'] }, lost: { any: ['lost'] } };
const config = aConfig({ maps: [aMap({ outcomes }), aMap({ key: 'customers', for: { kind: 'accounts' }, outcomes })] });

const told = (kind: RecordKind, id: string, when: string): Signal => aSignal(`${kind}.upserted`, when, { [kind]: { id, name: `Name of ${id}` } });
const merged = (kind: RecordKind, from: string[], into: string, when: string): Signal =>
  aSignal('record.merged', when, { merge: { kind, from, into } });
const deleted = (kind: RecordKind, id: string, when: string): Signal => aSignal('record.deleted', when, { record: { kind, id } });

/** All orders of a few. */
const orders = <Item>(items: readonly Item[]): Item[][] =>
  items.length < 2 ? [[...items]] : items.flatMap((first, index) => orders(items.toSpliced(index, 1)).map((rest) => [first, ...rest]));

describe.each(recordKinds)('the deletion of a merged %s', (kind) => {
  const known = [told(kind, 'x-1', '2026-09-07'), told(kind, 'x-2', '2026-09-08')];
  const merge = merged(kind, ['x-2'], 'x-1', '2026-09-09');
  const key = (id: string): string => `${kind}:${id}`;

  it.each(['2026-09-08', '2026-09-09', '2026-12-01'])(
    'does not end the one that is left, where it was the other one that was deleted (on %s), in any order, twice',
    (when) => {
      const gone = deleted(kind, 'x-2', when);
      const all = orders([...known, merge, gone]).flatMap((order) => [order, [...order, gone], [gone, ...order]]);
      const worlds = all.map(worldOf);
      for (const world of worlds) {
        expect([...world.records.keys()]).toEqual([key('x-1')]);
        expect([...world.records.values()].map(isAlive)).toEqual([true]);
        expect(contentsOf(world)).toEqual(contentsOf(worldOf(all[0] ?? [])));
      }
    },
  );

  it('does not end a third one that both have become', () => {
    const third = merged(kind, ['x-1', 'x-2'], 'x-3', '2026-09-09');
    const gone = ['x-1', 'x-2'].map((id) => deleted(kind, id, '2026-09-09'));
    for (const order of orders([...known, third, ...gone])) expect([...worldOf(order).records.values()].map(isAlive)).toEqual([true]);
  });

  it('ends the one that is left, where it was deleted itself, until it is spoken of again', () => {
    const signals = [...known, merge, deleted(kind, 'x-2', '2026-09-09'), deleted(kind, 'x-1', '2026-09-10')];
    for (const order of orders(signals)) expect(worldOf(order).records.get(key('x-1'))).toMatchObject({ deletedAt: Date.parse('2026-09-10') });
    for (const order of orders(signals)) expect([...worldOf(order).records.values()].map(isAlive)).toEqual([false]);
    expect([...worldOf([...signals, told(kind, 'x-1', '2026-09-11')]).records.values()].map(isAlive)).toEqual([true]);
  });
});

it('whatever else is told, and in whatever order: the deletion of somebody or something that was merged away changes no journey', () => {
  const twins = fc.tuple(fc.constantFrom(...everyId), fc.constantFrom(...everyId)).filter(([[a, from], [b, into]]) => a === b && from !== into);
  const told = fc.tuple(fc.array(someSignal, { minLength: 1, maxLength: 30 }), twins, fc.nat()).chain(([signals, [[kind, from], [, into]], nth]) => {
    const when = signals.map(({ occurredAt }) => occurredAt).sort((a, b) => a - b);
    const before = [...signals, aSignal('record.merged', when[nth % when.length] ?? 0, { merge: { kind, from: [from], into } })];
    const gone = aSignal('record.deleted', when.at(-1) ?? 0, { record: { kind, id: from } });
    return fc.record({ before: fc.constant(before), key: fc.constant(`${kind}:${from}`), told: toldTwice(fc.constant([...before, gone])) });
  });
  let mergedAway = 0;
  fc.assert(
    fc.property(told, ({ before, key, told: { one, other } }) => {
      const [world, without] = [worldOf(one), worldOf(before)];
      expect(contentsOf(worldOf(other))).toEqual(contentsOf(world));
      // In a circle of merges it may be the one that is left.
      if (!without.aliases.has(key)) return;
      mergedAway += 1;
      expect(journeysOf(world, config)).toEqual(journeysOf(without, config));
    }),
    { numRuns: 300 },
  );
  expect(mergedAway).toBeGreaterThan(100);
});
