import { expect, it } from 'vitest';
import { createSeldom } from '../../src/app/seldom.ts';

it('says something again only after a while, and how often it was left out', () => {
  let now = 0;
  const seldom = createSeldom({ now: () => now }, 60_000);
  expect(seldom('401')).toEqual({});
  expect(seldom('401')).toBeNull();
  now = 59_999;
  expect([seldom('401'), seldom('503')]).toEqual([null, {}]);
  now = 60_000;
  expect([seldom('401'), seldom('401'), seldom('503')]).toEqual([{ leftOut: 2 }, null, null]);
  now = 200_000;
  expect([seldom('401'), seldom('503')]).toEqual([{ leftOut: 1 }, { leftOut: 1 }]);
  now = 300_000;
  expect(seldom('401')).toEqual({});
});

it('goes on where the clock was set back', () => {
  let now = 1_000_000;
  const seldom = createSeldom({ now: () => now }, 60_000);
  seldom('401');
  now = 0;
  expect(seldom('401')).toEqual({});
});

it('does not grow with what strangers send', () => {
  const seldom = createSeldom({ now: () => 0 }, 60_000);
  for (let count = 0; count < 100; count += 1) seldom(`reason ${count}`);
  expect(seldom('reason 7')).toBeNull();
  expect(seldom('another reason')).toEqual({});
  expect(seldom('reason 7')).toEqual({});
});
