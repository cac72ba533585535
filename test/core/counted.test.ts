import { describe, expect, it } from 'vitest';
import { counted } from '../../src/core/counted.ts';

describe('a number of things', () => {
  it.each([
    [0, '0 cards'],
    [1, '1 card'],
    [2, '2 cards'],
    [1_200, '1,200 cards'],
  ])('of %d is %s', (number, words) => expect(counted(number, 'card')).toBe(words));

  it('has a plural of its own where one is given', () => {
    expect([counted(1, 'person', 'people'), counted(3, 'person', 'people')]).toEqual(['1 person', '3 people']);
  });
});
