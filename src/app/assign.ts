import type { Alert } from '../core/alerts/alert.ts';
import { belongsOnCard, type Card } from '../core/alerts/card.ts';
import { cardAlert } from '../core/alerts/card-content.ts';
import { saysFrom } from '../core/alerts/quiet-hours.ts';
import { type Change, newDelivery } from '../core/change.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { EpochMs } from '../core/time.ts';
import type { JourneyState } from './ports.ts';

type Setting = { config: JourneyConfig; now: EpochMs; newId(): string };

/**
 * Tells whoever was given an alert, once, in the thread of its card: of several cards the one where its chain begins. Nothing for those who gave it to
 * themselves, and nothing where no card stands.
 */
export function tellAssignee(alert: Alert, { cards }: JourneyState, { config, now, newId }: Setting): Change[] {
  const card = cardOf(alert, cards);
  const { assigned } = alert;
  if (card === null || assigned === undefined || assigned.to === assigned.by) return [];
  const { content, channel } = card;
  const shown = content.alerts.find(({ id }) => id === alert.id);
  return [
    newDelivery({
      id: newId(),
      channel,
      message: {
        kind: 'reply',
        cardId: card.id,
        reason: 'assigned',
        broadcast: false,
        notifyOwner: false,
        ownerEmail: content.ownerEmail,
        journeyName: content.name,
        alerts: [{ ...cardAlert(alert, null), people: shown?.people ?? [] }],
        assigned,
      },
      now,
      dueAt: saysFrom(now, config.alerts.quiet, config.calendar),
    }),
  ];
}

export function assignedInWords({ assigned, ...alert }: Alert, { cards }: JourneyState): string {
  if (assigned === undefined || assigned.to === assigned.by) return 'Assigned to you.';
  return cardOf(alert, cards) === null
    ? 'Assigned. It stands on their Home tab; no card of it is in a channel, so tell them.'
    : 'Assigned. They are told in the thread of its card; nobody else will be.';
}

/** Where it can be read; null: nowhere. */
export function cardOf(alert: Alert, cards: readonly Card[]): Card | null {
  const home = alert.escalation?.channel ?? alert.routes[0]?.channel;
  const standing = cards.filter((card) => card.posted !== null && belongsOnCard(alert, card.channel));
  return standing.find(({ channel }) => channel === home) ?? standing[0] ?? null;
}
