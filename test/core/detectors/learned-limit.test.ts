import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detector } from '../../../src/core/detectors/detector.ts';
import { stalled } from '../../../src/core/detectors/stalled.ts';
import type { Lesson, Stays } from '../../../src/core/journey/past.ts';
import { aJourney, at } from '../builders.ts';
import { ask, contextOf, onlyFinding } from './ask.ts';
import { expectToHoldUntilRecheck, someDuration } from './holds-until-recheck.ts';

/** 24 won deals, of which three quarters had left within eight working days; and of 40 that stayed longer than that, six were won. */
const past: Stays = [
  [3, 10, 4],
  [8, 8, 4],
  [13, 4, 10],
  [40, 2, 24],
];
const lesson = (stays: Stays = past): Lesson => ({ travellers: 'deals', stageLabel: 'Decision', learnedOn: '2026-11-03', stays });

/** The rule as it is once it has learned. */
const taught = (given: Lesson = lesson()): Detector => ({
  ...stalled,
  params: stalled.params.transform((params) => stalled.learn?.(params, given)),
});
const params = { after: 'p75', otherwise: '15bd', patience: '5bd' };
const explained = (rule: Detector, raw: Record<string, unknown> = params): string => rule.explain(rule.params.parse(raw)).split(';')[0] ?? '';

// In decision since Mon 2026-09-07 09:00.
describe('stalled after a percentile', () => {
  it('is said when a journey stays longer than that share of the won ones', () => {
    const limit = at('2026-09-17 09:00');
    expect(ask(taught(), aJourney(), { now: limit - 1, params })).toEqual({ findings: [], recheckAt: limit });
    expect(onlyFinding(taught(), aJourney(), { now: limit, params })).toMatchObject({
      dueAt: limit,
      expected: 'leaves Decision within 8 working days',
    });
    expect(ask(taught(), aJourney(), { now: limit, params: { ...params, after: 'p99' } }).recheckAt).toBe(at('2026-11-02 09:00'));
  });

  it('waits with the fixed number until enough were won', () => {
    const few = { ...params, sample: 25 };
    expect(ask(taught(), aJourney(), { now: limitOf('2026-09-17'), params: few }).recheckAt).toBe(at('2026-09-28 09:00'));
    expect(ask(stalled, aJourney(), { now: limitOf('2026-09-17'), params }).recheckAt).toBe(at('2026-09-28 09:00'));
    expect(ask(taught(lesson([])), aJourney(), { now: limitOf('2026-09-17'), params }).recheckAt).toBe(at('2026-09-28 09:00'));
  });

  it('says what it has learned, of how many, when, and what would hold without', () => {
    expect(explained(taught())).toBe('in a stage longer than 8 working days: the 75th percentile of 24 won deals in Decision, learned 3 Nov 2026');
    expect(taught().explain(taught().params.parse(params))).toContain('; 15 working days without;');
    expect(explained(taught(), { ...params, after: 'p52' })).toContain('the 52nd percentile');
    expect(explained(taught(), { ...params, sample: 25 })).toBe(
      'in a stage longer than 15 working days: the 75th percentile of won deals in Decision counts once there are 25, and there are 24',
    );
    expect(explained(stalled)).toBe(
      'in a stage longer than the 75th percentile of the won ones took there (with fewer than 20 of those: 15 working days)',
    );
  });

  it('says that the limit was changed where that ended it', () => {
    const now = '2026-09-17 09:00';
    const finding = onlyFinding(taught(), aJourney(), { now, params });
    expect(ask(stalled, aJourney(), { now, params }).findings).toEqual([]);
    expect(stalled.cleared(finding, aJourney(), contextOf(aJourney(), { now }), stalled.params.parse({}))).toBe(
      'it may stay longer now: its limit or the CRM record was changed',
    );
  });

  it('takes a percentile from p50 to p99 and no other', () => {
    for (const after of ['p50', 'p99']) expect(stalled.params.safeParse({ after }).success).toBe(true);
    for (const after of ['p49', 'p100', 'P75', 'p7', '75']) expect(stalled.params.safeParse({ after }).success).toBe(false);
  });

  it('holds until its recheck time, whatever the journey and whatever was learned', () => {
    const some = fc.record({
      after: fc.constantFrom('p50', 'p75', 'p90'),
      otherwise: someDuration,
      patience: someDuration,
      sample: fc.constantFrom(5, 24, 25),
    });
    expectToHoldUntilRecheck(taught(), some);
  });
});

describe('what became of others', () => {
  const odds = (rule: Detector, raw: Record<string, unknown>) =>
    onlyFinding(rule, aJourney(), { now: '2027-01-04', params: raw }).evidence.find(({ label }) => label.startsWith('Stayed longer'));

  it('is evidence with its n, whatever way the limit is said', () => {
    const said = { label: 'Stayed longer than 8 working days', text: 'of 40 deals that did, 6 were won' };
    expect(odds(taught(), params)).toEqual(said);
    expect(odds(taught(), { after: '8bd' })).toEqual(said);
    expect(odds(taught(), { after: 'crm', otherwise: '8bd' })).toEqual(said);
    expect(odds(taught(), { after: '10d' })).toEqual(said);
    expect(odds(taught(lesson([[20, 1, 30]])), { after: '8bd' })?.label).toBe('Stayed longer than 8 working days');
    expect(odds(taught(lesson([[20, 1, 30]])), { after: '8bd' })).toMatchObject({ text: 'of 31 deals that did, 1 was won' });
  });

  it('is not said of too few, nor where nothing was learned', () => {
    expect(odds(taught(), { after: '8bd', sample: 41 })).toBeUndefined();
    expect(odds(stalled, { after: '8bd' })).toBeUndefined();
    expect(odds(taught(), { after: '4h', patience: '0bd' })).toBeUndefined();
  });
});

const limitOf = (day: string): number => at(`${day} 09:00`);
