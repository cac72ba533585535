import { describe, expect, it } from 'vitest';
import type { Templates } from '../../src/config/templates.ts';
import type { ResolvedRule } from '../../src/core/journey/journey-map.ts';
import { configOf, exampleDetectors, mapOf, problemsOf, routes, stageOf } from './examples.ts';

const template = `
description: A template
rules: { lonely: { people: 5 } }
maps:
  deals:
    rules: { slow: { patience: 7bd } }
    stages:
      one: { from: [a], rules: { slow: { after: 11bd } } }
      two: { from: [b], rules: { slow: off } }
`;
const templates: Templates = { names: ['base'], read: () => template };
const options = { detectors: exampleDetectors, templates };
const segments = 'segments: { big: { when: { amount: "> 1" } }, small: { when: { amount: "<= 1" } } }\n';

/** The rule `slow` (or another) in a stage of the map `sales`. */
async function ruleIn(text: string, stage: string, rule = 'slow'): Promise<ResolvedRule | undefined> {
  return stageOf(await configOf(`${segments}${text}\n${routes}`, options), 'sales', stage).rules[rule];
}
const days = (amount: number) => ({ amount, unit: 'bd' });
const slow = (after: number, patience: number) => ({ severity: 'warning', params: { after: days(after), patience: days(patience) } });

describe('a rule', () => {
  it('has its own defaults where nothing is said', async () => {
    expect(await ruleIn('maps: { sales: { stages: { one: {} } } }', 'one')).toEqual({ base: slow(10, 5), segments: {} });
  });

  it('takes each parameter from the nearest place', async () => {
    const text =
      'rules: { slow: { after: 1bd, patience: 1bd } }\nmaps: { sales: { rules: { slow: { after: 2bd } }, stages: { one: { rules: { slow: { after: 3bd } } }, two: {} } } }';
    expect((await ruleIn(text, 'one'))?.base).toEqual(slow(3, 1));
    expect((await ruleIn(text, 'two'))?.base).toEqual(slow(2, 1));
  });

  it('is switched off in one place and on again in a nearer one', async () => {
    const text =
      'rules: { slow: off }\nmaps: { sales: { stages: { one: { rules: { slow: { after: 3bd } } }, two: { rules: { slow: on } }, three: {} } } }';
    expect((await ruleIn(text, 'one'))?.base).toEqual(slow(3, 5));
    expect((await ruleIn(text, 'two'))?.base).toEqual(slow(10, 5));
    expect((await ruleIn(text, 'three'))?.base).toBeNull();
  });

  it('has another severity where one is given', async () => {
    expect((await ruleIn('maps: { sales: { stages: { one: { rules: { slow: { severity: critical } } } } } }', 'one'))?.base).toEqual({
      ...slow(10, 5),
      severity: 'critical',
    });
  });

  it('holds for journeys in a stage that the map does not know, as the map says', async () => {
    const config = await configOf(
      `maps: { sales: { rules: { slow: { after: 2bd } }, stages: { one: { rules: { slow: off } } } } }\n${routes}`,
      options,
    );
    expect(mapOf(config, 'sales').rules.slow?.base).toEqual(slow(2, 5));
  });
});

describe('a segment', () => {
  it('changes what it names and keeps the rest', async () => {
    const text = 'maps: { sales: { stages: { one: { rules: { slow: { after: 3bd, big: { after: 9bd }, small: off } } } } } }';
    expect(await ruleIn(text, 'one')).toEqual({ base: slow(3, 5), segments: { big: slow(9, 5), small: null } });
  });

  it('keeps its change wherever the base is changed', async () => {
    const text = 'rules: { slow: { big: { after: 9bd } } }\nmaps: { sales: { stages: { one: { rules: { slow: { after: 3bd, patience: 1bd } } } } } }';
    expect(await ruleIn(text, 'one')).toEqual({ base: slow(3, 1), segments: { big: slow(9, 1) } });
  });

  it('can have a rule that nobody else has', async () => {
    const text = 'rules: { slow: off }\nmaps: { sales: { stages: { one: { rules: { slow: { big: { after: 9bd } } } } } } }';
    expect(await ruleIn(text, 'one')).toEqual({ base: null, segments: { big: slow(9, 5) } });
  });
});

