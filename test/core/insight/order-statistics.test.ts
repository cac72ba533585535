import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limitRanks, percentile } from '../../../src/core/insight/order-statistics.ts';

describe('the limits of a median', () => {
  // The ranks of the table that statistics texts reprint; n = 100: Campbell and Gardner, BMJ 296 (1988), 1454–1456.
  it.each([
    [6, 1, 6],
    [10, 2, 9],
    [20, 6, 15],
    [30, 10, 21],
    [50, 18, 33],
    [100, 40, 61],
  ])('of %i values are those at ranks %i and %i', (n, low, high) => {
    expect(limitRanks(n, 0.5)).toEqual({ low, high });
  });

  it('are not there where so few values have none', () => {
    expect(percentile([3, 4, 5, 6, 7], 0.5)).toEqual({ n: 5, value: 5, low: null, high: null });
    expect(percentile([4], 0.75)).toEqual({ n: 1, value: 4, low: null, high: null });
  });
});

it('takes the smallest value that the share does not exceed', () => {
  const twenty = Array.from({ length: 20 }, (_, index) => index + 1);
  expect(percentile(twenty, 0.75)).toMatchObject({ n: 20, value: 15 });
  expect(percentile(twenty, 0.76).value).toBe(16);
});

it('misses the true percentile on either side in no more than 2.5% of samples, however large they are', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 50, max: 99 }), (n, percent) => {
      const p = percent / 100;
      const { low, high } = limitRanks(n, p);
      const masses = binomial(n, p);
      const below = masses.slice(0, low).reduce((sum, mass) => sum + mass, 0);
      const above = masses.slice(high).reduce((sum, mass) => sum + mass, 0);
      expect(below).toBeLessThanOrEqual(0.025 + 1e-9);
      expect(above).toBeLessThanOrEqual(0.025 + 1e-9);
      // And neither could be one rank nearer.
      expect(below + (masses[low] ?? 1)).toBeGreaterThan(0.025 - 1e-9);
    }),
  );
  expect(limitRanks(20_000, 0.75).low).toBeGreaterThan(14_800);
});

/** Chances of each count, by adding one trial after the other. */
function binomial(n: number, p: number): number[] {
  let masses = [1];
  for (let trial = 0; trial < n; trial += 1) {
    masses = Array.from({ length: masses.length + 1 }, (_, count) => (masses[count] ?? 0) * (1 - p) + (masses[count - 1] ?? 0) * p);
  }
  return masses;
}
