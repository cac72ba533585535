import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idsOf } from '../../../src/core/journey/record.ts';
import { aConfig, aMap } from '../builders.ts';
import { contentsOf, journeysOf, worldOf } from './records-world.ts';
import { manyTouchpoints, secretMark, someSignal, toldTwice } from './some-signals.ts';

const outcomes = { won: { any: ['won'] }, lost: { any: ['lost'] } };
const config = aConfig({ maps: [aMap({ outcomes }), aMap({ key: 'customers', for: { kind: 'accounts' }, outcomes })] });

describe('signals in any order, any number of times', () => {
  const told = toldTwice(fc.array(someSignal, { maxLength: 40 }));

  it('add up to the same records and the same journeys', () => {
    fc.assert(
      fc.property(told, ({ one, other }) => {
        const [a, b] = [worldOf(one), worldOf(other)];
        expect(contentsOf(b)).toEqual(contentsOf(a));
        expect(journeysOf(b, config)).toEqual(journeysOf(a, config));
      }),
      { numRuns: 400 },
    );
  });

  it('add up to the same where there are more touchpoints than a record remembers', () => {
    fc.assert(
      fc.property(
        toldTwice(fc.tuple(manyTouchpoints, fc.array(someSignal, { maxLength: 8 })).map(([many, few]) => [...many, ...few])),
        ({ one, other }) => {
          const [a, b] = [worldOf(one), worldOf(other)];
          expect(contentsOf(b)).toEqual(contentsOf(a));
          expect(journeysOf(b, config)).toEqual(journeysOf(a, config));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('never bring an erased record back, and leave no trace of a person who was erased', () => {
    let erasures = 0;
    fc.assert(
      fc.property(told, ({ one }) => {
        const { records } = worldOf(one);
        const erased = [...records.values()].filter((record) => record.erasedAt !== null);
        for (const record of erased.filter(({ kind }) => kind === 'person')) {
          erasures++;
          const { id, kind, firstSeenAt, touchpoints, merges, deletedAt, erasedAt, ...rest } = record;
          expect({ touchpoints, ...rest }).toEqual({ touchpoints: [], assigned: {}, lastInboundAt: null, lastOutboundAt: null });
          const names = [...idsOf(record)];
          for (const other of records.values()) {
            expect(other.touchpoints.filter(({ personId }) => personId !== null && names.includes(personId))).toEqual([]);
          }
          const text = JSON.stringify([...records.values()]);
          for (const name of names) expect(text).not.toContain(`${secretMark}${name}`);
        }
        const asked = one.flatMap((signal) => (signal.type === 'record.erased' ? [signal.record] : []));
        for (const { kind, id } of asked) expect(erased.some((record) => record.kind === kind && idsOf(record).has(id))).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(erasures).toBeGreaterThan(0);
  });

  it('change nothing that was given', () => {
    fc.assert(
      fc.property(fc.array(someSignal, { maxLength: 20 }), someSignal, (before, signal) => {
        const world = worldOf(before);
        const known = structuredClone(contentsOf(world));
        const copy = structuredClone(signal);
        worldOf([...before, signal]);
        expect(signal).toEqual(copy);
        expect(contentsOf(world)).toEqual(known);
      }),
      { numRuns: 100 },
    );
  });
});
