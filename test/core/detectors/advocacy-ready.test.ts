import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advocacyReady } from '../../../src/core/detectors/advocacy-ready.ts';
import { runDetectors } from '../../../src/core/detectors/run-detectors.ts';
import type { Journey } from '../../../src/core/journey/journey.ts';
import { aJourney, aMap, aPerson, aTouchpoint, at, officeHours, someRoles } from '../builders.ts';
import { ask, clearedBy, onlyFinding } from './ask.ts';
import { expectToHoldUntilRecheck, someDays } from './holds-until-recheck.ts';

const since = at('2026-01-05 09:00');
const nps = (...values: [day: string, value: number][]) => ({ nps: values.map(([day, value]) => ({ at: at(day), value })).reverse() });
const happy = (traits: Parameters<typeof aJourney>[0] = {}): Journey =>
  aJourney({
    kind: 'account',
    deal: null,
    visits: [['implementation', since]],
    committee: [aPerson('Priya Nair')],
    metrics: nps(['2026-08-03', 10]),
    ...traits,
  });
const now = '2026-09-07';

describe('advocacy-ready', () => {
  it('is good news, since all of it came together', () => {
    expect(advocacyReady).toMatchObject({ goodNews: true, severity: 'info' });
    expect(onlyFinding(advocacyReady, happy(), { now })).toMatchObject({
      subject: 'advocacy',
      since: at('2026-08-03'),
      headline: 'Acme GmbH is ready to be asked for a reference',
      people: ['p-priya-nair'],
      evidence: [
        { label: 'NPS', text: '10' },
        { label: 'Customer since', at: since },
      ],
      nextStep: 'Ask Priya Nair for a reference, a review or an introduction',
    });
  });

  const asked = aTouchpoint('outbound', '2026-08-20', { type: 'reference_request' });
  it.each([
    ['a customer of a few weeks', happy({ visits: [['implementation', at('2026-08-01')]] })],
    ['somebody who was asked not long ago', happy({ touchpoints: [asked] })],
    ['a customer who was not happy in between', happy({ metrics: nps(['2026-08-03', 6], ['2026-09-01', 10]) })],
    ['a deal', { ...happy(), kind: 'deal' as const }],
  ])('is not said of %s', (_, journey) => {
    expect(ask(advocacyReady, journey, { now }).findings).toEqual([]);
  });

  it('waits for the milestones that it is told to wait for', () => {
    const params = { milestones: ['go_live'] };
    expect(ask(advocacyReady, happy(), { now, params }).findings).toEqual([]);
    expect(onlyFinding(advocacyReady, happy({ milestones: { go_live: at('2026-09-01') } }), { now, params }).since).toBe(at('2026-09-01'));
  });

  it('asks again after the cooldown', () => {
    const journey = happy({ touchpoints: [asked], metrics: nps(['2026-08-03', 10], ['2027-01-10', 9]) });
    expect(ask(advocacyReady, journey, { now: '2027-01-11' }).recheckAt).toBe(at('2027-02-16'));
    expect(onlyFinding(advocacyReady, journey, { now: '2027-02-16' }).since).toBe(at('2027-02-16'));
  });

  it('cannot be judged where nobody knows whether they are happy, or well', () => {
    expect(ask(advocacyReady, happy({ metrics: {} }), { now })).toMatchObject({ findings: [], undecided: 'all' });
    expect(ask(advocacyReady, happy(), { now: '2027-01-01' })).toMatchObject({ findings: [], undecided: 'all' });
    const usage = { metric: 'usage', label: 'Usage', weight: 1, scale: null, less: false };
    const map = aMap({ health: { metrics: [usage], committee: null, freshDays: 45, enough: 0.5 } });
    expect(ask(advocacyReady, happy(), { now, map }).undecided).toBe('all');
  });

  it('is held back where another rule has something to say', () => {
    const run = (journey: Journey) =>
      runDetectors(journey, {
        map: aMap({ for: { kind: 'accounts' } }),
        roles: someRoles,
        calendar: officeHours,
        now: at('2026-09-07 10:00'),
      }).findings.map(({ rule }) => rule);
    const talked = {
      touchpoints: [aTouchpoint('inbound', '2026-09-04', { person: 'Priya Nair' })],
      visits: [['implementation', since]] as [string, number][],
    };
    const all = run(happy(talked));
    expect(all).toContain('stalled');
    expect(all).not.toContain('advocacy-ready');
  });

  it('says what ended it', () => {
    expect(clearedBy(advocacyReady, happy(), happy({ touchpoints: [asked] }), { now })).toBe('they were asked: reference request');
    const worse = happy({ metrics: nps(['2026-08-03', 10], ['2026-09-05', 5]) });
    expect(clearedBy(advocacyReady, happy(), worse, { now })).toBe('no longer all of it is true, or something else comes first');
  });

  it('says what ended it, by the types and milestones that it is told to look for', () => {
    const question = { now, params: { asked: ['case_study', 'quote_asked'] } };
    const story = aTouchpoint('outbound', '2026-08-20', { type: 'case_study' });
    expect(clearedBy(advocacyReady, happy(), happy({ touchpoints: [story] }), question)).toBe('they were asked: case study');
    expect(clearedBy(advocacyReady, happy(), happy({ milestones: { quote_asked: at('2026-08-20') } }), question)).toBe(
      'they were asked: quote asked',
    );
  });

  it('holds until its recheckAt', () => {
    expectToHoldUntilRecheck(
      advocacyReady,
      fc.record({
        happy: fc.constantFrom({ nps: 5 }, { nps: 3, open_tickets: 2 }),
        health: fc.integer({ min: 0, max: 60 }),
        milestones: fc.subarray(['kickoff']),
        after: someDays(40),
        asked: fc.subarray(['call', 'first_value']),
        cooldown: someDays(60),
        fresh: someDays(90),
      }),
    );
  });
});
