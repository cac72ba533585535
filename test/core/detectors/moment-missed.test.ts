import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentMissed } from '../../../src/core/detectors/moment-missed.ts';
import { aJourney, aMap, aPerson, aTouchpoint, at } from '../builders.ts';
import { ask, clearedBy, onlyFinding, subjectsOf } from './ask.ts';
import { expectToHoldUntilRecheck, someDuration } from './holds-until-recheck.ts';

const map = aMap({ stages: ['awareness', { key: 'decision', expects: { moments: ['security_review'] } }, 'implementation'] });
const priya = aPerson('Priya Nair', 'economic_buyer');
const journey = aJourney({ committee: [priya] });
const limit = at('2026-09-21 09:00');

describe('moment-missed', () => {
  it('is said when the moment has not happened ten working days after the stage began', () => {
    expect(ask(momentMissed, journey, { now: limit - 1, map })).toEqual({ findings: [], recheckAt: limit });
    expect(onlyFinding(momentMissed, journey, { now: limit, map })).toMatchObject({
      subject: 'moment:security_review',
      since: at('2026-09-07 09:00'),
      dueAt: limit,
      headline: 'No security review yet',
      expected: 'security review within 10 working days of reaching Decision',
      people: ['p-priya-nair'],
      nextStep: 'Agree with Priya Nair on a date for the security review, or log it in the CRM if it happened',
    });
  });

  it('takes the time from the stage, and rather from the rule', () => {
    const timed = aMap({ stages: [{ key: 'decision', expects: { moments: ['demo'], within: { amount: 2, unit: 'bd' } } }] });
    expect(ask(momentMissed, journey, { now: '2026-09-07 10:00', map: timed }).recheckAt).toBe(at('2026-09-09 09:00'));
    expect(ask(momentMissed, journey, { now: '2026-09-07 10:00', map: timed, params: { within: '1bd' } }).recheckAt).toBe(at('2026-09-08 09:00'));
  });

  it('asks for what the rule names instead, where it names anything', () => {
    const params = { moments: ['meeting'] };
    expect(subjectsOf(ask(momentMissed, journey, { now: limit, map, params }))).toEqual(['moment:meeting']);
    const met = aJourney({ touchpoints: [aTouchpoint('inbound', '2026-09-08 10:00', { type: 'meeting' })] });
    expect(subjectsOf(ask(momentMissed, met, { now: limit, map, params }))).toEqual([]);
    expect(momentMissed.explain(momentMissed.params.parse(params))).toMatch(/^meeting has not happened as soon as the stage expects/);
  });

  it.each([
    ['its type', { type: 'security_review' }],
    ['its type, in the words of people', { type: 'Security review' }],
    ['its asset', { type: 'meeting', asset: 'Security Review' }],
  ])('is not said where a touchpoint has it as %s, whoever acted and also before the stage', (_what, traits) => {
    for (const direction of ['inbound', 'outbound'] as const) {
      const touchpoints = [aTouchpoint(direction, '2026-08-20 10:00', traits)];
      expect(ask(momentMissed, aJourney({ touchpoints }), { now: '2026-12-01', map })).toEqual({ findings: [], recheckAt: null });
    }
  });

  it('expects nothing of a stage that has no moments of truth, nor those of the stages before', () => {
    const later = aJourney({
      visits: [
        ['decision', at('2026-08-03 09:00')],
        ['implementation', at('2026-09-07 09:00')],
      ],
    });
    expect(subjectsOf(ask(momentMissed, later, { now: '2026-12-01', map }))).toEqual([]);
  });

  it('waits for a dated next step, but not for ever', () => {
    const booked = { ...journey, nextStep: { title: 'Security review', due: '2026-09-25', setAt: at('2026-09-10') } };
    expect(ask(momentMissed, booked, { now: limit, map })).toEqual({ findings: [], recheckAt: at('2026-09-26') });
    const never = { ...journey, nextStep: { title: 'Some time', due: '2099-01-01', setAt: at('2026-09-10') } };
    expect(ask(momentMissed, never, { now: limit, map }).recheckAt).toBe(at('2026-10-12 09:00'));
  });

  it('can say nothing where it may have happened and been forgotten', () => {
    const busy = aJourney({
      lastOf: {},
      touchpoints: Array.from({ length: 100 }, (_, hour) => aTouchpoint('inbound', limit - hour * 3_600_000)),
    });
    expect(ask(momentMissed, busy, { now: limit, map })).toEqual({ findings: [], recheckAt: null, undecided: ['moment:security_review'] });
  });

  it('can say nothing in a stage that the map does not know', () => {
    expect(ask(momentMissed, aJourney({ visits: [[null, at('2026-01-01')]] }), { now: limit, map }).undecided).toBe('all');
  });

  it('says what ended it', () => {
    const held = aJourney({
      committee: [priya],
      touchpoints: [aTouchpoint('inbound', limit, { type: 'security_review', channel: 'video', person: 'Priya Nair' })],
    });
    const moved = aJourney({
      visits: [
        ['decision', at('2026-09-07 09:00')],
        ['implementation', limit],
      ],
    });
    const booked = { ...journey, nextStep: { title: 'Review with IT', due: '2026-09-25', setAt: limit } };
    expect(clearedBy(momentMissed, journey, held, { now: limit, map })).toBe('it happened: security review (video) with Priya Nair');
    expect(clearedBy(momentMissed, journey, moved, { now: limit, map })).toBe('moved to Implementation');
    expect(clearedBy(momentMissed, journey, booked, { now: limit, map })).toBe('next step set: Review with IT');
  });

  it('says its parameters in words', () => {
    expect(momentMissed.explain(momentMissed.params.parse({}))).toBe(
      'a moment of truth of the stage has not happened as soon as the stage expects; a dated next step ahead holds it back for up to 15 working days more',
    );
    expect(momentMissed.explain(momentMissed.params.parse({ within: '3d' }))).toContain('has not happened within 3 days');
  });

  it('holds until its recheck time, whatever the journey', () => {
    expectToHoldUntilRecheck(momentMissed, fc.record({ within: someDuration, patience: someDuration }, { requiredKeys: [] }));
  });
});
