import { expect, it } from 'vitest';
import { countriesOf } from '../../src/config/places.ts';

it.each([
  ['Europe/Berlin', 'DE'],
  ['Europe/Paris', 'FR'],
  ['America/New_York', 'US'],
  ['Europe/London', 'GB'],
])('knows that %s is the time of %s', (timezone, country) => {
  expect(countriesOf(timezone)[0]).toBe(country);
});

it('knows no country whose time is UTC', () => {
  expect(countriesOf('UTC')).toEqual([]);
});
