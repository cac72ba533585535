import type { Delivery } from '../../../src/core/delivery.ts';
import type { Journey } from '../../../src/core/journey/journey.ts';
import type { AlertPolicy } from '../../../src/core/journey/journey-map.ts';
import { aConfig, aJourney, aMap, aPerson, at } from '../builders.ts';
import { createTable, onlyRules } from './decision-table.ts';

/** In decision since Monday 7 September: legal is missing from 14 September on, and it is stalled from 28 September on. */
const rules = onlyRules({ stalled: { after: '15bd' }, 'missing-role': {} });
const map = aMap({
  rules,
  stages: ['consideration', { key: 'decision', rules, expects: { roles: ['legal'] } }, 'implementation'].map((stage) =>
    typeof stage === 'string' ? { key: stage, rules } : stage,
  ),
});
export const config = (alerts: Partial<AlertPolicy> = {}) => aConfig({ maps: [map], alerts });
export const legal = aPerson('Tom Weber', 'legal');
export const moved = (): Journey =>
  aJourney({
    committee: [legal],
    visits: [
      ['decision', at('2026-09-07 09:00')],
      ['implementation', at('2026-09-30 09:00')],
    ],
  });
export const kinds = (deliveries: Delivery[]) => deliveries.map(({ message }) => (message.kind === 'reply' ? message.reason : message.kind));
export const reply = (deliveries: Delivery[]) => {
  const [found] = deliveries.flatMap(({ message }) => (message.kind === 'reply' ? [message] : []));
  if (found === undefined) throw new Error('no reply');
  return found;
};

/** With the card of the missing role posted on 14 September at 09:00. */
export function posted(alerts: Partial<AlertPolicy> = {}) {
  const table = createTable({ config: config(alerts) });
  table.decide('2026-09-14 09:00');
  table.post('2026-09-14 09:00');
  return table;
}
