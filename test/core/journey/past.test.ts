import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinStays, type Stays, wonAfter, wonWithin } from '../../../src/core/journey/past.ts';

const lesson = (stays: Stays) => ({ travellers: 'deals' as const, stageLabel: 'Decision', learnedOn: '2026-11-03', stays });
const stays: Stays = [
  [2, 5, 0],
  [4, 10, 3],
  [9, 4, 5],
  [30, 1, 12],
];

describe('what was learned of a stage', () => {
  it('says within how many working days a share of the won ones had left', () => {
    expect(wonWithin(lesson(stays), 50)).toEqual({ won: 20, days: 4 });
    expect(wonWithin(lesson(stays), 75)).toEqual({ won: 20, days: 4 });
    expect(wonWithin(lesson(stays), 76)).toEqual({ won: 20, days: 9 });
    expect(wonWithin(lesson(stays), 99)).toEqual({ won: 20, days: 30 });
    expect(wonWithin(lesson([]), 75)).toEqual({ won: 0, days: 0 });
  });

  it('says what became of those that stayed longer', () => {
    expect(wonAfter(stays, 0)).toEqual({ ended: 40, won: 20 });
    expect(wonAfter(stays, 4)).toEqual({ ended: 22, won: 5 });
    expect(wonAfter(stays, 29)).toEqual({ ended: 13, won: 1 });
    expect(wonAfter(stays, 30)).toEqual({ ended: 0, won: 0 });
  });

  it('is the same in parts and as a whole', () => {
    const some: fc.Arbitrary<Stays> = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat(9), fc.nat(9)), { maxLength: 20 });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 4 }), fc.nat(45), (groups, days) => {
        const joined = joinStays(groups);
        const sums = groups.map((group) => wonAfter(group, days));
        expect(wonAfter(joined, days)).toEqual({
          ended: sums.reduce((sum, { ended }) => sum + ended, 0),
          won: sums.reduce((sum, { won }) => sum + won, 0),
        });
        expect(joined.map(([each]) => each)).toEqual([...new Set(groups.flat().map(([each]) => each))].sort((a, b) => a - b));
      }),
    );
  });
});
