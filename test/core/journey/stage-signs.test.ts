import { describe, expect, it } from 'vitest';
import { foldName, furthestOf, stageShownBy } from '../../../src/core/journey/stage-signs.ts';
import { aMap, aTouchpoint, at } from '../builders.ts';

const pricing = { key: 'pricing', label: 'Pricing sheet', names: ['pricing', 'Pricing sheet'], roles: ['economic_buyer'] };
const map = aMap({
  stages: [
    { key: 'awareness', signs: ['webinar_attended'] },
    { key: 'consideration', expects: { moments: ['demo'] } },
    { key: 'proposal', assets: [pricing] },
    { key: 'decision', assets: [pricing], signs: ['contract_viewed', 'demo'] },
  ],
});
const seen = (type: string, asset: string | null = null) => stageShownBy(aTouchpoint('inbound', '2026-09-07', { type, asset }), map);

describe('names of types and assets', () => {
  it.each([
    ['Security review', 'security_review'],
    ['  Pricing-Sheet ', 'pricing_sheet'],
    ['Preisübersicht 2026', 'preisübersicht_2026'],
    ['demo', 'demo'],
  ])('%s is %s', (name, folded) => {
    expect(foldName(name)).toBe(folded);
    expect(foldName(folded)).toBe(folded);
  });
});

describe('what a touchpoint shows of how far its person has come', () => {
  it('is the stage of which its type is a sign, a moment of truth or an asset', () => {
    expect([seen('webinar_attended'), seen('Demo'), seen('view', 'pricing sheet'), seen('contract_viewed'), seen('email')]).toEqual([0, 1, 2, 3, -1]);
  });

  it('is the first of the stages that share a sign, and the furthest of those that it is a sign of', () => {
    expect(seen('demo')).toBe(1);
    expect(seen('demo', 'pricing')).toBe(2);
  });

  it('is nothing where we sent them an asset, which they need not have seen', () => {
    expect(stageShownBy(aTouchpoint('outbound', '2026-09-07', { type: 'email', asset: 'pricing' }), map)).toBe(-1);
    expect(stageShownBy(aTouchpoint('outbound', '2026-09-07', { type: 'demo', asset: 'pricing' }), map)).toBe(1);
  });
});

it('a person is as far as the furthest of their own touchpoints, since the first of them that was', () => {
  const touchpoints = [
    aTouchpoint('inbound', '2026-09-10', { type: 'webinar_attended', person: 'Priya Nair' }),
    aTouchpoint('inbound', '2026-09-09', { type: 'demo', person: 'Priya Nair' }),
    aTouchpoint('inbound', '2026-09-08', { type: 'demo', person: 'Priya Nair' }),
    aTouchpoint('inbound', '2026-09-07', { type: 'contract_viewed', person: 'Tom Weber' }),
  ];
  expect(furthestOf('p-priya-nair', touchpoints, map)).toEqual({ index: 1, at: at('2026-09-08') });
  expect(furthestOf('p-ana-ruiz', touchpoints, map)).toBeNull();
});
