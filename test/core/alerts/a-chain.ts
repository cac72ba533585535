import type { Delivery, Reply } from '../../../src/core/delivery.ts';
import { parseDuration } from '../../../src/core/duration.ts';
import type { AlertPolicy, EscalationStep, JourneyConfig, Notify, RouteNode } from '../../../src/core/journey/journey-map.ts';
import { aRoute } from '../builders.ts';
import { createTable } from './decision-table.ts';
import { config } from './missing-legal.ts';

/** `step('4bh', 'manager')`, `step('1bd', '#leads')`, `step('1bd', '#leads', 'team')`. */
export function step(after: string, ...where: (Notify | `#${string}`)[]): EscalationStep {
  const channel = where.find((one) => one.startsWith('#')) ?? null;
  return { after: parseDuration(after), channel, notify: where.filter((one): one is Notify => !one.startsWith('#')) };
}

/** Dana owns the deal; her manager is Mia. Legal is missing from 14 September on, Monday 09:00; office hours are nine to five, UTC. */
export const chained = (escalate: EscalationStep[], alerts: Partial<AlertPolicy> = {}, traits: Partial<RouteNode> = {}): JourneyConfig => ({
  ...config({ repeat: null, ...alerts }),
  managers: { byOwner: { 'dana@us.example': 'mia@us.example' }, others: null },
  routes: [aRoute('#deals', { notify: ['owner'], escalate, ...traits })],
});

/** With the card of the missing role posted on 14 September at 09:00. */
export function saidWith(escalate: EscalationStep[], alerts: Partial<AlertPolicy> = {}, traits: Partial<RouteNode> = {}) {
  const table = createTable({ config: chained(escalate, alerts, traits) });
  table.decide('2026-09-14 09:00');
  table.post('2026-09-14 09:00');
  return table;
}

/** What steps of chains are said by these messages. */
export const stepsIn = (deliveries: Delivery[]): Reply[] =>
  deliveries.flatMap(({ message }) => {
    const reply = message.kind === 'card' ? message.otherwise?.reply : message;
    return reply?.kind === 'reply' && reply.reason === 'escalated' ? [reply] : [];
  });
