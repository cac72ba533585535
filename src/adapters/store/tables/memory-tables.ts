import { weekdays } from '../../../core/calendar.ts';
import { unknownKinds } from '../../../core/change.ts';
import type { Message } from '../../../core/delivery.ts';
import type { RouteMatch } from '../../../core/journey/journey-map.ts';
import { recordKinds, sources } from '../../../core/journey/signal.ts';
import type { PictureSubject } from '../../../core/picture.ts';
import { sql } from '../drizzle.ts';
import type { ColumnKit } from '../sqlite/columns.ts';

/** Small things to be remembered. */
export const memoryTables = ({ table, index, uniqueIndex, primaryKey, sequence, key, text, oneOf, count, time, json }: ColumnKit) => ({
  mutes: table('mutes', { accountId: key().primaryKey(), until: time(), reason: text().notNull(), by: text().notNull(), at: time().notNull() }),
  digestsSent: table('digests_sent', { digestId: key().primaryKey(), scheduledFor: time().notNull(), at: time().notNull() }),
  subscriptions: table(
    'subscriptions',
    {
      id: key().primaryKey(),
      by: text().notNull(),
      channel: text(),
      weekday: oneOf(weekdays).notNull(),
      time: text().notNull(),
      timezone: text().notNull(),
      filter: text().notNull(),
      match: json<RouteMatch>().notNull(),
      createdAt: time().notNull(),
    },
    (subscriptions) => [index('subscriptions_by').on(subscriptions.by)],
  ),
  feeds: table('feeds', { source: oneOf(sources).primaryKey(), lastReceivedAt: time(), lateAt: time() }),
  /** What the journey map does not know. */
  unknowns: table(
    'unknowns',
    {
      source: oneOf(sources).notNull(),
      what: oneOf(unknownKinds).notNull(),
      value: key().notNull(),
      /** Of a stage: the map that does not know it; else empty. */
      mapKey: key().notNull(),
      /** How many records have it, or had it. */
      count: count().notNull(),
      /** When it was first seen on the newest of them. */
      lastSeenAt: time().notNull(),
      /** When it was last told of; null: not since then. */
      toldAt: time(),
    },
    (values) => [primaryKey({ columns: [values.source, values.what, values.value, values.mapKey] })],
  ),
  /** On which records: each counts once. */
  unknownRecords: table(
    'unknown_records',
    {
      source: oneOf(sources).notNull(),
      what: oneOf(unknownKinds).notNull(),
      value: key().notNull(),
      mapKey: key().notNull(),
      /** `kind:id` */
      recordId: key().notNull(),
    },
    (records) => [
      primaryKey({ columns: [records.source, records.what, records.value, records.mapKey, records.recordId] }),
      index('unknown_records_record').on(records.recordId),
    ],
  ),
  /** Messages in Slack that name people, for as long as they may have to be edited: what `deliveries` forgets after a while. */
  said: table(
    'said',
    {
      sequence: sequence(),
      id: key().notNull(),
      channel: text().notNull(),
      message: json<Message>().notNull(),
      receiptChannelId: text().notNull(),
      receiptTs: text().notNull(),
      receiptAt: time().notNull(),
    },
    (said) => [uniqueIndex('said_id').on(said.id), uniqueIndex('said_receipt').on(said.receiptChannelId, said.receiptTs)],
  ),
  /** Erasures: under way, and, without the names, those that are done. */
  erasures: table(
    'erasures',
    {
      sequence: sequence(),
      kind: oneOf(recordKinds).notNull(),
      ids: json<string[]>().notNull(),
      /** Empty once it is done. */
      names: json<string[]>().notNull(),
      journeys: json<string[]>().notNull(),
      at: time().notNull(),
      /** How often everything was looked through. */
      rounds: count().notNull().default(0),
      /** Where the round under way is: which of the places, and the last row of it that was looked at. */
      place: count().notNull().default(0),
      after: text(),
      /** Null: done. */
      dueAt: time(),
      counts: json<Record<string, number>>().notNull(),
    },
    (erasures) => [index('erasures_due').on(erasures.dueAt).where(sql`${erasures.dueAt} is not null`)],
  ),
  /** Pictures in Slack, by what they show. */
  pictures: table(
    'pictures',
    { hash: key().primaryKey(), fileId: text().notNull(), about: json<PictureSubject>().notNull(), at: time().notNull() },
    (pictures) => [index('pictures_at').on(pictures.at)],
  ),
  meta: table('meta', { key: key().primaryKey(), value: text().notNull() }),
});
