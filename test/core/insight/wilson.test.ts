import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilson } from '../../../src/core/insight/wilson.ts';

describe('Wilson’s interval', () => {
  // Table I, method 3.
  it.each([
    [81, 263, '0.2553', '0.3662'],
    [15, 148, '0.0624', '0.1605'],
    [0, 20, '0.0000', '0.1611'],
    [1, 29, '0.0061', '0.1718'],
  ])('of %i out of %i is what Newcombe published, Statistics in Medicine 17 (1998)', (count, n, low, high) => {
    const rate = wilson(count, n);
    expect([rate.low.toFixed(4), rate.high.toFixed(4)]).toEqual([low, high]);
    expect(rate).toMatchObject({ n, count, rate: count / n });
  });

  it('stays within 0 and 1, around its rate, and mirrors for what did not happen', () => {
    const sample = fc.integer({ min: 1, max: 5000 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(sample, ([count, n]) => {
        const { rate, low, high } = wilson(count, n);
        const other = wilson(n - count, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(rate);
        expect(high).toBeGreaterThanOrEqual(rate);
        expect(other.low).toBeCloseTo(1 - high, 10);
      }),
    );
  });
});
