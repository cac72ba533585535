import type { HealthDefinition } from '../../src/core/journey/journey-map.ts';
import { dayMs } from '../../src/core/time.ts';
import { type aJourney, aMap, anAccount, aPerson, aTouchpoint, at } from '../core/builders.ts';
import { example, type RuleExample } from './deal-examples.ts';

const entered = at('2026-09-07 09:00');
const committee = [aPerson('Priya Nair', 'economic_buyer', { title: 'CFO' })];
const outbound = (type: string, channel: string) => aTouchpoint('outbound', '2026-10-08 10:00', { type, channel, person: 'Priya Nair' });
const customers = aMap({ key: 'new-business', label: 'Customers', for: { kind: 'accounts' }, stages: ['implementation', 'growth'] });
const customer: Parameters<typeof aJourney>[0] = {
  id: 'account:a-1:new-business',
  kind: 'account',
  name: 'Acme GmbH',
  deal: null,
  committee,
  visits: [['growth', at('2026-01-05 09:00')]],
};
const health: HealthDefinition = {
  metrics: [{ metric: 'usage', label: 'Usage', weight: 1, scale: { bad: 0, good: 100 }, less: false }],
  committee: null,
  freshDays: 60,
  enough: 0.5,
};

/** One of every rule about an account. A rule without one fails the test of docs/rules.md. */
export const accountExamples: Record<string, RuleExample> = {
  'onboarding-overdue': example({
    params: { milestones: { sso_live: '15d' } },
    map: customers,
    with: { ...customer, visits: [['implementation', entered]] },
    after: { ...customer, visits: [['implementation', entered]], milestones: { sso_live: at('2026-10-08 10:00') } },
  }),
  'health-drop': example({
    map: { ...customers, health },
    with: { ...customer, metrics: { usage: usage(80, 80, 80, 30) } },
    after: { ...customer, metrics: { usage: usage(80, 80, 80, 30, 78) } },
    later: '2026-10-30 09:00',
  }),
  'sentiment-drop': example({
    map: customers,
    with: {
      ...customer,
      metrics: {
        nps: [
          { at: at('2026-10-01 10:00'), value: 4 },
          { at: at('2026-07-01 10:00'), value: 9 },
        ],
      },
    },
    after: {
      ...customer,
      metrics: {
        nps: [
          { at: at('2026-10-08 10:00'), value: 9 },
          { at: at('2026-10-01 10:00'), value: 4 },
        ],
      },
    },
  }),
  'renewal-due': example({
    map: customers,
    with: { ...customer, account: anAccount({ renewalDate: '2026-12-15' }) },
    after: {
      ...customer,
      account: anAccount({ renewalDate: '2026-12-15' }),
      touchpoints: [outbound('renewal_call', 'phone')],
    },
  }),
  'advocacy-ready': example({
    map: customers,
    with: { ...customer, metrics: { nps: [{ at: at('2026-10-01 10:00'), value: 10 }] } },
    after: {
      ...customer,
      metrics: { nps: [{ at: at('2026-10-01 10:00'), value: 10 }] },
      touchpoints: [outbound('reference_request', 'email')],
    },
  }),
};

function usage(...values: number[]): { at: number; value: number }[] {
  return values.map((value, index) => ({ at: at('2026-07-01 10:00') + index * 30 * dayMs, value })).reverse();
}