describe('a template', () => {
  it('holds where the file says nothing', async () => {
    const text = 'maps: { sales: { extends: base } }';
    expect((await ruleIn(text, 'one'))?.base).toEqual(slow(11, 7));
    expect((await ruleIn(text, 'two'))?.base).toBeNull();
    expect((await ruleIn(text, 'one', 'lonely'))?.base?.params).toMatchObject({ people: 5 });
  });

  it('gives way to the file, wherever the file says it', async () => {
    const text = 'rules: { lonely: off }\nmaps: { sales: { extends: base, rules: { slow: { after: 2bd } } } }';
    expect((await ruleIn(text, 'one'))?.base).toEqual(slow(2, 7));
    expect((await ruleIn(text, 'one', 'lonely'))?.base).toBeNull();
  });

  it('keeps asleep what it has switched off, unless the same or a nearer place wakes it', async () => {
    expect((await ruleIn('rules: { slow: { after: 2bd } }\nmaps: { sales: { extends: base } }', 'two'))?.base).toBeNull();
    expect((await ruleIn('maps: { sales: { extends: base, stages: { two: { rules: { slow: { after: 2bd } } } } } }', 'two'))?.base).toEqual(
      slow(2, 7),
    );
    expect((await ruleIn('rules: { slow: on }\nmaps: { sales: { extends: base } }', 'two'))?.base).toEqual(slow(10, 7));
  });
});

describe('parameters that make no sense together', () => {
  const inStage = (rules: string) => `maps: { sales: { stages: { one: { rules: { ${rules} } } } } }\n${routes}`;

  it.each([
    [
      'onboarding-overdue: { atRisk: 60d, within: 40d }',
      '1:74 ',
      'onboarding-overdue.atRisk: must not be longer than `within` (40 days): what is over is at risk no more',
    ],
    [
      'onboarding-overdue: { within: 40d, atRisk: 41bd }',
      '1:87 ',
      'onboarding-overdue.atRisk: must not be longer than `within` (40 days): what is over is at risk no more',
    ],
    [
      'health-drop: { points: 10, recovered: 50 }',
      '1:82 ',
      'health-drop.recovered: must not be more than `points` (10): health would have recovered before it fell',
    ],
  ])('are reported where they stand: %s', async (rules, place, problem) => {
    expect(await problemsOf(inStage(rules))).toEqual([`journey.yml:${place}maps.sales.stages.one.rules.${problem}`]);
  });

  it.each([
    ['onboarding-overdue: { atRisk: 40d, within: 40d }'],
    ['onboarding-overdue: { atRisk: 50d, within: 40bd }'],
    ['onboarding-overdue: { within: 5d }'],
    ['health-drop: { points: 5 }'],
  ])('are none where one may fit the other, or only a default does not: %s', async (rules) => {
    expect(await problemsOf(inStage(rules))).toEqual([]);
  });
});

describe('parameters that only together make no sense', () => {
  it('are reported at the stage where they meet', async () => {
    const [detector] = exampleDetectors;
    if (detector === undefined) throw new Error('no example');
    const params = detector.params.refine(
      (given) => JSON.stringify(given) !== JSON.stringify({ after: days(1), patience: days(1) }),
      'is too strict',
    );
    const text = `rules: { slow: { after: 1bd } }\nmaps: { sales: { stages: { one: { rules: { slow: { patience: 1bd } } } } } }\n${routes}`;
    expect(await problemsOf(text, { ...options, detectors: [{ ...detector, params }] })).toEqual([
      'journey.yml:2:44 maps.sales.stages.one.rules.slow: is too strict',
    ]);
  });
});
