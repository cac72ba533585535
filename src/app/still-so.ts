import type { Card } from '../core/alerts/card.ts';
import type { Reply } from '../core/delivery.ts';

/**
 * Those alerts of a reply that the card still shows as it said. A repeat, and a step of a chain, is for what nobody has taken; and a step is not said
 * of an account that was muted meanwhile. Who was given an alert hears of it as long as nobody else was.
 */
export function stillSo({ reason, alerts }: Reply, { content }: Pick<Card, 'content'>): Reply['alerts'] {
  if (reason === 'escalated' && content.mutedUntil !== null) return [];
  if (reason === 'assigned')
    return alerts.flatMap((said) =>
      content.alerts.filter(({ id, state, assigned }) => id === said.id && state !== 'resolved' && assigned?.at === said.assigned?.at),
    );
  const forNobodys = reason === 'repeat' || reason === 'escalated';
  return alerts.flatMap(({ id }) =>
    content.alerts.filter(
      (alert) => alert.id === id && alert.state !== 'resolved' && alert.snoozedUntil === null && (!forNobodys || alert.state === 'open'),
    ),
  );
}
