import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../src/core/time.ts';
import { at } from '../../core/builders.ts';
import { configOf, routes } from '../examples.ts';
import { createCustomer, type Customer, type Manner } from './customers.ts';
import { type Industry, industries } from './industries.ts';
import { type Lived, live } from './live-year.ts';

const from = at('2025-09-01');
const until = from + 365 * dayMs;
const counts: Record<Manner, number> = { perfect: 8, healthy: 32, troubled: 12 };

describe.each(industries.map((industry) => [industry.template, industry] as const))('a year with %s', (_, industry) => {
  it('x', async () => {
    const t0 = performance.now();
    const lived = await yearOf(industry);
    const weeks = lived.reduce((s, { days }) => s + [...days.values()].reduce((a, b) => a + b, 0), 0) / 7;
    const said = lived.flatMap(({ customer, said }) => said.map((one) => ({ ...one, manner: customer.manner })));
    const table = new Map<string, Record<string, number>>();
    for (const { rule, manner } of said) { const row = table.get(rule) ?? {}; table.set(rule, row); row[manner] = (row[manner] ?? 0) + 1; }
    const healthy = lived.filter(({ customer }) => customer.manner === 'healthy');
    const share = [...table.keys()].map((rule) => [rule, (healthy.filter(({ said }) => said.some((s) => s.rule === rule)).length / healthy.length).toFixed(2)]);
    console.log(industry.template, 'ms', Math.round(performance.now() - t0), 'alerts/week/100', ((said.length / weeks) * 100).toFixed(2), 'n', said.length, Object.fromEntries(table), Object.fromEntries(share));
    for (const s of said.filter(({ manner }) => manner === 'perfect').slice(0, 10)) console.log(' perfect', new Date(s.at).toISOString(), s.rule, s.headline, s.journeyId);
    for (const s of said.filter(({ manner, rule }) => manner === 'healthy' && ['silent-role','ghosted','stalled','response-gap'].includes(rule)).slice(0, 14)) console.log(' healthy', new Date(s.at).toISOString(), s.rule, s.headline, s.journeyId);
    expect(said.length).toBeGreaterThan(0);
  }, 60_000);
});

async function yearOf(industry: Industry): Promise<(Lived & { customer: Customer })[]> {
  const config = await configOf(`extends: ${industry.template}\n${routes}`);
  return (Object.keys(counts) as Manner[]).flatMap((manner) =>
    Array.from({ length: counts[manner] }, (_, index) => {
      const customer = createCustomer(industry, manner, index + 1, config.calendar, from);
      return { customer, ...live(customer.signals, config, until) };
    }),
  );
}
