import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handoffGap } from '../../../src/core/detectors/handoff-gap.ts';
import type { TeamDefinition } from '../../../src/core/journey/journey-map.ts';
import type { Touchpoint } from '../../../src/core/journey/record.ts';
import { aJourney, aMap, aTouchpoint, at } from '../builders.ts';
import { ask, clearedBy, onlyFinding, subjectsOf } from './ask.ts';
import { expectToHoldUntilRecheck, someDuration } from './holds-until-recheck.ts';

const onboarding: TeamDefinition = { key: 'onboarding', label: 'Onboarding', members: ['mia@us.example'], channels: ['training'] };
const map = aMap({
  stages: ['decision', { key: 'implementation', team: onboarding }, { key: 'adoption', team: onboarding }, 'growth'],
});
const journeyOf = (...touchpoints: Touchpoint[]) =>
  aJourney({
    touchpoints,
    visits: [
      ['decision', at('2026-08-03 09:00')],
      ['implementation', at('2026-09-07 09:00')],
    ],
  });
const alone = journeyOf();
const limit = at('2026-09-10 09:00');

describe('handoff-gap', () => {
  it('is said when the team of the stage has not touched the customer three working days after the handover', () => {
    expect(ask(handoffGap, alone, { now: limit - 1, map })).toEqual({ findings: [], recheckAt: limit });
    expect(onlyFinding(handoffGap, alone, { now: limit, map })).toMatchObject({
      subject: 'journey',
      since: at('2026-09-07 09:00'),
      dueAt: limit,
      headline: 'Onboarding has not taken over',
      expected: 'a touchpoint by onboarding within 3 working days of reaching Implementation',
      nextStep: 'Introduce onboarding to Acme GmbH, and agree on a date',
    });
  });

  it.each([
    ['by a member', { by: 'mia@us.example' }],
    ['in a channel that only the team uses', { channel: 'Training', by: 'somebody@us.example' }],
  ])('is not said where there was a touchpoint %s', (_what, traits) => {
    expect(ask(handoffGap, journeyOf(aTouchpoint('outbound', '2026-09-08 10:00', traits)), { now: '2026-12-01', map })).toEqual({
      findings: [],
      recheckAt: null,
    });
  });

  it('does not count touchpoints by others, by the customer alone, or from before the handover', () => {
    const others = [
      aTouchpoint('outbound', '2026-09-08 10:00', { by: 'dana@us.example' }),
      aTouchpoint('inbound', '2026-09-08 11:00'),
      aTouchpoint('outbound', '2026-09-04 10:00', { by: 'mia@us.example' }),
    ];
    expect(subjectsOf(ask(handoffGap, journeyOf(...others), { now: limit, map }))).toEqual(['journey']);
  });

  it('takes what we did for the owner’s where nobody is named, and else can say nothing', () => {
    const unsigned = journeyOf(aTouchpoint('outbound', '2026-09-08 10:00'));
    expect(ask(handoffGap, { ...unsigned, ownerEmail: 'Mia@us.example' }, { now: limit, map })).toEqual({ findings: [], recheckAt: null });
    expect(ask(handoffGap, unsigned, { now: limit, map }).undecided).toBe('all');
    expect(ask(handoffGap, { ...unsigned, ownerEmail: null }, { now: limit, map }).undecided).toBe('all');
  });

  it('counts stages of one team in a row as one handover', () => {
    const further = aJourney({
      visits: [
        ['decision', at('2026-08-03 09:00')],
        ['implementation', at('2026-09-01 09:00')],
        ['adoption', at('2026-09-07 09:00')],
      ],
    });
    expect(onlyFinding(handoffGap, further, { now: limit, map }).since).toBe(at('2026-09-01 09:00'));
  });

  it('has nothing to say in a stage without a team, and can say nothing in one that the map does not know', () => {
    expect(ask(handoffGap, alone, { now: '2026-12-01', map: aMap() })).toEqual({ findings: [], recheckAt: null });
    expect(ask(handoffGap, aJourney({ visits: [[null, at('2026-01-01')]] }), { now: limit, map }).undecided).toBe('all');
  });

  it('can say nothing where the team’s touchpoint may have been forgotten', () => {
    const many = Array.from({ length: 100 }, (_, minutes) => aTouchpoint('inbound', limit - minutes * 60_000));
    expect(ask(handoffGap, { ...journeyOf(...many), lastOf: {} }, { now: limit, map }).undecided).toBe('all');
  });

  it('waits for a dated next step', () => {
    const booked = { ...alone, nextStep: { title: 'Kick-off', due: '2026-09-15', setAt: at('2026-09-08') } };
    expect(ask(handoffGap, booked, { now: limit, map })).toEqual({ findings: [], recheckAt: at('2026-09-16') });
  });

  it('says what ended it', () => {
    const touched = journeyOf(aTouchpoint('outbound', '2026-09-10 08:00', { by: 'mia@us.example', type: 'kickoff_call', channel: 'video' }));
    const moved = aJourney({
      visits: [
        ['implementation', at('2026-09-07 09:00')],
        ['growth', limit],
      ],
    });
    const booked = { ...alone, nextStep: { title: 'Kick-off', due: '2026-09-15', setAt: limit } };
    expect(clearedBy(handoffGap, alone, touched, { now: limit, map })).toBe('Onboarding took over: kickoff call (video)');
    expect(clearedBy(handoffGap, alone, moved, { now: limit, map })).toBe('moved to Growth');
    expect(clearedBy(handoffGap, alone, booked, { now: limit, map })).toBe('next step set: Kick-off');
  });

  it('says its parameters in words', () => {
    expect(handoffGap.explain(handoffGap.params.parse({}))).toBe(
      'the team of the stage has not touched the customer within 3 working days; a dated next step ahead holds it back for up to 10 working days more',
    );
  });

  it('holds until its recheck time, whatever the journey', () => {
    expectToHoldUntilRecheck(handoffGap, fc.record({ within: someDuration, patience: someDuration }, { requiredKeys: [] }));
  });
});
