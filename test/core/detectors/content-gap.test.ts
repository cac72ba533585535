import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentGap } from '../../../src/core/detectors/content-gap.ts';
import type { AssetDefinition } from '../../../src/core/journey/journey-map.ts';
import { aJourney, aMap, aPerson, aTouchpoint, at } from '../builders.ts';
import { ask, clearedBy, onlyFinding, subjectsOf } from './ask.ts';
import { expectToHoldUntilRecheck, someDuration } from './holds-until-recheck.ts';

const pricing: AssetDefinition = {
  key: 'pricing',
  label: 'Pricing sheet',
  names: ['pricing', 'Pricing sheet', 'pricing_viewed'],
  roles: ['economic_buyer'],
};
const business: AssetDefinition = { key: 'case', label: 'Business case', names: ['case'], roles: ['economic_buyer', 'champion'] };
const map = aMap({
  stages: ['awareness', { key: 'decision', expects: { roles: ['economic_buyer'] }, assets: [pricing, business] }, 'implementation'],
});
const priya = aPerson('Priya Nair', 'economic_buyer');
const tom = aPerson('Tom Weber', 'champion');
const journey = aJourney({ committee: [priya, tom] });
const limit = at('2026-09-14 09:00');

describe('content-gap', () => {
  it('is said when none of the assets for an expected role was shown five working days into the stage', () => {
    expect(ask(contentGap, journey, { now: limit - 1, map })).toEqual({ findings: [], recheckAt: limit });
    expect(onlyFinding(contentGap, journey, { now: limit, map })).toMatchObject({
      subject: 'role:economic_buyer',
      since: at('2026-09-07 09:00'),
      dueAt: limit,
      headline: 'Nothing to read for the role “Economic buyer” in Decision',
      expected: '“Pricing sheet” or “Business case” shown to whoever has the role “Economic buyer” within 5 working days',
      people: ['p-priya-nair'],
      nextStep: 'Send “Pricing sheet” or “Business case” to Priya Nair',
    });
  });

  it('is said of a role that is heard from in the stage, since it was heard from first', () => {
    const heard = ['2026-09-08 10:00', '2026-09-10 10:00'].map((when) => aTouchpoint('inbound', when, { person: 'Tom Weber' }));
    const { findings } = ask(contentGap, aJourney({ committee: [priya, tom], touchpoints: heard }), { now: '2026-12-01', map });
    expect(findings.map(({ subject, since }) => [subject, since])).toEqual([
      ['role:economic_buyer', at('2026-09-07 09:00')],
      ['role:champion', at('2026-09-08 10:00')],
    ]);
  });

  it.each([
    ['sent to them', 'outbound', { asset: 'Pricing sheet', person: 'Priya Nair' }],
    ['viewed by them', 'inbound', { asset: 'pricing', person: 'Priya Nair' }],
    ['told by the type alone', 'inbound', { type: 'pricing_viewed', person: 'Priya Nair' }],
    ['sent to nobody who is named', 'outbound', { asset: 'case' }],
    ['viewed by somebody without a role', 'inbound', { asset: 'case', person: 'Ana Ruiz' }],
  ] as const)('is not said where an asset was %s, also before the stage', (_what, direction, traits) => {
    const touchpoints = [aTouchpoint(direction, '2026-08-20 10:00', traits)];
    expect(subjectsOf(ask(contentGap, aJourney({ committee: [priya, tom, aPerson('Ana Ruiz')], touchpoints }), { now: '2026-12-01', map }))).toEqual(
      [],
    );
  });

  it('does not count what people of other roles were shown', () => {
    const touchpoints = [aTouchpoint('outbound', '2026-09-08 10:00', { asset: 'case', person: 'Tom Weber' })];
    const finding = onlyFinding(contentGap, aJourney({ committee: [priya, tom], touchpoints }), { now: limit, map });
    expect(finding.subject).toBe('role:economic_buyer');
    expect(finding.evidence).toContainEqual({ label: 'Last asset, case', at: at('2026-09-08 10:00') });
  });

  it('has nothing to say where the catalogue has nothing, unless it is asked to', () => {
    const empty = aMap({ stages: [{ key: 'decision', expects: { roles: ['legal'] } }] });
    expect(ask(contentGap, journey, { now: '2026-12-01', map: empty })).toEqual({ findings: [], recheckAt: null });
    expect(onlyFinding(contentGap, journey, { now: '2026-12-01', map: empty, params: { uncovered: true } })).toMatchObject({
      subject: 'role:legal',
      headline: 'The catalogue has nothing for the role “Legal” in Decision',
      nextStep: 'Find out what whoever has the role “Legal” needs to see in Decision, and add it to the catalogue',
    });
  });

  it('can say nothing where it may have been shown and been forgotten', () => {
    const busy = aJourney({
      lastOf: {},
      touchpoints: Array.from({ length: 100 }, (_, hour) => aTouchpoint('outbound', limit - hour * 3_600_000)),
    });
    expect(ask(contentGap, busy, { now: limit, map })).toEqual({ findings: [], recheckAt: null, undecided: ['role:economic_buyer'] });
  });

  it('can say nothing in a stage that the map does not know', () => {
    expect(ask(contentGap, aJourney({ visits: [[null, at('2026-01-01')]] }), { now: limit, map }).undecided).toBe('all');
  });

  it('says what ended it', () => {
    const shown = (direction: 'inbound' | 'outbound', person?: string) =>
      aJourney({
        committee: [priya, tom],
        touchpoints: [aTouchpoint(direction, limit, { asset: 'pricing', ...(person === undefined ? {} : { person }) })],
      });
    const moved = aJourney({
      committee: [priya],
      visits: [
        ['decision', at('2026-09-07 09:00')],
        ['implementation', limit],
      ],
    });
    expect(clearedBy(contentGap, journey, shown('outbound', 'Priya Nair'), { now: limit, map })).toBe('“Pricing sheet” was sent to Priya Nair');
    expect(clearedBy(contentGap, journey, shown('inbound', 'Priya Nair'), { now: limit, map })).toBe('“Pricing sheet” was viewed by Priya Nair');
    expect(clearedBy(contentGap, journey, shown('outbound'), { now: limit, map })).toBe('“Pricing sheet” was sent');
    expect(clearedBy(contentGap, journey, moved, { now: limit, map })).toBe('moved to Implementation');
  });

  it('says its parameters in words', () => {
    expect(contentGap.explain(contentGap.params.parse({}))).toBe(
      'a role with a part in the stage was sent or viewed none of its assets within 5 working days',
    );
    expect(contentGap.explain(contentGap.params.parse({ uncovered: true }))).toMatch(/, or there are none$/);
  });

  it('holds until its recheck time, whatever the journey', () => {
    expectToHoldUntilRecheck(contentGap, fc.record({ within: someDuration, uncovered: fc.boolean() }, { requiredKeys: [] }));
  });
});
