import { sources } from '../../../core/journey/signal.ts';
import type { ColumnKit } from '../sqlite/columns.ts';

/** Small things to be remembered. */
export const memoryTables = ({ table, primaryKey, key, text, oneOf, count, time }: ColumnKit) => ({
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
