import { describe, expect, it } from 'vitest';
import { type Ending, erasOf, learns } from '../../../src/core/backtest/eras.ts';
import { stalled } from '../../../src/core/detectors/stalled.ts';
import type { JourneyConfig } from '../../../src/core/journey/journey-map.ts';
import { aConfig, aMap, at } from '../builders.ts';

function config(after: string): JourneyConfig {
  const map = aMap();
  const rule = { base: { severity: 'warning' as const, params: stalled.params.parse({ after, sample: 5 }) }, segments: {} };
  return aConfig({ maps: [{ ...map, stages: map.stages.map((stage) => ({ ...stage, rules: { ...stage.rules, stalled: rule } })) }] });
}
const won = (when: string, days: number, count: 1 | -1 = 1): Ending => ({
  ...{ at: at(when), mapKey: 'new-business', stage: 'decision', segments: [], days, won: true, count },
});
const limitIn = (of: JourneyConfig | undefined) => {
  const params = of?.maps[0]?.stages.find(({ key }) => key === 'decision')?.rules.stalled?.base?.params;
  return params === undefined ? undefined : stalled.stageLimit?.(params, null)?.after;
};

describe('the eras of a config', () => {
  it('are one where no limit is learned', () => {
    expect(learns(config('15bd'))).toBe(false);
    expect(
      erasOf(
        config('15bd'),
        Array.from({ length: 9 }, () => won('2026-09-07 10:00', 4)),
      ),
    ).toHaveLength(1);
  });

  it('begin in the night after enough were won, whatever comes later', () => {
    const endings = [
      ...Array.from({ length: 5 }, () => won('2026-09-07 10:00', 4)),
      ...Array.from({ length: 50 }, () => won('2026-09-21 10:00', 30)),
    ];
    expect(learns(config('p75'))).toBe(true);
    const eras = erasOf(config('p75'), endings.toReversed());
    expect(eras.map(({ from, config: each }) => [from, limitIn(each)])).toEqual([
      [Number.NEGATIVE_INFINITY, { amount: 15, unit: 'bd' }],
      [at('2026-09-08'), { amount: 4, unit: 'bd' }],
      [at('2026-09-22'), { amount: 30, unit: 'bd' }],
    ]);
    expect(eras.at(-1)?.changed).toMatchObject([{ mapKey: 'new-business', stage: 'decision' }]);
    expect(erasOf(config('p75'), endings.slice(0, 5))).toEqual(
      eras.slice(0, 2).map((era) => ({ ...era, changed: expect.anything(), config: expect.anything() })),
    );
  });

  it('forget what was opened again', () => {
    const endings = [...Array.from({ length: 5 }, () => won('2026-09-07 10:00', 4)), won('2026-09-08 10:00', 4, -1)];
    expect(erasOf(config('p75'), endings).map(({ config: each }) => limitIn(each)?.amount)).toEqual([15, 4, 15]);
  });
});
