import { describe, expect, it } from 'vitest';
import type { Journey } from '../../src/core/journey/journey.ts';
import { journeyPath } from '../../src/core/journey-path.ts';
import { onlyRules } from './alerts/decision-table.ts';
import { aConfig, aJourney, aMap, aPerson, aTouchpoint, at } from './builders.ts';

const rules = onlyRules({ stalled: { after: '5bd' } });
const map = aMap({
  rules,
  allowedMoves: [{ from: 'decision', to: 'consideration' }],
  stages: [
    { key: 'awareness', rules },
    { key: 'consideration', rules, required: true },
    { key: 'decision', rules, expects: { roles: ['legal', 'champion'], moments: ['security_review'] } },
    { key: 'implementation', rules: onlyRules({}) },
  ],
});
const config = aConfig({ maps: [map] });
const path = (journey: Journey, now = '2026-09-18 12:00') => journeyPath(journey, map, config, at(now));
const verdicts = (journey: Journey, now?: string) => path(journey, now).stages.map(({ verdict }) => verdict);

describe('the path of a journey against the ideal one', () => {
  it('matches where each stage was left in time', () => {
    const journey = aJourney({
      visits: [
        ['awareness', at('2026-09-07 09:00')],
        ['consideration', at('2026-09-10 09:00')],
        ['decision', at('2026-09-16 09:00')],
      ],
    });
    expect(verdicts(journey)).toEqual(['matched', 'matched', 'matched', 'ahead']);
    expect(path(journey).stages.map(({ days, expected, isCurrent }) => [days, expected, isCurrent])).toEqual([
      [3, '5 working days', false],
      [4, '5 working days', false],
      [2, '5 working days', true],
      [null, null, false],
    ]);
  });

  it('is late from the limit on, in a stage that was left and in the one it is in', () => {
    const journey = aJourney({
      visits: [
        ['awareness', at('2026-09-01 09:00')],
        ['consideration', at('2026-09-09 09:00')],
      ],
    });
    expect(verdicts(journey, '2026-09-16 08:59')).toEqual(['late', 'matched', 'ahead', 'ahead']);
    expect(verdicts(journey, '2026-09-16 09:00')).toEqual(['late', 'late', 'ahead', 'ahead']);
  });

  it('misses what it jumped over, and does not know what was before it was first seen', () => {
    const journey = aJourney({
      visits: [
        ['consideration', at('2026-09-14 09:00')],
        ['implementation', at('2026-09-16 09:00')],
      ],
    });
    expect(verdicts(journey)).toEqual(['unseen', 'matched', 'missing', 'matched']);
    expect(verdicts(aJourney({ visits: [] }))).toEqual(['ahead', 'ahead', 'ahead', 'ahead']);
  });

  it('counts how often it came back, and tells moves back and stages that are not on the map', () => {
    const journey = aJourney({
      visits: [
        ['consideration', at('2026-09-07 09:00')],
        ['decision', at('2026-09-08 09:00')],
        ['consideration', at('2026-09-09 09:00')],
        [null, at('2026-09-10 09:00')],
        ['decision', at('2026-09-14 09:00')],
        ['awareness', at('2026-09-15 09:00')],
      ],
    });
    const { stages, extra } = path(journey);
    expect(stages.map(({ loops }) => loops)).toEqual([0, 1, 1, 0]);
    expect(extra).toMatchObject([
      { what: 'back', from: 'Decision', to: 'Consideration', at: at('2026-09-09 09:00'), allowed: true },
      { what: 'unknown', at: at('2026-09-10 09:00'), days: 2 },
      { what: 'back', from: 'Decision', to: 'Awareness', at: at('2026-09-15 09:00'), allowed: false },
    ]);
  });

  it('ends with the journey', () => {
    const won = aJourney({ visits: [['decision', at('2026-09-07 09:00')]], outcome: { state: 'won', at: at('2026-09-09 09:00') } });
    expect(path(won, '2026-12-01 09:00')).toMatchObject({ outcome: 'won', stages: [{}, {}, { verdict: 'matched', days: 2, isCurrent: false }, {}] });
  });

  it('says whom and what a stage lacks, of the stages that it was in', () => {
    const visits: [string, number][] = [['decision', at('2026-09-16 09:00')]];
    expect(path(aJourney({ visits })).stages.map(({ lacks }) => lacks)).toEqual([[], [], ['Legal', 'Champion', 'security review'], []]);
    const had = aJourney({
      visits,
      committee: [aPerson('Priya Nair', 'champion')],
      touchpoints: [aTouchpoint('inbound', '2026-09-10 09:00', { type: 'Security review' })],
    });
    expect(path(had).stages[2]?.lacks).toEqual(['Legal']);
  });
});
