import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyRecord, joinRecords } from '../../../src/core/journey/join-records.ts';
import type { AccountRecord, Measurement } from '../../../src/core/journey/record.ts';
import { weekOf } from '../../../src/core/journey/union.ts';
import { dayMs } from '../../../src/core/time.ts';
import { at } from '../builders.ts';

const start = at('2026-01-05 08:00');
const measured = (...values: Measurement[]): AccountRecord[] =>
  values.map((value) => ({ ...(emptyRecord('account', 'a-1', start) as AccountRecord), metrics: { usage: [value] } }));
const rememberedOf = (records: AccountRecord[]): Measurement[] =>
  records.reduce((whole, part) => joinRecords(whole, part), emptyRecord('account', 'a-1', start) as AccountRecord).metrics.usage ?? [];
const daily = (days: number): Measurement[] => Array.from({ length: days }, (_, day) => ({ at: start + day * dayMs, value: day }));

describe('of measurements are remembered', () => {
  it('the newest fifty, and the last one of each week of two years', () => {
    const all = daily(1000);
    const kept = rememberedOf(measured(...all));
    expect(kept.slice(0, 50)).toEqual(all.toReversed().slice(0, 50));
    const older = kept.slice(50);
    expect(new Set(older.map((value) => weekOf(value.at))).size).toBe(older.length);
    expect(older.every(({ value }) => weekOf(start + value * dayMs) !== weekOf(start + (value + 1) * dayMs))).toBe(true);
    expect(new Set(kept.map((value) => weekOf(value.at))).size).toBe(104);
  });

  it('the same ones, in whatever order and parts they are heard of', () => {
    const some = fc.array(fc.record({ at: fc.integer({ min: 0, max: 900 }).map((day) => start + day * dayMs), value: fc.integer() }), {
      maxLength: 120,
    });
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        const whole = rememberedOf(measured(...a, ...b, ...c));
        expect(rememberedOf(measured(...c, ...a.toReversed(), ...b, ...a))).toEqual(whole);
        const inParts = [b, c, a].map((part) => ({
          ...(emptyRecord('account', 'a-1', start) as AccountRecord),
          metrics: { usage: rememberedOf(measured(...part)) },
        }));
        expect(rememberedOf(inParts)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });
});
