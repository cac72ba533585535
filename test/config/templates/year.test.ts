import { beforeAll, describe, expect, it } from 'vitest';
import { isGoodNews } from '../../../src/core/detectors/index.ts';
import { dayMs } from '../../../src/core/time.ts';
import { at } from '../../core/builders.ts';
import { configOf, routes } from '../examples.ts';
import { type Customer, createCustomer, type Manner, manners } from './customers.ts';
import { industries } from './industries.ts';
import { type Lived, live, type Said } from './live-year.ts';

const from = at('2025-09-01');
const until = from + 365 * dayMs;
const counts: Record<Manner, number> = { perfect: 6, healthy: 24, troubled: 10 };

type Year = Lived & { customer: Customer };

/** A year of each industry through its template: what people would have been told, and whether that is worth reading. */
describe.each(industries.map((industry) => [industry.template, industry] as const))('a year with %s', (template, industry) => {
  let year: Year[] = [];
  beforeAll(async () => {
    const config = await configOf(`extends: ${template}\n${routes}`);
    year = manners.flatMap((manner) =>
      Array.from({ length: counts[manner] }, (_, index) => {
        const customer = createCustomer(industry, manner, index + 1, config.calendar, from);
        return { customer, ...live(customer.signals, config, until) };
      }),
    );
  }, 60_000);
  const of = (...wanted: Manner[]): Year[] => year.filter(({ customer }) => wanted.includes(customer.manner));

  it('has nothing to say where everything is done in time, but good news', () => {
    const perfect = of('perfect');
    expect(perfect.flatMap(({ days }) => [...days.keys()]).length).toBeGreaterThanOrEqual(counts.perfect);
    expect(alarms(perfect).map(({ at: when, ...said }) => ({ ...said, at: new Date(when).toISOString() }))).toEqual([]);
    // Good news is rare, too: there are up to two years of them here.
    for (const { said } of perfect) expect(said.length).toBeLessThanOrEqual(3);
  });

  it('says little of business that goes well: few alerts a week, and no rule on every journey', () => {
    const healthy = of('healthy');
    expect(perWeekAndHundred(healthy)).toBeLessThan(7);
    const journeys = healthy.flatMap(({ days }) => [...days.keys()]);
    for (const [rule, said] of Map.groupBy(alarms(healthy), (one) => one.rule)) {
      const told = new Set(said.map(({ journeyId }) => journeyId)).size;
      expect(told / journeys.length, `${rule} on healthy journeys`).toBeLessThan(0.25);
    }
  });

  it('says more of what goes wrong, and all in all no more than can be read', () => {
    expect(perWeekAndHundred(of('troubled'))).toBeGreaterThan(3 * perWeekAndHundred(of('healthy')));
    expect(perWeekAndHundred(year)).toBeLessThan(16);
    const spoken = of('troubled').filter((one) => alarms([one]).length > 0).length;
    expect(spoken / counts.troubled).toBeGreaterThan(0.7);
  });
});

const alarms = (years: readonly Year[]): Said[] => years.flatMap(({ said }) => said.filter(({ rule }) => !isGoodNews(rule)));

/** Alerts a week for every hundred journeys that are open. */
function perWeekAndHundred(years: readonly Year[]): number {
  const weeks = years.reduce((sum, { days }) => sum + [...days.values()].reduce((all, open) => all + open, 0), 0) / 7;
  return (alarms(years).length / weeks) * 100;
}
