import { describe, expect, it } from 'vitest';
import { settingsFor } from '../../../src/core/detectors/run-detectors.ts';
import { stalled } from '../../../src/core/detectors/stalled.ts';
import { changedLimits, teach } from '../../../src/core/detectors/teach.ts';
import type { JourneyConfig, ResolvedRule } from '../../../src/core/journey/journey-map.ts';
import type { Past, StagePast } from '../../../src/core/journey/past.ts';
import { onlyRules } from '../alerts/decision-table.ts';
import { aConfig, aJourney, aMap } from '../builders.ts';

const settings = (after: string) => ({ severity: 'warning' as const, params: stalled.params.parse({ after, sample: 5 }) });
/** Large deals have numbers of their own in decision; the rest shares one rule. */
const rule: ResolvedRule = { base: settings('p75'), segments: { enterprise: settings('p50'), partner: null } };
const rules = { ...onlyRules({}), stalled: rule };
const config = aConfig({ maps: [aMap({ rules, stages: ['consideration', 'decision'].map((key) => ({ key, rules })) })] });

type Groups = StagePast['groups'];
const past = (decision: Groups, consideration: Groups = []): Past => ({
  version: 'v1',
  lookedOn: '2026-11-04',
  config: '1',
  stages: {
    'new-business decision': { learnedOn: '2026-11-03', groups: decision },
    ...(consideration.length === 0 ? {} : { 'new-business consideration': { learnedOn: '2026-11-03', groups: consideration } }),
  },
});
const wonAll = (days: number, segments: string[] = []): Groups[number] => ({ segments, stays: [[days, 10, 0]] });

const limitFor = (taught: JourneyConfig, segments: string[], stage = 'decision') => {
  const journey = aJourney({ segments, visits: [[stage, 0]] });
  const [map] = taught.maps;
  const found = map === undefined ? null : settingsFor(journey, map)('stalled');
  return found === null ? null : stalled.stageLimit?.(found.params, null)?.after;
};

describe('rules that learn', () => {
  it('learn in each stage from the journeys that their numbers are for', () => {
    const taught = teach(config, past([wonAll(7), wonAll(9, ['small']), wonAll(30, ['enterprise']), wonAll(99, ['partner'])]));
    expect(limitFor(taught, [])).toEqual({ amount: 9, unit: 'bd' });
    expect(limitFor(taught, ['small'])).toEqual({ amount: 9, unit: 'bd' });
    expect(limitFor(taught, ['enterprise'])).toEqual({ amount: 30, unit: 'bd' });
    expect(limitFor(taught, ['partner'])).toBeNull();
    expect(limitFor(taught, [], 'consideration')).toEqual({ amount: 15, unit: 'bd' });
  });

  it('know the day on which the stage was learned, which may be long past', () => {
    const [map] = teach(config, past([wonAll(7)])).maps;
    const found = map === undefined ? null : settingsFor(aJourney(), map)('stalled');
    expect(found === null ? '' : stalled.explain(found.params)).toContain(
      '7 working days: the 75th percentile of 10 won deals in Decision, learned 3 Nov 2026',
    );
  });

  it('take the same of several segments as they take their numbers: the first that has some', () => {
    const taught = teach(config, past([wonAll(5, ['small', 'enterprise']), wonAll(50, ['partner', 'enterprise'])]));
    expect(limitFor(taught, ['small', 'enterprise'])).toEqual({ amount: 5, unit: 'bd' });
  });

  it('leave the config as it is where nothing was learned, and untaught itself in any case', () => {
    expect(teach(config, null)).toBe(config);
    teach(config, past([wonAll(7)]));
    expect(limitFor(config, [])).toEqual({ amount: 15, unit: 'bd' });
  });

  it('learn anew from the newest past alone', () => {
    const again = teach(teach(config, past([wonAll(7)])), past([wonAll(4)]));
    expect(limitFor(again, [])).toEqual({ amount: 4, unit: 'bd' });
    expect(limitFor(teach(teach(config, past([wonAll(7)])), past([])), [])).toEqual({ amount: 15, unit: 'bd' });
  });
});

describe('what makes a difference', () => {
  const changed = (before: JourneyConfig, after: JourneyConfig) =>
    changedLimits(before, after).map(({ mapKey, stage, holdsFor }) => [
      mapKey,
      stage,
      ...[[], ['enterprise'], ['partner']].map((segments) => holdsFor(segments)),
    ]);

  it('is another limit, for whom it is another', () => {
    expect(changed(config, teach(config, past([wonAll(7)])))).toEqual([['new-business', 'decision', true, false, false]]);
    expect(changed(config, teach(config, past([], [wonAll(7, ['enterprise'])])))).toEqual([['new-business', 'consideration', false, true, false]]);
  });

  it('is not more knowledge that comes to the same', () => {
    const known = teach(config, past([wonAll(7)]));
    const knowsMore = teach(config, past([{ segments: [], stays: [[7, 40, 12]] }]));
    expect(changed(known, knowsMore)).toEqual([]);
    expect(changed(config, teach(config, past([{ segments: [], stays: [[7, 4, 50]] }])))).toEqual([]);
  });
});
