import { describe, expect, it } from 'vitest';
import { rememberedMeasurements } from '../../../src/core/journey/remembered-measurements.ts';
import { dayMs } from '../../../src/core/time.ts';
import { aConfig, aJourney, aMap, at } from '../builders.ts';
import { createTable, onlyRules } from './decision-table.ts';

const start = at('2026-01-05 08:00');
const day = (index: number): number => start + index * dayMs;

/** A customer of whom something is measured every morning. */
const customer = (metric: string, values: number[]) =>
  aJourney({
    kind: 'account',
    deal: null,
    visits: [['implementation', start]],
    metrics: { [metric]: rememberedMeasurements(values.map((value, index) => ({ at: day(index), value })).reverse()) },
  });

function tableOf(rule: string) {
  const only = onlyRules({ [rule]: {} });
  const health = {
    metrics: [{ metric: 'usage', label: 'Usage', weight: 1, scale: { bad: 0, good: 100 }, less: false }],
    committee: null,
    freshDays: 45,
    enough: 0.5,
  };
  return createTable({ config: aConfig({ maps: [aMap({ rules: only, stages: [{ key: 'implementation', rules: only }], health })] }) });
}

describe.each([
  ['health-drop', 'usage', 90, 30],
  ['sentiment-drop', 'csat', 4.5, 2],
] as const)('%s, of what is measured every day', (rule, metric, good, bad) => {
  const wellFor = 60;
  const values = (badFor: number): number[] => [...Array<number>(wellFor).fill(good), ...Array<number>(badFor).fill(bad)];

  it('is one alert, with one beginning, as long as it goes on, though its beginning is forgotten', () => {
    const table = tableOf(rule);
    for (let badFor = 1; badFor <= 200; badFor++) {
      table.set({ journey: customer(metric, values(badFor)) });
      table.decide(day(wellFor + badFor - 1));
      expect(table.alert(rule)).toMatchObject({ state: 'open', finding: { since: day(wellFor) } });
    }
    expect(table.audit()).toEqual(['opened']);
  });

  it('stays resolved as somebody has resolved it, until it was over', () => {
    const table = tableOf(rule);
    table.set({ journey: customer(metric, values(1)) });
    table.decide(day(wellFor));
    table.act(rule, { kind: 'resolve', reason: 'wont-do', note: null }, '2026-03-06 08:01');
    for (let badFor = 2; badFor <= 200; badFor++) {
      table.set({ journey: customer(metric, values(badFor)) });
      table.decide(day(wellFor + badFor - 1));
    }
    const toldLate = [...Array<number>(wellFor - 7).fill(good), ...Array<number>(207).fill(bad)];
    table.set({ journey: customer(metric, toldLate) });
    table.decide('2026-09-21 09:00');
    expect(table.alert(rule)).toMatchObject({ state: 'resolved', holds: true });
    table.set({ journey: customer(metric, [...values(200), good]) });
    table.decide(day(wellFor + 200));
    table.set({ journey: customer(metric, [...values(200), good, bad]) });
    table.decide(day(wellFor + 201));
    expect(table.alert(rule, 2)).toMatchObject({ state: 'open', finding: { since: day(wellFor + 201) } });
  });
});
