import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalId } from '../../../src/core/journey/canonical-id.ts';

const merge = (from: string, into: string, at: number) => ({ from, into, at });
const id = fc.constantFrom('a', 'b', 'c', 'd', '__proto__');
const merges = fc.array(
  fc.record({ from: id, into: id, at: fc.integer({ min: 0, max: 3 }) }).filter(({ from, into }) => from !== into),
  { minLength: 1, maxLength: 6 },
);

describe('the id that a merged record goes by', () => {
  it('is its own where nothing was merged', () => {
    expect(canonicalId([], 'a')).toBe('a');
  });

  it('is the end of a chain', () => {
    expect(canonicalId([merge('a', 'b', 1), merge('b', 'c', 2)], 'a')).toBe('c');
    expect(canonicalId([merge('a', 'b', 9), merge('b', 'c', 2)], 'a')).toBe('c');
  });

  it('is where the newest merge led, where one record was merged into two', () => {
    expect(canonicalId([merge('a', 'b', 1), merge('a', 'c', 2)], 'b')).toBe('c');
    expect(canonicalId([merge('a', 'b', 2), merge('a', 'c', 1)], 'c')).toBe('b');
  });

  it('is where the newest merge led, where merges go in a circle', () => {
    expect(canonicalId([merge('a', 'b', 1), merge('b', 'a', 2)], 'b')).toBe('a');
    expect(canonicalId([merge('a', 'b', 2), merge('b', 'a', 1)], 'a')).toBe('b');
  });

  it('depends on nothing but which merges there are, and is one that was never merged away, if there is one', () => {
    fc.assert(
      fc.property(
        merges.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }), id)),
        ([list, shuffled, own]) => {
          const chosen = canonicalId(list, own);
          expect(canonicalId([...shuffled, ...list.slice(0, 1)], 'whatever')).toBe(chosen);
          const gone = new Set(list.map(({ from }) => from));
          const left = list.filter(({ into }) => !gone.has(into));
          expect((left.length > 0 ? left : list).map(({ into }) => into)).toContain(chosen);
        },
      ),
    );
  });
});
