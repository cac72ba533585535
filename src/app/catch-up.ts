import { type Change, newDelivery } from '../core/change.ts';
import type { Delivery } from '../core/delivery.ts';
import type { EpochMs } from '../core/time.ts';
import type { Store } from './ports.ts';

/**
 * An edit of a card that has changed while it was on its way to Slack: whoever changed it saw one that was still to be sent, and left it at that. Nothing
 * where Slack shows the newest.
 */
export async function catchUp({ channel, message }: Delivery, store: Pick<Store, 'card'>, now: EpochMs, newId: () => string): Promise<Change[]> {
  if (message.kind !== 'card') return [];
  const card = await store.card(message.cardId);
  if (card === null || card.posted === null || card.posted.fingerprint === card.fingerprint) return [];
  return [newDelivery({ id: newId(), channel, message: { kind: 'card', cardId: card.id }, now })];
}
