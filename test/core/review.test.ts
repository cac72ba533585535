import { describe, expect, it } from 'vitest';
import { detectors } from '../../src/core/detectors/index.ts';
import { createStayLog } from '../../src/core/insight/stay-log.ts';
import type { Journey } from '../../src/core/journey/journey.ts';
import { frictionOf, isUnused, silentRules, stageUse, unconfirmedRoles, unconfirmedSegments } from '../../src/core/review.ts';
import { dayMs } from '../../src/core/time.ts';
import { aConfig, aJourney, aMap, at, officeHours, someRoles } from './builders.ts';

const now = at('2026-12-01 09:00');
const from = now - 90 * dayMs;
const map = aMap({ stages: ['awareness', 'consideration', { key: 'decision', expects: { roles: ['legal', 'champion', 'economic_buyer'] } }] });
const logOf = (journeys: Journey[]) => {
  const log = createStayLog({ at: now, version: 'v1', calendar: officeHours });
  for (const journey of journeys) log.add(journey, map);
  return log;
};
const usesOf = (journeys: Journey[]) => map.stages.map((stage) => stageUse(logOf(journeys), map, stage, from));
const times = (count: number, traits: Parameters<typeof aJourney>[0]) => Array.from({ length: count }, () => aJourney(traits));

describe('a stage', () => {
  it('is unused when no journey entered it in ninety days and some had before, and never borne out when none ever did', () => {
    const uses = usesOf([
      aJourney({
        visits: [
          ['awareness', at('2026-03-02 09:00')],
          ['decision', at('2026-11-02 09:00')],
        ],
      }),
    ]);
    expect(uses.map(isUnused)).toEqual([true, false, false]);
    expect(uses.map(({ ever }) => ever)).toEqual([true, false, true]);
  });

  it('is in use, too, where journeys only come back to it', () => {
    const uses = usesOf([
      aJourney({
        visits: [
          ['awareness', at('2026-03-02 09:00')],
          ['decision', at('2026-04-02 09:00')],
          ['awareness', at('2026-11-02 09:00')],
        ],
      }),
    ]);
    expect(uses.map(isUnused)).toEqual([false, false, true]);
  });
});

describe('friction', () => {
  it('is where journeys stay longest, and where most are lost', () => {
    const lost = { state: 'lost', at: at('2026-11-20 09:00') } as const;
    const uses = usesOf([
      ...times(10, {
        visits: [
          ['awareness', at('2026-10-05 09:00')],
          ['consideration', at('2026-11-16 09:00')],
          ['decision', at('2026-11-17 09:00')],
        ],
      }),
      ...times(4, { visits: [['consideration', at('2026-11-16 09:00')]], outcome: lost }),
    ]);
    expect(frictionOf('New business', uses)).toEqual({
      map: 'New business',
      slowest: { stage: 'Awareness', days: 31, n: 10 },
      leakiest: { stage: 'Consideration', dropped: 4, n: 14 },
      waiting: { stage: 'Decision', n: 10 },
    });
  });

  it('is not told of too few', () => {
    expect(frictionOf('New business', usesOf(times(9, {})))).toEqual({ map: 'New business', slowest: null, leakiest: null });
  });
});

describe('what was never borne out', () => {
  const config = aConfig({
    maps: [map],
    roles: someRoles,
    segments: ['enterprise', 'smb'].map((key) => ({ key, when: {} })),
  });

  it('is a role that a stage expects and nobody has, or that only titles tell', () => {
    const origins = new Map([
      ['champion', new Set(['title', 'crm'] as const)],
      ['economic_buyer', new Set(['title'] as const)],
    ]);
    expect(unconfirmedRoles(config, origins)).toEqual({ roles: ['Legal'], rolesByTitle: ['Economic buyer'] });
  });

  it('is a segment that no journey belongs to', () => {
    expect(unconfirmedSegments(config, logOf([aJourney({ segments: ['smb'] })]))).toEqual(['enterprise']);
    expect(unconfirmedSegments(aConfig({ maps: [map] }), logOf([]))).toEqual([]);
  });

  it('is a rule that is on for some journey and never found anything', () => {
    const onlyStalled = Object.fromEntries(
      Object.entries(map.rules).map(([name, rule]) => [name, name === 'stalled' ? rule : { base: null, segments: {} }]),
    );
    const quiet = aConfig({ maps: [aMap({ rules: onlyStalled, stages: [{ key: 'decision', rules: onlyStalled }] })] });
    expect(silentRules(quiet, [])).toEqual(['Stalled']);
    expect(silentRules(quiet, ['stalled'])).toEqual([]);
    // Rules about customers say nothing of deals.
    const ofCustomers = detectors.filter(({ only }) => only === 'accounts').map(({ title }) => title);
    expect(ofCustomers.length).toBeGreaterThan(0);
    for (const title of ofCustomers) expect(silentRules(config, [])).not.toContain(title);
    expect(silentRules(aConfig({ maps: [aMap({ for: { kind: 'accounts' } })] }), [])).toEqual(expect.arrayContaining(ofCustomers));
  });
});
