import { type Signal, sources } from '../../../core/journey/signal.ts';
import { sql } from '../drizzle.ts';
import type { ColumnKit } from '../sqlite/columns.ts';

/** What came in: raw bodies, and the signals in them. */
export const inputTables = ({ table, index, uniqueIndex, sequence, key, text, oneOf, count, time, json }: ColumnKit) => ({
  inbox: table(
    'inbox',
    {
      id: sequence(),
      source: oneOf(sources).notNull(),
      key: key().notNull(),
      /** Of source and key, short: an entry of an index is a place somewhere in it, and the more fit on a page, the fewer pages a transaction writes. */
      fingerprint: key().notNull().default(''),
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
      uniqueIndex('inbox_fingerprint').on(inbox.fingerprint),
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
    (signals) => [
      uniqueIndex('signals_subject').on(signals.subject, signals.id),
      index('signals_person').on(signals.personId).where(sql`${signals.personId} is not null`),
    ],
  ),
});
