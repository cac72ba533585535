import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onboardingOverdue } from '../../../src/core/detectors/onboarding-overdue.ts';
import { aJourney, aPerson, aTouchpoint, at } from '../builders.ts';
import { ask, clearedBy, onlyFinding, subjectsOf } from './ask.ts';
import { expectToHoldUntilRecheck, someDuration } from './holds-until-recheck.ts';

const start = at('2026-09-07 09:00');
const params = { milestones: { kickoff: '5bd', training: '15bd' }, value: 'first_value', within: '30bd', atRisk: '20bd' };
const mira = aPerson('Mira Holt');
const account = (milestones: Record<string, string> = {}, traits: Parameters<typeof aJourney>[0] = {}) =>
  aJourney({
    kind: 'account',
    deal: null,
    visits: [['implementation', start]],
    committee: [mira],
    touchpoints: [aTouchpoint('inbound', '2026-09-08 10:00', { person: 'Mira Holt' })],
    milestones: Object.fromEntries(Object.entries(milestones).map(([name, when]) => [name, at(when)])),
    ...traits,
  });

describe('onboarding-overdue', () => {
  it('is not said before a milestone is due, and is said from then on', () => {
    const due = at('2026-09-14 09:00');
    expect(ask(onboardingOverdue, account(), { now: due - 1, params })).toEqual({ findings: [], recheckAt: due });
    expect(onlyFinding(onboardingOverdue, account(), { now: due, params })).toMatchObject({
      subject: 'milestone:kickoff',
      since: start,
      dueAt: due,
      headline: 'Onboarding is late: no kickoff yet',
      expected: 'kickoff within 5 working days of the beginning',
      people: ['p-mira-holt'],
      evidence: [
        { label: 'Began', at: start },
        { label: 'Expected by', at: due },
        { label: 'Reached so far', text: 'nothing yet' },
      ],
      nextStep: 'Ask Mira Holt what kickoff is waiting for, and agree on a date',
    });
  });

  it('says each late milestone, and the time to value first as at risk, then as over', () => {
    const now = (day: string) => ask(onboardingOverdue, account({ kickoff: '2026-09-09' }), { now: day, params }).findings;
    expect(now('2026-10-05 09:00').map(({ headline }) => headline)).toEqual([
      'Onboarding is late: no training yet',
      'Time to value at risk: no first value yet',
    ]);
    expect(now('2026-10-19 09:00').map(({ headline }) => headline)).toEqual([
      'Onboarding is late: no training yet',
      'Time to value is over: no first value yet',
    ]);
  });

  it('has nothing to say of accounts that are in time, of deals, and where no milestones are listed', () => {
    const done = account({ kickoff: '2026-09-09', training: '2026-09-20', first_value: '2026-09-30' });
    expect(ask(onboardingOverdue, done, { now: '2027-01-01', params }).findings).toEqual([]);
    expect(ask(onboardingOverdue, aJourney({ visits: [['implementation', start]] }), { now: '2027-01-01', params }).findings).toEqual([]);
    expect(ask(onboardingOverdue, account(), { now: '2027-01-01' })).toEqual({ findings: [], recheckAt: null });
  });

  it('leaves alone, if asked to, accounts of which no milestone was ever heard, and takes time from the first one on', () => {
    const heard = { ...params, heard: true };
    expect(ask(onboardingOverdue, account(), { now: '2027-01-01', params: heard })).toEqual({ findings: [], recheckAt: null, undecided: 'all' });
    const late = account({ kickoff: '2026-10-30' });
    expect(ask(onboardingOverdue, late, { now: '2026-11-02', params: heard }).findings.map(({ dueAt }) => dueAt)).toEqual([
      at('2026-10-30'),
      at('2026-10-30'),
    ]);
  });

  it('cannot be judged while the stage is not known', () => {
    expect(ask(onboardingOverdue, account({}, { visits: [[null, start]] }), { now: '2027-01-01', params }).undecided).toBe('all');
  });

  it('starts anew when the account has come back', () => {
    const back = at('2026-11-02 09:00');
    const again = account();
    again.visits = [
      { stage: 'implementation', crmStage: 'x', source: 'signals', enteredAt: start, leftAt: at('2026-10-01') },
      { stage: 'implementation', crmStage: 'x', source: 'signals', enteredAt: back, leftAt: null },
    ];
    expect(ask(onboardingOverdue, again, { now: '2026-11-03', params })).toEqual({ findings: [], recheckAt: at('2026-11-09 09:00') });
  });

  it('says what ended it', () => {
    const now = '2026-09-16';
    expect(clearedBy(onboardingOverdue, account(), account({ kickoff: '2026-09-15' }), { now, params })).toBe('kickoff is done');
    const only = { value: 'first_value', within: '5bd', atRisk: '5bd' };
    expect(clearedBy(onboardingOverdue, account(), account({ first_value: '2026-09-15' }), { now, params: only })).toBe('first value was reached');
    expect(subjectsOf(ask(onboardingOverdue, account(), { now, params: only }))).toEqual(['time-to-value']);
  });

  it('holds until its recheckAt', () => {
    expectToHoldUntilRecheck(
      onboardingOverdue,
      fc.record({
        milestones: fc.dictionary(fc.constantFrom('kickoff', 'first_value', 'go_live'), someDuration),
        value: fc.constantFrom('first_value', 'go_live'),
        within: someDuration,
        atRisk: someDuration,
        heard: fc.boolean(),
      }),
    );
  });
});
