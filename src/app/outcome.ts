import type { Card } from '../core/alerts/card.ts';
import type { Change } from '../core/change.ts';
import type { Delivery, Message, Receipt } from '../core/delivery.ts';
import type { EpochMs } from '../core/time.ts';
import type { PostTarget } from './notifier.ts';

/** What became of a delivery, and what is to be written for it. */
export type Outcome = { changes: Change[]; outcome: 'sent' | 'unchanged' };

export const targetOf = (delivery: Delivery): PostTarget => ({
  channel: delivery.channel,
  threadTs: null,
  channelId: null,
  since: delivery.createdAt,
});

export const sent = (delivery: Delivery, receipt: Pick<Receipt, 'channelId' | 'ts' | 'at'>, more: Change[] = [], said?: Message): Outcome => ({
  outcome: 'sent',
  changes: [{ kind: 'delivery.sent', id: delivery.id, receipt, ...(said === undefined ? {} : { said }) }, ...more],
});

export const skipped = (delivery: Delivery, more: Change[] = []): Outcome => ({
  outcome: 'unchanged',
  changes: [{ kind: 'delivery.sent', id: delivery.id, receipt: null }, ...more],
});

/** It is tried again at `dueAt`: nothing went wrong. */
export const putOff = (delivery: Delivery, dueAt: EpochMs, why: string): Outcome => ({
  outcome: 'unchanged',
  changes: [{ kind: 'delivery.retry', id: delivery.id, dueAt, error: why }],
});

export const released = ({ id, hold }: Card): Change[] => (hold === null ? [] : [{ kind: 'card.hold', cardId: id, hold: null }]);
