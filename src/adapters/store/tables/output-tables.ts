import type { Card, CardContent } from '../../../core/alerts/card.ts';
import type { Delivery } from '../../../core/delivery.ts';
import { sql } from '../drizzle.ts';
import type { ColumnKit } from '../sqlite/columns.ts';

/** What is said: cards, and messages on their way. */
export const outputTables = ({ table, index, uniqueIndex, sequence, key, text, oneOf, count, time, json }: ColumnKit) => ({
  cards: table(
    'cards',
    {
      id: key().primaryKey(),
      journeyId: key().notNull(),
      channel: text().notNull(),
      content: json<CardContent>().notNull(),
      fingerprint: text().notNull(),
      postedChannelId: text(),
      postedTs: text(),
      postedAt: time(),
      postedFingerprint: text(),
      /** Stays when a card is posted anew: what the channel's budget counts. */
      firstPostedAt: time(),
      holdBy: text().$type<NonNullable<Card['hold']>['by']>(),
      holdSince: time(),
      holdUntil: time(),
      saidAt: time(),
    },
    (cards) => [
      index('cards_journey').on(cards.journeyId),
      index('cards_first_posted').on(cards.channel, cards.firstPostedAt).where(sql`${cards.firstPostedAt} is not null`),
      index('cards_held').on(cards.holdBy, cards.holdSince).where(sql`${cards.holdBy} is not null`),
    ],
  ),
  deliveries: table(
    'deliveries',
    {
      /** The order in which they were added: a reply never overtakes its card. */
      sequence: sequence(),
      id: key().notNull(),
      channel: text().notNull(),
      kind: text().$type<Delivery['message']['kind']>().notNull(),
      /** What it is about, within its kind: the card, the day, the digest. */
      key: key(),
      message: json<Delivery['message']>().notNull(),
      dueAt: time().notNull(),
      createdAt: time().notNull(),
      attempts: count().notNull().default(0),
      state: oneOf(['pending', 'sent', 'failed']).notNull().default('pending'),
      /** Somebody is at it until then; 0: nobody. */
      leaseUntil: time().notNull().default(0),
      error: text(),
      failedAt: time(),
      receiptChannelId: text(),
      receiptTs: text(),
      receiptAt: time(),
    },
    (deliveries) => [
      uniqueIndex('deliveries_id').on(deliveries.id),
      // Of several wishes to bring a card up to date, one is enough; one that was leased already may have read the card's content before.
      uniqueIndex('deliveries_card')
        .on(deliveries.key)
        .where(sql`${deliveries.kind} = 'card' and ${deliveries.state} = 'pending' and ${deliveries.attempts} = 0`),
      index('deliveries_pending').on(deliveries.channel, deliveries.dueAt, deliveries.leaseUntil).where(sql`${deliveries.state} = 'pending'`),
      index('deliveries_pending_key').on(deliveries.key).where(sql`${deliveries.state} = 'pending'`),
      index('deliveries_receipt').on(deliveries.key, deliveries.kind, deliveries.channel).where(sql`${deliveries.receiptTs} is not null`),
      index('deliveries_settled').on(deliveries.createdAt).where(sql`${deliveries.state} <> 'pending'`),
      index('deliveries_failed').on(deliveries.failedAt).where(sql`${deliveries.state} = 'failed'`),
    ],
  ),
});
