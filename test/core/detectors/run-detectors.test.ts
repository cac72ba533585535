import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/core/detectors/index.ts';
import { runDetectors, settingsFor } from '../../../src/core/detectors/run-detectors.ts';
import { stalled } from '../../../src/core/detectors/stalled.ts';
import type { ResolvedRule, RuleSettings } from '../../../src/core/journey/journey-map.ts';
import { aJourney, aMap, aPerson, aTouchpoint, at, defaultRules, officeHours, someRoles } from '../builders.ts';

const settings = (after: string, severity: RuleSettings['severity'] = 'warning'): RuleSettings => ({
  severity,
  params: stalled.params.parse({ after }),
});
const rule = (base: RuleSettings | null, segments: ResolvedRule['segments'] = {}): ResolvedRule => ({ base, segments });
const mapWith = (rules: Record<string, ResolvedRule>) => aMap({ stages: [{ key: 'decision', rules }], rules: { stalled: rule(settings('3bd')) } });
const run = (journey: Parameters<typeof runDetectors>[0], map: ReturnType<typeof aMap>, now: string) =>
  runDetectors(journey, { map, roles: someRoles, calendar: officeHours, now: at(now) });

describe('runDetectors', () => {
  it('stamps each finding with its rule and the severity of its settings', () => {
    const { findings } = run(aJourney(), mapWith({ stalled: rule(settings('5bd', 'critical')) }), '2026-09-14 09:00');
    expect(findings).toMatchObject([{ rule: 'stalled', severity: 'critical', subject: 'journey' }]);
  });

  it('asks to be run again when the first of its rules may change its answer', () => {
    const map = mapWith(defaultRules());
    const journey = aJourney({
      committee: [aPerson('Priya Nair')],
      touchpoints: [aTouchpoint('inbound', '2026-09-07 10:00', { person: 'Priya Nair', type: 'question' })],
    });
    const { recheckAt, rules } = run(journey, map, '2026-09-07 11:00');
    expect(recheckAt).toBe(at('2026-09-08 10:00'));
    expect(rules.find(({ rule }) => rule === 'response-gap')?.recheckAt).toBe(recheckAt);
    expect(rules.find(({ rule }) => rule === 'stalled')?.recheckAt).toBe(at('2026-09-28 09:00'));
  });

  it('takes the settings of the first of the journey’s segments that has its own', () => {
    const map = mapWith({ stalled: rule(settings('5bd'), { enterprise: settings('25bd'), strategic: null }) });
    const stalledFor = (...segments: string[]) => settingsFor(aJourney({ segments }), map)('stalled');
    expect(stalledFor()).toEqual(settings('5bd'));
    expect(stalledFor('emea')).toEqual(settings('5bd'));
    expect(stalledFor('emea', 'enterprise', 'strategic')).toEqual(settings('25bd'));
    expect(stalledFor('strategic', 'enterprise')).toBeNull();
  });

  it('takes the map’s own rules in a stage that the map does not know, and leaves undecided what needs the stage', () => {
    const { undecided, rules } = run(aJourney({ visits: [[null, at('2026-09-07')]] }), mapWith({}), '2026-12-01');
    expect(undecided).toEqual(new Map([['stalled', 'all']]));
    expect(rules.find(({ rule }) => rule === 'stalled')).toMatchObject({ state: 'undecided', explain: expect.stringContaining('3 working days') });
  });

  it('has a line for every rule there is, with the reason where it is off', () => {
    const { rules } = run(aJourney(), mapWith({ stalled: rule(settings('5bd')), ghosted: rule(null) }), '2026-09-14 09:00');
    expect(rules.map(({ rule }) => rule).sort()).toEqual(detectors.map(({ name }) => name).sort());
    const reasonOf = (name: string) => rules.find((line) => line.rule === name)?.explain.split(' · ')[0];
    expect(reasonOf('ghosted')).toBe('switched off in Decision');
    expect(reasonOf('renewal-due')).toBe('it is about customers, and this is a deal');
    expect(rules.filter(({ state }) => state !== 'off')).toEqual([
      {
        rule: 'stalled',
        state: 'found',
        explain: 'in a stage longer than 5 working days; a dated next step ahead holds it back for up to 15 working days more',
        recheckAt: null,
      },
    ]);
  });

  it('finds nothing on a journey that has ended, whatever its rules', () => {
    const ended = aJourney({ outcome: { state: 'won', at: at('2026-09-08') }, deal: { closeDates: [{ day: '2026-09-01', setAt: 0 }] } });
    expect(run(ended, aMap(), '2026-12-01')).toMatchObject({ findings: [], recheckAt: null });
  });

  it('names every rule once', () => {
    const names = detectors.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(detectors.map((detector) => [detector.name, detector] as const))(
    '%s refuses parameters that it does not have, and fills in its defaults',
    (_, { params, explain }) => {
      expect(params.safeParse({ afetr: '5bd' }).success).toBe(false);
      expect(explain(params.parse({}))).toMatch(/^\S.*\S$/);
    },
  );
});
