import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roleLag } from '../../../src/core/detectors/role-lag.ts';
import type { Touchpoint } from '../../../src/core/journey/record.ts';
import { aJourney, aMap, aPerson, aTouchpoint, at } from '../builders.ts';
import { ask, clearedBy, onlyFinding, subjectsOf } from './ask.ts';
import { expectToHoldUntilRecheck, someDuration, someRole } from './holds-until-recheck.ts';

const map = aMap({
  stages: [
    { key: 'awareness', signs: ['webinar_attended'] },
    { key: 'consideration', expects: { moments: ['demo'] } },
    { key: 'proposal', assets: [{ key: 'pricing', label: 'Pricing sheet', names: ['pricing'], roles: ['economic_buyer'] }] },
    { key: 'decision', signs: ['contract_reviewed'] },
  ],
});
const priya = aPerson('Priya Nair', 'economic_buyer');
const tom = aPerson('Tom Weber', 'champion');
const touch = (person: string | null, when: string, type: string, traits: Partial<Touchpoint> = {}) =>
  aTouchpoint('inbound', when, { type, ...(person === null ? {} : { person }), ...traits });
const webinar = touch('Priya Nair', '2026-08-03 10:00', 'webinar_attended');
const withTom = [touch('Tom Weber', '2026-08-10 10:00', 'demo'), touch('Tom Weber', '2026-08-20 10:00', 'view', { asset: 'pricing' })];
const journeyOf = (...touchpoints: Touchpoint[]) => aJourney({ committee: [priya, tom], touchpoints });
const behind = journeyOf(webinar, ...withTom);
const limit = at('2026-09-14 09:00');

describe('role-lag', () => {
  it('is said of a person who is two stages or more behind the deal, five working days after it came about', () => {
    expect(ask(roleLag, behind, { now: limit - 1, map })).toEqual({ findings: [], recheckAt: limit });
    expect(onlyFinding(roleLag, behind, { now: limit, map })).toMatchObject({
      subject: 'person:p-priya-nair',
      since: at('2026-09-07 09:00'),
      dueAt: limit,
      headline: 'Priya Nair, economic buyer, is still at Awareness',
      expected: 'at most 1 stage behind Decision',
      evidence: [
        { label: 'Showed Awareness', at: at('2026-08-03 10:00') },
        { label: 'Reached Decision', at: at('2026-09-07 09:00') },
        { label: 'Stages behind', count: 2, limit: 2 },
      ],
      nextStep: 'Show Priya Nair “Pricing sheet”',
    });
  });

  it('counts only stages of which somebody has given a sign: where nobody has, the CRM may not tell', () => {
    expect(subjectsOf(ask(roleLag, journeyOf(webinar, ...withTom.slice(0, 1)), { now: '2026-12-01', map }))).toEqual([]);
    const signed = journeyOf(webinar, ...withTom.slice(0, 1), touch(null, '2026-09-08 10:00', 'contract_reviewed'));
    expect(onlyFinding(roleLag, signed, { now: '2026-12-01', map })).toMatchObject({ since: at('2026-09-08 10:00') });
  });

  it('says nothing of a person who has given no sign, and of roles that it is not asked about', () => {
    expect(subjectsOf(ask(roleLag, journeyOf(...withTom), { now: '2026-12-01', map }))).toEqual([]);
    expect(subjectsOf(ask(roleLag, behind, { now: '2026-12-01', map, params: { roles: ['champion'] } }))).toEqual([]);
  });

  it('takes an asset for a sign where they acted: what we sent them they need not have seen', () => {
    const sent = aTouchpoint('outbound', '2026-09-08 10:00', { type: 'email', asset: 'pricing', person: 'Priya Nair' });
    expect(subjectsOf(ask(roleLag, journeyOf(webinar, ...withTom, sent), { now: limit, map }))).toEqual(['person:p-priya-nair']);
    expect(subjectsOf(ask(roleLag, journeyOf(webinar, ...withTom, { ...sent, direction: 'inbound' }), { now: limit, map }))).toEqual([]);
  });

  it('gives a person who was added late their own time', () => {
    const late = aJourney({ committee: [{ ...priya, addedAt: at('2026-09-09 09:00') }, tom], touchpoints: [webinar, ...withTom] });
    expect(ask(roleLag, late, { now: limit, map }).recheckAt).toBe(at('2026-09-16 09:00'));
  });

  it('has nothing to say of a map without signs', () => {
    expect(ask(roleLag, behind, { now: '2026-12-01', map: aMap() })).toEqual({ findings: [], recheckAt: null });
  });

  it('can say nothing where signs may have been forgotten, or in a stage that the map does not know', () => {
    expect(ask(roleLag, { ...behind, lastOf: {} }, { now: limit, map }).undecided).toEqual(['person:p-priya-nair']);
    expect(ask(roleLag, aJourney({ visits: [[null, at('2026-01-01')]] }), { now: limit, map }).undecided).toBe('all');
  });

  it('says what ended it', () => {
    const reviewed = journeyOf(webinar, ...withTom, touch('Priya Nair', '2026-09-14 08:00', 'contract_reviewed'));
    const back = aJourney({
      committee: [priya, tom],
      touchpoints: behind.touchpoints,
      visits: [
        ['decision', at('2026-09-07 09:00')],
        ['consideration', limit],
      ],
    });
    expect(clearedBy(roleLag, behind, reviewed, { now: limit, map })).toBe('Priya Nair has come to Decision');
    expect(clearedBy(roleLag, behind, back, { now: limit, map })).toBe('moved to Consideration');
    expect(clearedBy(roleLag, behind, aJourney({ committee: [tom], touchpoints: behind.touchpoints }), { now: limit, map })).toBe(
      'no longer on the buying committee',
    );
  });

  it('says its parameters in words', () => {
    expect(roleLag.explain(roleLag.params.parse({}))).toBe('champion or economic buyer 2 or more stages behind for 5 working days');
  });

  it('holds until its recheck time, whatever the journey', () => {
    const stages = fc.constantFrom(1, 1, 2);
    expectToHoldUntilRecheck(roleLag, fc.record({ stages, after: someDuration, roles: fc.uniqueArray(someRole, { minLength: 2 }) }), 800);
  });
});
