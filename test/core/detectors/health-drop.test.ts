import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { healthDrop } from '../../../src/core/detectors/health-drop.ts';
import type { Journey } from '../../../src/core/journey/journey.ts';
import { dayMs } from '../../../src/core/time.ts';
import { aJourney, aMap, aPerson, at } from '../builders.ts';
import { ask, clearedBy, contextOf, onlyFinding } from './ask.ts';
import { expectToHoldUntilRecheck, someDays } from './holds-until-recheck.ts';

const map = aMap({
  health: {
    metrics: [
      { metric: 'usage', label: 'Usage', weight: 2, scale: null, less: false },
      { metric: 'nps', label: 'NPS', weight: 1, scale: { bad: 0, good: 10 }, less: false },
    ],
    committee: null,
    freshDays: 45,
    enough: 0.5,
  },
});
const start = at('2026-03-02 08:00');
const week = (index: number): number => start + index * 7 * dayMs;
/** A value a week, from 2 March 2026 on. */
const account = (usage: number[], nps: number[] = []): Journey =>
  aJourney({
    kind: 'account',
    deal: null,
    committee: [aPerson('Ana Ruiz')],
    visits: [['implementation', start]],
    metrics: {
      usage: usage.map((value, index) => ({ at: week(index), value })).reverse(),
      nps: nps.map((value, index) => ({ at: week(index * 4), value })).reverse(),
    },
  });
const steady = Array.from({ length: 12 }, () => 100);

describe('health-drop', () => {
  it('is said with the measurement with which health has fallen far enough, and says what pulls it down', () => {
    const fallen = account([...steady, 60]);
    expect(ask(healthDrop, fallen, { now: week(12) - 1, map }).findings).toEqual([]);
    expect(onlyFinding(healthDrop, fallen, { now: week(12), map })).toMatchObject({
      subject: 'health',
      since: week(12),
      dueAt: week(12),
      headline: 'Health has dropped from 100 to 20',
      expected: 'stays within 20 points of its usual 100',
      evidence: [
        { label: 'Health', count: 20 },
        { label: 'Usually', count: 100 },
        { label: 'Pulled down by', text: 'Usage 60 (usually 100)' },
      ],
      nextStep: 'Ask Ana Ruiz what is behind it: usage 60 (usually 100)',
    });
  });

  it('is measured by what is usual for the account, so that a small one is not ill', () => {
    expect(ask(healthDrop, account(steady.map(() => 3)), { now: week(20), map })).toEqual({ findings: [], recheckAt: null });
  });

  it('does not get used to it: it stays until health is back', () => {
    const low = Array.from({ length: 20 }, () => 60);
    expect(onlyFinding(healthDrop, account([...steady, ...low]), { now: week(32), map }).since).toBe(week(12));
  });

  it('is over only when health is nearly what it was, not at the first better day', () => {
    const question = { now: week(20), map };
    expect(ask(healthDrop, account([...steady, 60, 90]), question).findings).toHaveLength(1);
    expect(clearedBy(healthDrop, account([...steady, 60]), account([...steady, 60, 98]), question)).toBe('health has recovered');
  });

  it('does not say that health has recovered where it is low, and only counts as fallen no more', () => {
    const fallen = account([...steady, 60]);
    const stillLow = account([...steady, 60, 60]);
    const finding = onlyFinding(healthDrop, fallen, { now: week(12), map });
    const params = healthDrop.params.parse({ points: 90 });
    expect(healthDrop.cleared(finding, stillLow, contextOf(stillLow, { now: week(13), map }), params)).toBe(
      'health is 20, which counts as a drop no more',
    );
  });

  it('does not fall because an input is missing', () => {
    const quiet = account(steady, [10, 10, 10]);
    expect(ask(healthDrop, quiet, { now: week(40), map }).findings).toEqual([]);
    const onlyNpsLeft = account(steady.slice(0, 8), [10, 10, 10, 10, 10]);
    expect(ask(healthDrop, onlyNpsLeft, { now: week(17), map }).findings).toEqual([]);
  });

  it('cannot be judged while the past is too short, and says nothing where nobody says what health is', () => {
    expect(ask(healthDrop, account([100, 100, 40]), { now: week(3), map })).toEqual({ findings: [], recheckAt: null, undecided: 'all' });
    expect(ask(healthDrop, account([...steady, 40]), { now: week(13), map: aMap() })).toEqual({ findings: [], recheckAt: null });
  });

  it('looks again with the next measurement', () => {
    expect(ask(healthDrop, account([...steady, 60]), { now: week(11) + 1, map }).recheckAt).toBe(week(12));
  });

  it('holds until its recheckAt', () => {
    const points = fc.integer({ min: 1, max: 30 });
    expectToHoldUntilRecheck(healthDrop, fc.record({ points, window: someDays(40), recovered: fc.integer({ min: 0, max: 10 }) }));
  });
});
