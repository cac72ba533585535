import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { ConflictError } from '../../../app/errors.ts';
import type { Feed } from '../../../app/ports.ts';
import type { Change, Mute } from '../../../core/change.ts';
import type { Source } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import { and, asc, eq, sql } from '../drizzle.ts';
import { ask, askOne, type Dialect, type Steps, slot, slots } from '../query.ts';

/** Small things to be remembered: mutes, digests sent, feeds heard, settings. */
export function defineMemory({ db, tables, rows, write }: Dialect) {
  const { digestsSent, feeds, meta, mutes } = tables;
  const muteValues = slots(mutes, ['until', 'reason', 'by', 'at']);
  const putMute = write(
    db
      .insert(mutes)
      .values({ ...muteValues, accountId: slot('accountId') })
      .onConflictDoUpdate({ target: mutes.accountId, set: muteValues }),
  );
  const sendDigest = write(
    db
      .insert(digestsSent)
      .values(slots(digestsSent, ['digestId', 'scheduledFor', 'at']))
      .onConflictDoUpdate({
        target: digestsSent.digestId,
        set: { scheduledFor: sql`excluded.scheduled_for`, at: sql`excluded.at` },
        setWhere: sql`${digestsSent.scheduledFor} < excluded.scheduled_for`,
      }),
  );
  const sendInstead = write(
    db
      .update(digestsSent)
      .set(slots(digestsSent, ['scheduledFor', 'at']))
      .where(and(eq(digestsSent.digestId, slot('digestId')), eq(digestsSent.scheduledFor, slot('instead')))),
  );
  const digestOf = rows(
    db
      .select({ scheduledFor: digestsSent.scheduledFor, at: digestsSent.at })
      .from(digestsSent)
      .where(eq(digestsSent.digestId, slot('digestId'))),
  );
  const later = (column: AnySQLiteColumn, name: string) =>
    sql`case when ${column} is null or excluded.${sql.identifier(name)} > ${column} then excluded.${sql.identifier(name)} else ${column} end`;
  const hear = write(
    db
      .insert(feeds)
      .values(slots(feeds, ['source', 'lastReceivedAt', 'lateAt']))
      .onConflictDoUpdate({
        target: feeds.source,
        set: { lastReceivedAt: later(feeds.lastReceivedAt, 'last_received_at'), lateAt: later(feeds.lateAt, 'late_at') },
      }),
  );
  const allFeeds = rows(db.select().from(feeds).orderBy(asc(feeds.source)));
  const putMeta = write(
    db
      .insert(meta)
      .values(slots(meta, ['key', 'value']))
      .onConflictDoUpdate({ target: meta.key, set: slots(meta, ['value']) }),
  );
  const metaOf = rows(
    db
      .select({ value: meta.value })
      .from(meta)
      .where(eq(meta.key, slot('key'))),
  );

  return {
    putMute: (mute: Mute) => ask(putMute, mute),
    /** @throws ConflictError when this or a later one was sent already */
    *sendDigest({ digestId, scheduledFor, at, instead }: Extract<Change, { kind: 'digest.sent' }>): Steps<void> {
      const sending =
        instead === undefined ? ask(sendDigest, { digestId, scheduledFor, at }) : ask(sendInstead, { digestId, scheduledFor, at, instead });
      const touched = yield* sending;
      if (touched === 0) throw new ConflictError(`digest ${digestId} was sent already`);
    },
    digestOf: (digestId: string) => askOne(digestOf, { digestId }),
    hear: (from: Source, at: EpochMs | null, lateAt: EpochMs | null) => ask(hear, { source: from, lastReceivedAt: at, lateAt }),
    feeds: (): Steps<Feed[]> => ask(allFeeds),
    putMeta: (key: string, text: string) => ask(putMeta, { key, value: text }),
    *meta(key: string): Steps<string | null> {
      return (yield* askOne(metaOf, { key }))?.value ?? null;
    },
  };
}
