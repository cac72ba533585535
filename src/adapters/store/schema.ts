import { alertStates, type Alert } from '../../core/alerts/alert.ts';
import type { Card, CardContent } from '../../core/alerts/card.ts';
import type { Delivery } from '../../core/delivery.ts';
import type { JourneyRow } from '../../core/journey/journey-row.ts';
import type { AccountRecord, DealRecord, PersonRecord } from '../../core/journey/record.ts';
import { recordKinds, type Signal, sources } from '../../core/journey/signal.ts';
import { sql } from './drizzle.ts';
import type { ColumnKit } from './sqlite/columns.ts';

/** Every table, once, against a column kit. Partial indexes name their state as a literal, or SQLite would not use them. */
export const defineSchema = (kit: ColumnKit) => ({ ...inputTables(kit), ...recordTables(kit), ...journeyTables(kit), ...outputTables(kit), ...memoryTables(kit) });

/** The tables as queries see them, in SQLite's types. */
export type Tables = ReturnType<typeof defineSchema>;

const inputTables = ({ table, index, uniqueIndex, sequence, key, text, oneOf, count, time, json }: ColumnKit) => ({
  inbox: table(
    'inbox',
    {
      id: sequence(),
      source: oneOf(sources).notNull(),
      key: key().notNull(),
      /** Empty once processed: the key alone is kept, to know it again. */
      body: text().notNull(),
      receivedAt: time().notNull(),
      dueAt: time().notNull(),
      attempts: count().notNull().default(0),
      state: oneOf(['pending', 'done', 'dead']).notNull().default('pending'),
      error: text(),
      /** When it was done, or died. */
      settledAt: time(),
    },
    (inbox) => [
      uniqueIndex('inbox_key').on(inbox.source, inbox.key),
      index('inbox_pending').on(inbox.source, inbox.dueAt, inbox.receivedAt).where(sql`${inbox.state} = 'pending'`),
      index('inbox_dead').on(inbox.settledAt).where(sql`${inbox.state} = 'dead'`),
      index('inbox_done').on(inbox.settledAt).where(sql`${inbox.state} = 'done'`),
    ],
  ),
  signals: table(
    'signals',
    {
      sequence: sequence(),
      id: key().notNull(),
      /** The closest record that it names, by the id it came with: `deal:d-1`. */
      subject: key().notNull(),
      /** A person that it names beside that. */
      personId: key(),
      source: oneOf(sources).notNull(),
      occurredAt: time().notNull(),
      receivedAt: time().notNull(),
      body: json<Signal>().notNull(),
    },
    // Each index is a page somewhere else in the file for every signal that comes in: one of them both tells repeats and finds a record's own.
    (signals) => [uniqueIndex('signals_subject').on(signals.subject, signals.id), index('signals_person').on(signals.personId).where(sql`${signals.personId} is not null`)],
  ),
});

const recordTables = ({ table, index, primaryKey, key, text, oneOf, count, time, json }: ColumnKit) => ({
  accounts: table('accounts', {
    id: key().primaryKey(),
    name: text().notNull(),
    /** Deleted or erased: not to be found any more. */
    goneAt: time(),
    erasedAt: time(),
    state: json<AccountRecord>().notNull(),
    revision: count().notNull(),
  }),
  deals: table(
    'deals',
    {
      id: key().primaryKey(),
      name: text().notNull(),
      /** By the id it goes by now. */
      accountId: key(),
      goneAt: time(),
      erasedAt: time(),
      state: json<DealRecord>().notNull(),
      revision: count().notNull(),
    },
    (deals) => [index('deals_account').on(deals.accountId)],
  ),
  people: table(
    'people',
    {
      id: key().primaryKey(),
      name: text().notNull(),
      accountId: key(),
      goneAt: time(),
      erasedAt: time(),
      state: json<PersonRecord>().notNull(),
      revision: count().notNull(),
    },
    (people) => [index('people_account').on(people.accountId)],
  ),
  /** Which deals a person says to belong to, by the ids they go by now: a deal without an account finds its people here. */
  dealPeople: table(
    'deal_people',
    { dealId: key().notNull(), personId: key().notNull() },
    (links) => [primaryKey({ columns: [links.dealId, links.personId] }), index('deal_people_person').on(links.personId, links.dealId)],
  ),
  /** Ids of merged records. Never a chain: `into` is not itself merged away. */
  aliases: table(
    'aliases',
    { kind: oneOf(recordKinds).notNull(), from: key().notNull(), into: key().notNull() },
    (aliases) => [primaryKey({ columns: [aliases.kind, aliases.from] }), index('aliases_into').on(aliases.kind, aliases.into)],
  ),
  terms: table(
    'terms',
    { kind: oneOf(recordKinds).notNull(), term: key().notNull(), id: key().notNull() },
    (terms) => [primaryKey({ columns: [terms.kind, terms.term, terms.id] }), index('terms_id').on(terms.kind, terms.id)],
  ),
});

