import { describe, expect, it } from 'vitest';
import { namedPeriod, recentQuarter } from '../../../src/core/insight/period.ts';
import { at } from '../builders.ts';

describe('a period', () => {
  it('is the last three months, against the three before', () => {
    const now = at('2026-05-31 10:00');
    expect(recentQuarter(now, 'UTC')).toEqual({
      period: { from: at('2026-02-28 10:00'), to: now, label: 'the last three months' },
      before: { from: at('2025-11-30 10:00'), to: at('2026-02-28 10:00'), label: 'the quarter before' },
    });
  });

  it.each(['2026-Q1', '2026q1'])('is a quarter of the team’s own calendar: %s', (text) => {
    expect(namedPeriod(text, 'Europe/Berlin')).toEqual({
      period: { from: at('2025-12-31 23:00'), to: at('2026-03-31 22:00'), label: 'Q1 2026' },
      before: { from: at('2025-09-30 22:00'), to: at('2025-12-31 23:00'), label: 'Q4 2025' },
    });
  });

  it('is a year', () => {
    expect(namedPeriod('2026', 'UTC')).toMatchObject({
      period: { label: '2026', to: at('2027-01-01') },
      before: { label: '2025', from: at('2025-01-01') },
    });
  });

  it.each(['', 'Q1', '2026-Q5', '2026-Q', '20260', '0', 'last year'])('is not “%s”', (text) => {
    expect(namedPeriod(text, 'UTC')).toBeNull();
  });
});
