import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { journeyPath } from '../../src/core/journey-path.ts';
import { stageStandings } from '../../src/core/stage-standing.ts';
import { summariseJourney } from '../../src/core/summarise.ts';
import { onlyRules } from './alerts/decision-table.ts';
import { aConfig, aJourney, aMap, at } from './builders.ts';

const rules = onlyRules({ stalled: { after: '5bd' } });
const keys = ['awareness', 'consideration', 'decision', 'implementation'];
const map = aMap({ rules, stages: keys.map((key) => ({ key, rules })) });
const config = aConfig({ maps: [map] });
const through = (...stages: string[]) =>
  aJourney({ visits: stages.map((stage, day): [string, number] => [stage, at('2026-09-01 09:00') + day * 86_400_000]) });
const standings = (...stages: string[]) => stageStandings(through(...stages).visits, map);

describe('where a stage stands that a journey was not in', () => {
  it('is skipped between two that it was in, unseen before the first, and ahead behind the furthest', () => {
    expect(standings('awareness', 'decision')).toEqual(['reached', 'skipped', 'reached', 'ahead']);
    expect(standings('decision')).toEqual(['unseen', 'unseen', 'reached', 'ahead']);
    expect(standings('decision', 'awareness')).toEqual(['reached', 'unseen', 'reached', 'ahead']);
    expect(standings()).toEqual(['ahead', 'ahead', 'ahead', 'ahead']);
  });

  it('is the same on the track and on the path of every journey', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...keys), { maxLength: 6 }), (stages) => {
        const journey = through(...stages);
        const track = summariseJourney(journey, map, [], config, at('2026-09-16 12:00')).track.map(({ state }) => state);
        const path = journeyPath(journey, map, config, at('2026-09-16 12:00')).stages.map(({ verdict }) => verdict);
        const same = { skipped: 'missing', unseen: 'unseen', ahead: 'ahead', done: 'reached', current: 'reached' } as const;
        expect(track.map((state) => same[state])).toEqual(path.map((verdict) => (verdict === 'matched' || verdict === 'late' ? 'reached' : verdict)));
      }),
      { numRuns: 60 },
    );
  });
});
