import type { Alert } from '../../../src/core/alerts/alert.ts';
import { spanOf } from '../../../src/core/digest/alert-span.ts';
import { type DigestFacts, type DigestPeriod, digestOf } from '../../../src/core/digest/digest.ts';
import type { RouteMatch } from '../../../src/core/journey/journey-map.ts';
import type { JourneyRow } from '../../../src/core/journey/journey-row.ts';
import { createTable, onlyRules } from '../alerts/decision-table.ts';
import { aConfig, aMap, aRoute, at } from '../builders.ts';

/** Rows and alerts as decisions make them, with what matters changed. */

const rules = onlyRules({ stalled: { after: '5bd' }, 'missing-role': {} });
export const config = aConfig({
  maps: [
    aMap({
      rules,
      stages: [
        { key: 'decision', rules, expects: { roles: ['legal', 'champion'] } },
        { key: 'implementation', rules },
      ],
    }),
  ],
  routes: [aRoute('#deals')],
});

const decided = (() => {
  const table = createTable({ config });
  table.decide('2026-09-16 09:00');
  return { row: table.row(), alerts: table.alerts() };
})();

export const row = (id: string, traits: Partial<JourneyRow> = {}): JourneyRow => ({
  ...decided.row,
  id: `deal:${id}`,
  dealId: id,
  name: id,
  ...traits,
});

export const alert = (rule: string, journeyId: string, traits: Partial<Alert> = {}): Alert => {
  const found = decided.alerts.find((candidate) => candidate.rule === rule) ?? decided.alerts[0];
  if (found === undefined) throw new Error('nothing was decided');
  const finding = { ...found.finding, rule };
  return { ...found, id: `${journeyId} ${rule} ${found.subject}`, rule, finding, journeyId: `deal:${journeyId}`, ...traits };
};

export const period: DigestPeriod = { from: at('2026-09-14'), to: at('2026-09-21') };
export const during = at('2026-09-16 09:00');
export const before = at('2026-09-01 09:00');
export const byHand = (reason: 'done' | 'not-useful', when = during) =>
  ({ state: 'resolved', resolution: { at: when, how: 'by-hand', by: 'U1', reason, note: null } }) as const;
export const cleared = (when = during) => ({ state: 'resolved', resolution: { at: when, how: 'cleared', text: 'moved' } }) as const;

/** `alerts`: their spans are made of them. */
export const digest = (facts: Partial<DigestFacts>, match: RouteMatch = {}, when = period) => {
  const alerts = facts.alerts ?? [];
  const spans = alerts.map(spanOf).filter((span) => span !== null);
  return digestOf(
    { journeys: [], accounts: new Map(), moves: [], deeds: [], lives: [], metrics: null, ...facts, alerts, spans: facts.spans ?? spans },
    [],
    when,
    { match, timezone: 'UTC' },
    config,
  );
};
