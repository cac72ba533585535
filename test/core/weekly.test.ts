import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weekdays } from '../../src/core/calendar.ts';
import { dayMs } from '../../src/core/time.ts';
import { lastWeekly, nextWeekly, type Weekly } from '../../src/core/weekly.ts';

const utc = (text: string): number => Date.parse(text);

describe('once a week', () => {
  it('comes at the hour of the wall, before and after clocks change', () => {
    const monday: Weekly = { weekday: 'mon', time: '09:00' };
    expect(lastWeekly(monday, 'Europe/Berlin', utc('2026-10-21T12:00:00Z'))).toBe(utc('2026-10-19T07:00:00Z'));
    expect(lastWeekly(monday, 'Europe/Berlin', utc('2026-10-26T12:00:00Z'))).toBe(utc('2026-10-26T08:00:00Z'));
    expect(nextWeekly(monday, 'Europe/Berlin', utc('2026-10-21T12:00:00Z'))).toBe(utc('2026-10-26T08:00:00Z'));
  });

  it('comes right after an hour that a clock change skips, and once in one that it repeats', () => {
    const sunday: Weekly = { weekday: 'sun', time: '02:30' };
    expect(lastWeekly(sunday, 'Europe/Berlin', utc('2026-03-29T23:00:00Z'))).toBe(utc('2026-03-29T01:30:00Z'));
    expect(lastWeekly(sunday, 'Europe/Berlin', utc('2026-10-25T00:29:00Z'))).toBe(utc('2026-10-18T00:30:00Z'));
    for (const now of ['2026-10-25T00:30:00Z', '2026-10-25T01:29:00Z', '2026-10-25T01:31:00Z'])
      expect(lastWeekly(sunday, 'Europe/Berlin', utc(now))).toBe(utc('2026-10-25T00:30:00Z'));
  });

  it('is one instant a local week, whatever the zone, and the last one never comes after now', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...weekdays),
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Cairo', 'UTC'),
        fc.integer({ min: utc('2024-01-01T00:00:00Z'), max: utc('2030-01-01T00:00:00Z') }),
        (weekday, hour, zone, now) => {
          const weekly: Weekly = { weekday, time: `${String(hour).padStart(2, '0')}:30` };
          const last = lastWeekly(weekly, zone, now);
          const next = nextWeekly(weekly, zone, now);
          expect(last).toBeLessThanOrEqual(now);
          expect(next).toBeGreaterThan(now);
          expect(Math.abs(next - last - 7 * dayMs)).toBeLessThanOrEqual(dayMs / 12);
          expect(lastWeekly(weekly, zone, next)).toBe(next);
          expect(nextWeekly(weekly, zone, last)).toBe(next);
        },
      ),
      { numRuns: 200 },
    );
  });
});
