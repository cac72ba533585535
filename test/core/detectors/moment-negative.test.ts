import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentNegative } from '../../../src/core/detectors/moment-negative.ts';
import type { Touchpoint } from '../../../src/core/journey/record.ts';
import { aJourney, aMap, aPerson, aTouchpoint, at } from '../builders.ts';
import { ask, clearedBy, onlyFinding, subjectsOf } from './ask.ts';
import { expectToHoldUntilRecheck } from './holds-until-recheck.ts';

const map = aMap({ stages: ['awareness', { key: 'consideration', expects: { moments: ['demo'] } }, 'decision'] });
const demo = (when: string, sentiment: number | null, traits: Partial<Touchpoint> = {}) =>
  aTouchpoint('inbound', when, { type: 'demo', channel: 'video', person: 'Priya Nair', sentiment, ...traits });
const journeyOf = (...touchpoints: Touchpoint[]) => aJourney({ committee: [aPerson('Priya Nair', 'champion')], touchpoints });
const bad = journeyOf(demo('2026-09-08 10:00', -1));

describe('moment-negative', () => {
  it('is said of a moment of truth whose sentiment is below zero, also after its stage', () => {
    expect(onlyFinding(momentNegative, bad, { now: '2026-09-10', map })).toMatchObject({
      subject: 'moment:demo',
      since: at('2026-09-08 10:00'),
      dueAt: at('2026-09-08 10:00'),
      headline: 'The demo went badly',
      expected: 'demo that goes well',
      people: ['p-priya-nair'],
      evidence: [
        { label: 'It was', text: 'demo (video)' },
        { label: 'On', at: at('2026-09-08 10:00') },
        { label: 'Sentiment', text: '−1 (from −2 to +2)' },
      ],
      nextStep: 'Ask Priya Nair what went wrong, and agree on a second demo',
    });
  });

  it.each([0, 1, 2, null])('is not said of a sentiment of %s', (sentiment) => {
    expect(subjectsOf(ask(momentNegative, journeyOf(demo('2026-09-08 10:00', sentiment)), { now: '2026-09-10', map }))).toEqual([]);
  });

  it('is not said of what is no moment of truth, or one of a later stage only', () => {
    const call = journeyOf(aTouchpoint('inbound', '2026-09-08 10:00', { type: 'call', sentiment: -2 }));
    expect(subjectsOf(ask(momentNegative, call, { now: '2026-09-10', map }))).toEqual([]);
    expect(subjectsOf(ask(momentNegative, { ...bad, visits: aJourney({ visits: [['awareness', 0]] }).visits }, { now: '2026-09-10', map }))).toEqual(
      [],
    );
  });

  it('counts the newest one of which is known how it went', () => {
    const asked = journeyOf(demo('2026-09-08 10:00', -1), demo('2026-09-09 10:00', null));
    const worse = journeyOf(demo('2026-09-08 10:00', -1), demo('2026-09-09 10:00', -2));
    expect(onlyFinding(momentNegative, asked, { now: '2026-09-10', map }).since).toBe(at('2026-09-08 10:00'));
    expect(onlyFinding(momentNegative, worse, { now: '2026-09-10', map }).since).toBe(at('2026-09-09 10:00'));
  });

  it('takes the bound from its parameters', () => {
    const lukewarm = journeyOf(demo('2026-09-08 10:00', 0.5));
    expect(subjectsOf(ask(momentNegative, lukewarm, { now: '2026-09-10', map, params: { below: 1 } }))).toEqual(['moment:demo']);
    expect(subjectsOf(ask(momentNegative, bad, { now: '2026-09-10', map, params: { below: -1 } }))).toEqual([]);
  });

  it('can say nothing in a stage that the map does not know', () => {
    expect(ask(momentNegative, aJourney({ visits: [[null, at('2026-01-01')]] }), { now: '2026-09-10', map }).undecided).toBe('all');
  });

  it('says what ended it', () => {
    const again = journeyOf(demo('2026-09-08 10:00', -1), demo('2026-09-09 10:00', 1));
    const back = aJourney({
      touchpoints: bad.touchpoints,
      visits: [
        ['decision', at('2026-09-01 09:00')],
        ['awareness', at('2026-09-09 09:00')],
      ],
    });
    expect(clearedBy(momentNegative, bad, again, { now: '2026-09-10', map })).toBe('a later demo went well');
    expect(clearedBy(momentNegative, bad, back, { now: '2026-09-10', map })).toBe('moved to Awareness');
    expect(clearedBy(momentNegative, bad, journeyOf(), { now: '2026-09-10', map })).toBe('the journey map or the CRM record was corrected');
  });

  it('says its parameters in words', () => {
    expect(momentNegative.explain(momentNegative.params.parse({}))).toBe('a moment of truth of this stage or an earlier one has a sentiment under 0');
  });

  it('holds until its recheck time, whatever the journey', () => {
    expectToHoldUntilRecheck(momentNegative, fc.record({ below: fc.integer({ min: -1, max: 2 }) }, { requiredKeys: [] }));
  });
});
