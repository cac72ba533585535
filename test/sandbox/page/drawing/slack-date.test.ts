import { describe, expect, it } from 'vitest';
import { formatSlackDate } from '../../../../src/sandbox/page/drawing/slack-date.ts';
import { now } from '../draw-fixture.ts';

const seconds = (iso: string): number => Date.parse(iso) / 1000;
const berlin = { tz: 'Europe/Berlin', now };

describe('Slack dates', () => {
  it.each([
    ['{date_num}', '2025-12-23'],
    ['{date}', 'December 23rd, 2025'],
    ['{date_short}', 'Dec 23, 2025'],
    ['{date_long}', 'Tuesday, December 23rd, 2025'],
    ['{date_long_full}', 'December 23, 2025'],
    ['{date_slash}', '12/23/2025'],
    ['{time}', '12:05 AM'],
    ['{time_secs}', '12:05:09 AM'],
    ['{ago}', '71 days ago'],
    ['due {date_num}, {unknown}', 'due 2025-12-23, {unknown}'],
  ])('fills %s', (format, expected) => {
    expect(formatSlackDate(seconds('2025-12-22T23:05:09Z'), format, berlin)).toBe(expected);
  });

  it('leaves out the current year where Slack does', () => {
    expect(formatSlackDate(seconds('2026-02-21T12:00:00Z'), '{date_short} {date}', berlin)).toBe('Feb 21 February 21st');
  });

  it('calls near days by name, with a capital at the beginning', () => {
    expect(formatSlackDate(seconds('2026-03-03T12:00:00Z'), '{date_pretty}', berlin)).toBe('Yesterday');
    expect(formatSlackDate(seconds('2026-03-05T12:00:00Z'), 'due {date_long_pretty}', berlin)).toBe('due tomorrow');
    expect(formatSlackDate(seconds('2026-03-06T12:00:00Z'), '{day_divider_pretty}', berlin)).toBe('Friday, March 6th');
  });

  it('writes 11th, 12th and 13th', () => {
    const days = [11, 12, 13, 1, 2, 3].map((day) => formatSlackDate(seconds(`2026-01-${String(day).padStart(2, '0')}T12:00:00Z`), '{date}', berlin));
    expect(days).toEqual(['January 11th', 'January 12th', 'January 13th', 'January 1st', 'January 2nd', 'January 3rd']);
  });
});
