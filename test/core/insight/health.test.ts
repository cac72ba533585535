import { describe, expect, it } from 'vitest';
import { healthOf, inputInWords, pullingDown } from '../../../src/core/insight/health.ts';
import type { Journey } from '../../../src/core/journey/journey.ts';
import type { HealthDefinition } from '../../../src/core/journey/journey-map.ts';
import { dayMs } from '../../../src/core/time.ts';
import { aJourney, aTouchpoint, at } from '../builders.ts';

const now = at('2026-09-07');
const definition: HealthDefinition = {
  metrics: [
    { metric: 'usage', label: 'Usage', weight: 3, scale: null, less: false },
    { metric: 'open_tickets', label: 'Open tickets', weight: 1, scale: null, less: true },
    { metric: 'nps', label: 'NPS', weight: 2, scale: { bad: 5, good: 9 }, less: false },
  ],
  committee: { weight: 1, people: 2, withinDays: 30 },
  freshDays: 45,
  enough: 0.5,
};
/** Newest first, a value a week, the newest one yesterday. */
const weekly = (...values: number[]) => values.map((value, weeks) => ({ at: now - dayMs - weeks * 7 * dayMs, value }));
const account = (metrics: Journey['metrics'], touchpoints: Parameters<typeof aTouchpoint>[] = []): Journey =>
  aJourney({ kind: 'account', deal: null, metrics, touchpoints: touchpoints.map((each) => aTouchpoint(...each)) });
const health = (metrics: Journey['metrics'], touchpoints?: Parameters<typeof aTouchpoint>[]) =>
  healthOf(account(metrics, touchpoints), definition, now);

describe('health', () => {
  it('is the weighted mean of what is known: against the account’s own usual, and against fixed values', () => {
    // Usage 75 of usually 100 is half way down to half of it; three tickets where two are usual likewise; NPS 8 is three quarters of the way from 5 to 9.
    const { index, known } = health({ usage: weekly(75, 100, 100, 100), open_tickets: weekly(3, 2, 2, 2), nps: weekly(8) });
    expect(known.map(({ key, score, usual }) => [key, score, usual])).toEqual([
      ['usage', 50, 100],
      ['open_tickets', 50, 2],
      ['nps', 75, null],
    ]);
    expect(index).toBe(Math.round((3 * 50 + 1 * 50 + 2 * 75) / 6));
  });

  it('shows what is missing and why, and counts it for nothing, never as zero', () => {
    const { index, missing } = health({ usage: weekly(100, 100, 100, 100), nps: [{ at: now - 60 * dayMs, value: 2 }], open_tickets: weekly(2, 2) });
    expect(missing.map(({ label, why }) => `${label}: ${why}`)).toEqual([
      'Open tickets: too few values to know what is usual',
      'NPS: not measured for 45 days',
      'people heard from: not known for 30 days yet',
    ]);
    // Three of seven are less than half.
    expect(index).toBeNull();
    expect(health({ usage: weekly(100, 100, 100, 100), nps: weekly(9) }).index).toBe(100);
  });

  it('counts the people who were heard from, once the account is known for long enough', () => {
    const talks: Parameters<typeof aTouchpoint>[] = [
      ['outbound', '2026-06-01'],
      ['inbound', '2026-09-01', { person: 'Ana Ruiz' }],
      ['inbound', '2026-09-03', { person: 'Ana Ruiz' }],
    ];
    const usage = { usage: weekly(100, 100, 100, 100) };
    expect(health(usage, talks).known.find(({ key }) => key === 'committee')).toMatchObject({ value: 1, score: 50 });
    expect(health(usage, talks.slice(1)).missing.map(({ label }) => label)).toContain('people heard from');
  });

  it('says what is usual for the account, of the same inputs', () => {
    expect(health({ usage: weekly(60, 100, 100, 100, 100, 100, 100, 100) })).toMatchObject({ index: null, usual: null });
    expect(health({ usage: weekly(60, 100, 100, 100, 100, 100, 100, 100), nps: weekly(9, 9, 9, 9, 9, 9, 9) })).toMatchObject({
      index: 52,
      usual: 100,
    });
  });

  it('names what pulls it down, the costliest first', () => {
    const reasons = pullingDown(health({ usage: weekly(75, 100, 100, 100), open_tickets: weekly(4, 2, 2, 2), nps: weekly(9) }));
    expect(reasons.map(inputInWords)).toEqual(['Usage 75 (usually 100)', 'Open tickets 4 (usually 2)']);
  });

  it('knows no usual value where nothing is usual', () => {
    expect(health({ usage: weekly(5, 0, 0, 0), open_tickets: weekly(1, 0, 0, 0), nps: weekly(9) }).known.map(({ score }) => score)).toEqual([
      100, 0, 100,
    ]);
  });
});