const journeyTables = ({ table, index, uniqueIndex, primaryKey, sequence, key, text, oneOf, count, amount, time, flag, json }: ColumnKit) => ({
  journeys: table(
    'journeys',
    {
      id: key().primaryKey(),
      kind: oneOf(['deal', 'account']).notNull(),
      accountId: key(),
      dealId: key(),
      mapKey: text().notNull(),
      stage: text(),
      stageEnteredAt: time(),
      segments: json<string[]>().notNull(),
      name: text().notNull(),
      ownerEmail: text(),
      amount: amount(),
      currency: text(),
      url: text(),
      outcome: text().$type<JourneyRow['outcome']>().notNull(),
      outcomeAt: time(),
      source: text().notNull(),
      recheckAt: time(),
      settlingSince: time(),
      evaluatedAt: time(),
      revision: count().notNull(),
    },
    (journeys) => [
      index('journeys_account').on(journeys.accountId),
      // The second column lets those that are settling be passed over without reading them.
      index('journeys_recheck').on(journeys.recheckAt, journeys.settlingSince).where(sql`${journeys.recheckAt} is not null`),
      index('journeys_settling').on(journeys.settlingSince).where(sql`${journeys.settlingSince} is not null`),
      index('journeys_outcome').on(journeys.outcomeAt).where(sql`${journeys.outcomeAt} is not null`),
    ],
  ),
  stageMoves: table(
    'stage_moves',
    { journeyId: key().notNull(), at: time().notNull(), from: text(), to: text().notNull() },
    (moves) => [primaryKey({ columns: [moves.journeyId, moves.at] }), index('stage_moves_at').on(moves.at)],
  ),
  alerts: table(
    'alerts',
    {
      id: key().primaryKey(),
      identity: key().notNull(),
      journeyId: key().notNull(),
      rule: text().notNull(),
      /** 0: the worst severity. */
      rank: count().notNull(),
      state: oneOf(alertStates).notNull(),
      episode: count().notNull(),
      since: time().notNull(),
      openedAt: time().notNull(),
      resolvedAt: time(),
      inhibitedBy: text(),
      holds: flag().notNull(),
      /** What an evaluation needs: it is not resolved, or holds, or is the newest resolved episode of its identity. */
      relevant: flag().notNull(),
      alert: json<Alert>().notNull(),
    },
    (alerts) => [
      uniqueIndex('alerts_open').on(alerts.identity).where(sql`${alerts.state} <> 'resolved'`),
      index('alerts_identity').on(alerts.identity, alerts.episode),
      index('alerts_journey').on(alerts.journeyId),
      // In the order of lists, with what they filter by most.
      index('alerts_worst').on(alerts.rank, alerts.since, alerts.id, alerts.rule, alerts.journeyId).where(sql`${alerts.state} <> 'resolved'`),
      index('alerts_opened').on(alerts.openedAt),
      index('alerts_resolved').on(alerts.resolvedAt).where(sql`${alerts.resolvedAt} is not null`),
    ],
  ),
  audit: table(
    'audit',
    {
      sequence: sequence(),
      id: key().notNull(),
      at: time().notNull(),
      journeyId: key(),
      alertId: key(),
      who: text().notNull(),
      what: text().notNull(),
      why: text(),
    },
    (audit) => [uniqueIndex('audit_id').on(audit.id), index('audit_journey').on(audit.journeyId, audit.at)],
  ),
});

const outputTables = ({ table, index, uniqueIndex, sequence, key, text, oneOf, count, time, json }: ColumnKit) => ({
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
      index('cards_posted').on(cards.postedChannelId, cards.postedTs).where(sql`${cards.postedTs} is not null`),
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
      uniqueIndex('deliveries_card').on(deliveries.key).where(sql`${deliveries.kind} = 'card' and ${deliveries.state} = 'pending' and ${deliveries.attempts} = 0`),
      index('deliveries_pending').on(deliveries.channel, deliveries.dueAt, deliveries.leaseUntil).where(sql`${deliveries.state} = 'pending'`),
      index('deliveries_pending_key').on(deliveries.key).where(sql`${deliveries.state} = 'pending'`),
      index('deliveries_receipt').on(deliveries.key, deliveries.kind, deliveries.channel).where(sql`${deliveries.receiptTs} is not null`),
      index('deliveries_settled').on(deliveries.createdAt).where(sql`${deliveries.state} <> 'pending'`),
      index('deliveries_failed').on(deliveries.failedAt).where(sql`${deliveries.state} = 'failed'`),
    ],
  ),
});

const memoryTables = ({ table, primaryKey, key, text, oneOf, count, time }: ColumnKit) => ({
  mutes: table('mutes', { accountId: key().primaryKey(), until: time(), reason: text().notNull(), by: text().notNull(), at: time().notNull() }),
  digestsSent: table('digests_sent', { digestId: key().primaryKey(), scheduledFor: time().notNull(), at: time().notNull() }),
  feeds: table('feeds', { source: oneOf(sources).primaryKey(), lastReceivedAt: time(), lateAt: time() }),
  unknownValues: table(
    'unknown_values',
    {
      source: oneOf(sources).notNull(),
      what: oneOf(['stage', 'pipeline', 'role']).notNull(),
      value: key().notNull(),
      count: count().notNull(),
      /** The newest one it was seen on. */
      journeyId: key().notNull(),
      lastSeenAt: time().notNull(),
    },
    (values) => [primaryKey({ columns: [values.source, values.what, values.value] })],
  ),
  meta: table('meta', { key: key().primaryKey(), value: text().notNull() }),
});
