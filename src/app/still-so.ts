import type { Card } from '../core/alerts/card.ts';
import type { Reply } from '../core/delivery.ts';

/**
 * Those alerts of a reply that the card still shows as it said. A repeat, and a step of a chain, is for what nobody has taken; and a step is not said
 * of an account that was muted meanwhile.
 */
export function stillSo({ reason, alerts }: Reply, { content }: Pick<Card, 'content'>): Reply['alerts'] {
  if (reason === 'escalated' && content.mutedUntil !== null) return [];
  const forNobodys = reason === 'repeat' || reason === 'escalated';
  return alerts.flatMap(({ id }) =>
    content.alerts.filter(
      (alert) => alert.id === id && alert.state !== 'resolved' && alert.snoozedUntil === null && (!forNobodys || alert.state === 'open'),
    ),
  );
}
