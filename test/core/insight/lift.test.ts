import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liftOf } from '../../../src/core/insight/lift.ts';

describe('lift', () => {
  it('is 1 where the marked are lost as often as all, and knows when that is chance', () => {
    expect(liftOf({ hits: 10, marked: 40, happened: 50, all: 200 })).toMatchObject({ n: 40, value: 1 });
    const { low, high } = liftOf({ hits: 10, marked: 40, happened: 50, all: 200 });
    expect([low < 1, high > 1]).toEqual([true, true]);
    expect(liftOf({ hits: 35, marked: 40, happened: 50, all: 200 }).low).toBeGreaterThan(1);
  });

  it('has the limits of the base rate alone where everyone marked was lost', () => {
    // Then it is one divided by the base rate: var(ln base) = 1/happened − 1/all.
    const { value, low } = liftOf({ hits: 30, marked: 30, happened: 50, all: 200 });
    expect(value).toBe(4);
    expect(Math.log(value / low) / 1.959963984540054).toBeCloseTo(Math.sqrt(1 / 50 - 1 / 200), 12);
  });

  it('is nothing, but not for sure, where nobody marked was lost', () => {
    expect(liftOf({ hits: 0, marked: 20, happened: 50, all: 200 })).toMatchObject({ value: 0, low: 0, high: expect.closeTo(0.6445, 3) });
  });

  it('lies between its limits, which are as wide as repeated samples', () => {
    const counts = fc.record({ hits: fc.integer({ min: 0, max: 50 }), wrong: fc.nat(50), missed: fc.nat(50), quiet: fc.nat(50) });
    fc.assert(
      fc.property(
        counts.filter(({ hits, wrong, missed }) => hits + wrong > 0 && hits + missed > 0),
        ({ hits, wrong, missed, quiet }) => {
          const marked = hits + wrong;
          const { value, low, high } = liftOf({ hits, marked, happened: hits + missed, all: marked + missed + quiet });
          expect(low).toBeLessThanOrEqual(value + 1e-12);
          expect(high).toBeGreaterThanOrEqual(value - 1e-12);
        },
      ),
    );
  });

  it('holds the true lift in nineteen samples of twenty', () => {
    // Drawn again and again from cells of 0.15, 0.15, 0.1 and 0.6: the true lift is 0.5 / 0.25.
    const random = mulberry(7);
    let held = 0;
    for (let sample = 0; sample < 2_000; sample += 1) {
      const cells = [0, 0, 0, 0];
      for (let n = 0; n < 200; n += 1) {
        const drawn = random();
        const cell = drawn < 0.15 ? 0 : drawn < 0.3 ? 1 : drawn < 0.4 ? 2 : 3;
        cells[cell] = (cells[cell] ?? 0) + 1;
      }
      const [hits = 0, wrong = 0, missed = 0] = cells;
      const { low, high } = liftOf({ hits, marked: hits + wrong, happened: hits + missed, all: 200 });
      if (low <= 2 && high >= 2) held += 1;
    }
    expect(held / 2_000).toBeGreaterThan(0.935);
    expect(held / 2_000).toBeLessThan(0.965);
  });
});

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
