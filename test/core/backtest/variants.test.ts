import { describe, expect, it } from 'vitest';
import { thresholdsOf } from '../../../src/core/backtest/variants.ts';
import { noActivity } from '../../../src/core/detectors/no-activity.ts';
import type { JourneyConfig } from '../../../src/core/journey/journey-map.ts';
import { aConfig, aMap } from '../builders.ts';

const configWith = (after: string, inDecision: string = after): JourneyConfig => {
  const rule = (text: string) => ({ base: { severity: 'warning' as const, params: noActivity.params.parse({ after: text }) }, segments: {} });
  const map = aMap();
  return aConfig({
    maps: [
      {
        ...map,
        rules: { ...map.rules, 'no-activity': rule(after) },
        stages: map.stages.map((stage) => ({
          ...stage,
          rules: { ...stage.rules, 'no-activity': rule(stage.key === 'decision' ? inDecision : after) },
        })),
      },
    ],
  });
};
const ofNoActivity = (config: JourneyConfig) => thresholdsOf(config).find(({ rule }) => rule === 'no-activity');

describe('other numbers of a rule', () => {
  it('are its limit halved, at three quarters, at one and a half and doubled', () => {
    expect(ofNoActivity(configWith('10bd'))).toMatchObject({
      numbers: '10bd',
      variants: [{ numbers: '5bd' }, { numbers: '8bd' }, { numbers: '15bd' }, { numbers: '20bd' }],
    });
  });

  it('say from where to where they go in a map that has several', () => {
    expect(ofNoActivity(configWith('10bd', '6bd'))).toMatchObject({
      numbers: '6–10bd',
      variants: [{ numbers: '3–5bd' }, {}, {}, { numbers: '12–20bd' }],
    });
    expect(ofNoActivity(configWith('10bd', '6h'))?.numbers).toBe('6h–10bd');
  });

  it('leave out what the map says and every stage says otherwise', () => {
    const config = configWith('10bd', '6bd');
    const maps = config.maps.map((map) => ({ ...map, stages: map.stages.filter(({ key }) => key === 'decision') }));
    expect(ofNoActivity({ ...config, maps })?.numbers).toBe('6bd');
  });

  it('change the limit and nothing else', () => {
    const [, , longer] = ofNoActivity(configWith('10bd'))?.variants ?? [];
    const settings = { severity: 'info' as const, params: noActivity.params.parse({ ignore: ['bounce'] }) };
    expect(longer?.scaled(settings)).toEqual({
      severity: 'info',
      params: { ...(settings.params as object), after: { amount: 15, unit: 'bd' } },
    });
  });

  it('are left out where they come to the same, and never come to nothing', () => {
    expect(ofNoActivity(configWith('1bd'))?.variants.map(({ numbers }) => numbers)).toEqual(['2bd']);
  });

  it('are only of rules that have such a limit', () => {
    const rules = thresholdsOf(aConfig()).map(({ rule }) => rule);
    expect(rules).toContain('stalled');
    expect(rules).not.toContain('close-date');
    expect(rules).not.toContain('single-threaded');
  });
});
