import { describe, expect, it } from 'vitest';
import type { Comparison, Condition } from '../../../src/core/journey/journey-map.ts';
import { compares, type SegmentFacts, segmentsOf } from '../../../src/core/journey/segments.ts';

const facts: SegmentFacts = { amount: 50_000, segment: 'Enterprise', ownerEmail: 'Dana@us.example', pipeline: 'default' };
const holds = (when: Condition, about: Partial<SegmentFacts> = {}) => segmentsOf({ ...facts, ...about }, [{ key: 'it', when }]).length === 1;

describe('segments', () => {
  it('hold when all that their condition names holds', () => {
    expect(holds({})).toBe(true);
    expect(holds({ amount: { operator: '>=', value: 50_000 }, segment: ['enterprise'] })).toBe(true);
    expect(holds({ amount: { operator: '>', value: 50_000 }, segment: ['enterprise'] })).toBe(false);
    expect(holds({ ownerEmail: ['x@us.example', 'dana@US.example'], pipeline: ['default'] })).toBe(true);
    expect(holds({ pipeline: ['renewals'] })).toBe(false);
  });

  it('do not hold for what is not known', () => {
    expect(holds({ amount: { operator: '<', value: 1 } }, { amount: null })).toBe(false);
    expect(holds({ segment: ['enterprise'] }, { segment: null })).toBe(false);
  });

  it('come in the order of journey.yml', () => {
    expect(
      segmentsOf(facts, [
        { key: 'z', when: {} },
        { key: 'no', when: { segment: ['small'] } },
        { key: 'a', when: {} },
      ]),
    ).toEqual(['z', 'a']);
  });
});

it.each<[Comparison['operator'], boolean, boolean, boolean]>([
  ['>=', false, true, true],
  ['>', false, false, true],
  ['<=', true, true, false],
  ['<', true, false, false],
  ['==', false, true, false],
])('an amount compares as %s', (operator, less, equal, more) => {
  expect([9, 10, 11].map((amount) => compares({ operator, value: 10 }, amount))).toEqual([less, equal, more]);
});
