import type { JourneyConfig, RouteNode } from '../../src/core/journey/journey-map.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { onlyRules } from '../core/alerts/decision-table.ts';
import { aConfig, aMap, aSignal } from '../core/builders.ts';

type TeamTraits = Parameters<typeof aConfig>[0] & { rules?: Record<string, object>; routes?: RouteNode[] };

/** A team with one map for deals and one for customers, and only these rules on (by default `stalled` after 15 working days). */
export function aTeam({ rules = { stalled: { after: '15bd' } }, ...traits }: TeamTraits = {}): JourneyConfig {
  const only = onlyRules(rules);
  const outcomes = { won: { any: ['closedwon'] }, lost: { any: ['closedlost'] } };
  const stages = ['awareness', 'consideration', 'decision', 'implementation'].map((key) => ({
    key,
    from: { any: [key] },
    rules: only,
    expects: { roles: key === 'decision' ? ['legal'] : [] },
  }));
  return aConfig({
    // No feed is ever stale, unless a test is about that.
    feed: { staleAfter: { amount: 999, unit: 'd' } },
    maps: [
      aMap({ rules: only, stages, outcomes }),
      aMap({
        key: 'customers',
        label: 'Customers',
        for: { kind: 'accounts' },
        rules: only,
        stages: ['onboarding', 'growth'].map((key) => ({ key, rules: only })),
      }),
    ],
    ...traits,
  });
}

/** Acme GmbH and its deal, in decision since Monday 7 September 09:00. */
export const acme = (deal: object = {}): Signal[] => [
  aSignal('account.upserted', '2026-09-07 09:00', {
    account: { id: 'a-1', name: 'Acme GmbH', domain: 'acme.example', ownerEmail: 'dana@us.example' },
  }),
  aSignal('deal.upserted', '2026-09-07 09:00', {
    deal: {
      id: 'd-1',
      accountId: 'a-1',
      name: 'Acme rollout',
      stage: 'decision',
      amount: 48_000,
      currency: 'EUR',
      ownerEmail: 'dana@us.example',
      ...deal,
    },
  }),
];

/** Another deal in decision since then, of an account of its own. */
export const deal = (id: string, fields: object = {}): Signal =>
  aSignal('deal.upserted', '2026-09-07 09:00', { deal: { id, name: `Deal ${id}`, stage: 'decision', ...fields } });

export const moved = (when: string, stage = 'implementation', dealId = 'd-1'): Signal => aSignal('stage.entered', when, { stage: { dealId, stage } });

/** When a deal that entered decision on 7 September has stalled. */
export const stalledAt = '2026-09-28 09:00';
