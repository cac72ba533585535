import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextDay, saysFrom } from '../../../src/core/alerts/quiet-hours.ts';
import { createCalendar } from '../../../src/core/calendar.ts';
import { dayMs, minuteMs } from '../../../src/core/time.ts';
import { at, officeHours } from '../builders.ts';

const night = { from: '19:00', to: '08:00', offDays: false };
const nightAndOff = { ...night, offDays: true };
const says = (when: string, quiet: Parameters<typeof saysFrom>[1] = nightAndOff, calendar = officeHours) =>
  new Date(saysFrom(at(when), quiet, calendar)).toISOString().slice(0, 16).replace('T', ' ');
const berlin = createCalendar({
  timezone: 'Europe/Berlin',
  workdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  hours: { open: '09:00', close: '18:00' },
  holidays: new Map([['2026-12-25', 'Christmas']]),
});

describe('quiet hours', () => {
  it('over midnight end in the morning, of the same day or the next', () => {
    expect(says('2026-09-08 18:59')).toBe('2026-09-08 18:59');
    expect(says('2026-09-08 19:00')).toBe('2026-09-09 08:00');
    expect(says('2026-09-09 07:59')).toBe('2026-09-09 08:00');
    expect(says('2026-09-09 08:00')).toBe('2026-09-09 08:00');
  });

  it('within a day end on it', () => {
    const lunch = { from: '12:00', to: '13:30', offDays: false };
    expect(says('2026-09-08 11:59', lunch)).toBe('2026-09-08 11:59');
    expect(says('2026-09-08 12:30', lunch)).toBe('2026-09-08 13:30');
  });

  it('last over days off, if these are quiet, too', () => {
    expect(says('2026-09-11 20:00')).toBe('2026-09-14 08:00');
    expect(says('2026-09-12 12:00')).toBe('2026-09-14 08:00');
    expect(says('2026-09-12 12:00', night)).toBe('2026-09-12 12:00');
  });

  it('are local: they move with the clocks, in both directions', () => {
    expect(says('2026-03-28 20:00', night, berlin)).toBe('2026-03-29 06:00');
    expect(says('2026-03-27 20:00', night, berlin)).toBe('2026-03-28 07:00');
    expect(says('2026-10-24 20:00', night, berlin)).toBe('2026-10-25 07:00');
    expect(says('2026-12-24 20:00', nightAndOff, berlin)).toBe('2026-12-28 07:00');
  });

  it('last over all the days off of a firm that shuts for the summer', () => {
    const august = Array.from({ length: 31 }, (_, day): [string, string] => [`2026-08-${String(day + 1).padStart(2, '0')}`, 'Shut']);
    const shut = createCalendar({
      timezone: 'UTC',
      workdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
      hours: { open: '09:00', close: '17:00' },
      holidays: new Map(august),
    });
    expect(says('2026-07-31 20:00', nightAndOff, shut)).toBe('2026-09-01 08:00');
  });

  it('that are off hold nothing back', () => {
    expect(says('2026-09-12 03:00', null)).toBe('2026-09-12 03:00');
  });

  it('never end before they began, and what they let through is not quiet', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 * 1440 }),
        fc.constantFrom(night, nightAndOff),
        fc.constantFrom(berlin, officeHours),
        (minutes, quiet, calendar) => {
          const now = at('2026-01-01') + minutes * minuteMs;
          const from = saysFrom(now, quiet, calendar);
          expect(from).toBeGreaterThanOrEqual(now);
          expect(from - now).toBeLessThan(6 * dayMs);
          expect(saysFrom(from, quiet, calendar)).toBe(from);
        },
      ),
      { numRuns: 300 },
    );
  });
});

it('a day of the budget ends at local midnight, whatever the clocks do', () => {
  expect(nextDay(at('2026-09-08 10:00'), berlin)).toBe(at('2026-09-08 22:00'));
  expect(nextDay(at('2026-10-24 22:30'), berlin)).toBe(at('2026-10-25 23:00'));
  expect(nextDay(at('2026-03-28 23:30'), berlin)).toBe(at('2026-03-29 22:00'));
});
