import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stalled } from '../../../src/core/detectors/stalled.ts';
import { aJourney, aPerson, aTouchpoint, at } from '../builders.ts';
import { ask, clearedBy, onlyFinding, subjectsOf } from './ask.ts';
import { expectToHoldUntilRecheck, someDuration } from './holds-until-recheck.ts';

// In decision since Mon 2026-09-07 09:00; five working days later is Mon 2026-09-14 09:00.
const limit = at('2026-09-14 09:00');
const params = { after: '5bd', patience: '5bd' };

describe('stalled', () => {
  it('is not said before the limit, and asks to be looked at again right then', () => {
    expect(ask(stalled, aJourney(), { now: limit - 1, params })).toEqual({ findings: [], recheckAt: limit });
  });

  it('is said at the limit itself', () => {
    const finding = onlyFinding(stalled, aJourney(), { now: limit, params });
    expect(finding).toMatchObject({
      subject: 'journey',
      since: at('2026-09-07 09:00'),
      dueAt: limit,
      headline: 'Stalled in Decision',
      expected: 'leaves Decision within 5 working days',
      nextStep: 'Ask Acme GmbH what is needed to leave Decision, and agree on a dated next step',
    });
    expect(finding.evidence).toContainEqual({ label: 'Expected to leave by', at: limit });
    expect(finding.limitAt).toBeUndefined();
  });

  it('counts stages of the CRM that the map folds into one as one stay', () => {
    const journey = aJourney({
      visits: [
        ['consideration', at('2026-08-03 09:00')],
        ['decision', at('2026-09-07 09:00')],
        ['decision', at('2026-09-11 09:00')],
      ],
    });
    expect(onlyFinding(stalled, journey, { now: limit, params }).since).toBe(at('2026-09-07 09:00'));
  });

  it('counts a stage that was left and entered again from the new entry', () => {
    const journey = aJourney({
      visits: [
        ['decision', at('2026-08-03 09:00')],
        ['consideration', at('2026-09-01 09:00')],
        ['decision', at('2026-09-11 09:00')],
      ],
    });
    expect(ask(stalled, journey, { now: limit, params })).toEqual({ findings: [], recheckAt: at('2026-09-18 09:00') });
  });

  it('waits for a dated next step until its day is over', () => {
    const journey = aJourney({ nextStep: { due: '2026-09-16' } });
    expect(ask(stalled, journey, { now: limit, params })).toEqual({ findings: [], recheckAt: at('2026-09-17') });
    const finding = onlyFinding(stalled, journey, { now: '2026-09-17', params });
    expect(finding).toMatchObject({ dueAt: at('2026-09-17'), limitAt: limit });
    expect(finding.nextStep).toBe('Ask Acme GmbH where “Security review” stands, and agree on a date');
    expect(finding.evidence).toContainEqual({ label: 'Next step due', day: '2026-09-16' });
  });

  it('waits for no next step longer than its patience', () => {
    const journey = aJourney({ nextStep: { due: '2099-12-31' } });
    expect(ask(stalled, journey, { now: limit, params }).recheckAt).toBe(at('2026-09-21 09:00'));
    expect(subjectsOf(ask(stalled, journey, { now: '2026-09-21 09:00', params }))).toEqual(['journey']);
  });

  it('waits, however late, for the next step that it asked for, and no longer than its patience from then on', () => {
    const late = aJourney({ nextStep: { due: '2026-11-24', setAt: at('2026-11-20 09:00') } });
    expect(ask(stalled, late, { now: '2026-11-20 09:00', params })).toEqual({ findings: [], recheckAt: at('2026-11-25') });
    expect(clearedBy(stalled, aJourney(), late, { now: '2026-11-20 09:00', params })).toBe('next step set: Security review');
    expect(onlyFinding(stalled, late, { now: '2026-11-25', params })).toMatchObject({ dueAt: at('2026-11-25'), limitAt: limit });
    const never = aJourney({ nextStep: { due: '2099-12-31', setAt: at('2026-11-20 09:00') } });
    expect(ask(stalled, never, { now: '2026-11-20 09:00', params }).recheckAt).toBe(at('2026-11-27 09:00'));
  });

  it('waits for no next step that was over when it was set', () => {
    const over = aJourney({ nextStep: { due: '2026-10-30', setAt: at('2026-11-20 09:00') } });
    expect(onlyFinding(stalled, over, { now: '2026-11-20 09:00', params })).not.toHaveProperty('limitAt');
  });

  it('asks for no date where there is one that it does not wait for, until that day is over', () => {
    const journey = aJourney({ nextStep: { due: '2026-10-30' } });
    const answer = ask(stalled, journey, { now: '2026-09-21 09:00', params });
    expect(answer.findings[0]?.nextStep).toBe('Ask Acme GmbH what is needed to leave Decision before “Security review”');
    expect(answer.recheckAt).toBe(at('2026-10-31'));
    expect(onlyFinding(stalled, journey, { now: '2026-10-31', params }).nextStep).toContain('and agree on a date');
  });

  it.each([{ due: '2026-09-09' }, { due: null }])('is not held back by a next step due %o', (nextStep) => {
    expect(onlyFinding(stalled, aJourney({ nextStep }), { now: limit, params }).dueAt).toBe(limit);
  });

  it('names the person last heard from', () => {
    const journey = aJourney({
      committee: [aPerson('Ana Ruiz'), aPerson('Priya Nair')],
      touchpoints: [
        aTouchpoint('inbound', '2026-09-08 10:00', { person: 'Priya Nair' }),
        aTouchpoint('inbound', '2026-09-07 10:00', { person: 'Ana Ruiz' }),
      ],
    });
    expect(onlyFinding(stalled, journey, { now: limit, params })).toMatchObject({
      people: ['p-priya-nair'],
      nextStep: expect.stringContaining('Ask Priya Nair'),
    });
  });

  it('takes the CRM’s own limit, counted from the entry of the CRM’s stage', () => {
    const crm = { params: { after: 'crm', patience: '5bd' } };
    const journey = aJourney({ deal: { stallLimit: { days: 3, since: at('2026-09-09 09:00') } } });
    expect(ask(stalled, journey, { ...crm, now: limit - 3 * 86_400_000 }).recheckAt).toBe(at('2026-09-12 09:00'));
    expect(onlyFinding(stalled, journey, { ...crm, now: '2026-09-12 09:00' })).toMatchObject({
      since: at('2026-09-07 09:00'),
      dueAt: at('2026-09-12 09:00'),
      expected: 'leaves Decision within 3 days',
    });
  });

  it('falls back where the CRM has no limit for the stage', () => {
    const params = { after: 'crm', otherwise: '5bd', patience: '5bd' };
    expect(onlyFinding(stalled, aJourney(), { now: limit, params }).dueAt).toBe(limit);
    expect(ask(stalled, aJourney(), { now: limit - 1, params }).recheckAt).toBe(limit);
  });

  it('does not look at the CRM’s limit unless told to', () => {
    const journey = aJourney({ deal: { stallLimit: { days: 1, since: at('2026-09-07 09:00') } } });
    expect(ask(stalled, journey, { now: limit - 1, params })).toEqual({ findings: [], recheckAt: limit });
  });

  it('can say nothing in a stage that the map does not know', () => {
    expect(ask(stalled, aJourney({ visits: [[null, at('2026-01-01')]] }), { now: limit, params })).toEqual({
      findings: [],
      recheckAt: null,
      undecided: 'all',
    });
  });

  it('is over where the journey has left for a stage that the map does not know', () => {
    const left = aJourney({
      visits: [
        ['decision', at('2026-09-07 09:00')],
        [null, at('2026-09-14 08:00')],
      ],
    });
    expect(ask(stalled, left, { now: limit, params })).toEqual({ findings: [], recheckAt: null });
    expect(clearedBy(stalled, aJourney(), left, { now: limit, params })).toMatch(/^moved to /);
  });

  it('says what ended it', () => {
    const moved = aJourney({
      visits: [
        ['decision', at('2026-09-07 09:00')],
        ['implementation', at('2026-09-14 08:00')],
      ],
    });
    expect(clearedBy(stalled, aJourney(), moved, { now: limit, params })).toBe('moved to Implementation');
    expect(clearedBy(stalled, aJourney(), aJourney({ nextStep: { due: '2026-09-20' } }), { now: limit, params })).toBe(
      'next step set: Security review',
    );
  });

  it('says its parameters in words', () => {
    expect(stalled.explain(stalled.params.parse({}))).toBe(
      'in a stage longer than 15 working days; a dated next step ahead holds it back for up to 15 working days more',
    );
  });

  it('says that it takes the CRM’s limit', () => {
    expect(stalled.explain(stalled.params.parse({ after: 'crm', otherwise: '20bd' }))).toBe(
      'in a stage longer than the CRM allows in it (where it does not say: 20 working days); a dated next step ahead holds it back for up to 15 working days more',
    );
  });

  it('holds until its recheck time, whatever the journey', () => {
    expectToHoldUntilRecheck(
      stalled,
      fc.record({ after: fc.oneof(someDuration, fc.constant('crm')), otherwise: someDuration, patience: someDuration }),
    );
  });
});
