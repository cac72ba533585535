import { expect, it } from 'vitest';
import { explainCalendar, explainSchedule } from '../../src/config/explain/explain-calendar.ts';
import { createCalendar } from '../../src/core/calendar.ts';

const calendar = createCalendar({
  timezone: 'Europe/Berlin',
  workdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  hours: { open: '09:00', close: '18:00' },
  holidays: new Map([
    ['2026-03-29', 'Summer time'],
    ['2026-10-25', 'Winter time'],
  ]),
});

it.each([
  ['2026-03-28T23:30:00+01:00', 'Sun 29 Mar 2026, Summer time; Sun 25 Oct 2026, Winter time'],
  ['2026-10-24T00:30:00+02:00', 'Sun 25 Oct 2026, Winter time'],
])('tells each of the next holidays once, also where the clocks change: from %s', (now, holidays) => {
  expect(explainCalendar(calendar, Date.parse(now)).at(-1)?.trim()).toBe(`Next holidays: ${holidays}.`);
});

it.each([
  ['0 9 * * mon', 'Mon at 09:00'],
  ['0 9 * * 1', 'Mon at 09:00'],
  ['5 8 * * 0', 'Sun at 08:05'],
  ['0 9 * * 7', 'Sun at 09:00'],
  ['0 9 * * 1-5', 'Mon to Fri at 09:00'],
  ['0 9 * * MON-wed,friday', 'Mon to Wed, Fri at 09:00'],
  ['0 17 * * *', 'daily at 17:00'],
  ['0 9 * * 1-5/2', 'at 0 9 * * 1-5/2'],
  ['0 9 1 * *', 'at 0 9 1 * *'],
])('tells the schedule %s as %s', (schedule, words) => {
  expect(explainSchedule(schedule)).toBe(words);
});
