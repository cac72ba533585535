import type { Delivery, Message, Receipt } from '../../../core/delivery.ts';
import type { EpochMs } from '../../../core/time.ts';
import { and, asc, desc, eq, isNotNull, lte, sql } from '../drizzle.ts';
import { ask, askOne, type Dialect, type Steps, slot, slots } from '../query.ts';

export type Outbox = ReturnType<typeof defineOutbox>;

/** Messages to be said, being said, and said. */
export function defineOutbox({ db, tables, rows, write }: Dialect) {
  const { deliveries } = tables;
  const pending = sql`${deliveries.state} = 'pending'`;
  const failed = sql`${deliveries.state} = 'failed'`;
  const byId = eq(deliveries.id, slot('id'));
  const isFree = lte(deliveries.leaseUntil, slot('now'));
  const insert = write(
    db
      .insert(deliveries)
      .values(slots(deliveries, ['id', 'channel', 'kind', 'key', 'message', 'dueAt', 'createdAt', 'attempts']))
      .onConflictDoNothing(),
  );
  const waiting = rows(
    db
      .select({ sequence: deliveries.sequence, attempts: deliveries.attempts })
      .from(deliveries)
      .where(and(pending, eq(deliveries.key, slot('key')), eq(deliveries.kind, 'card'), isFree))
      .limit(1),
  );
  const hasten = write(
    db
      .update(deliveries)
      .set(slots(deliveries, ['dueAt']))
      .where(and(eq(deliveries.sequence, slot('sequence')), sql`${deliveries.dueAt} > ${slot('dueAt')}`)),
  );
  const taken = db
    .select({ channel: deliveries.channel })
    .from(deliveries)
    .where(and(pending, sql`${deliveries.leaseUntil} > ${slot('now')}`));
  const first = sql<number>`min(${deliveries.sequence})`.mapWith(Number);
  const heads = rows(
    db
      .select({ sequence: first, channel: deliveries.channel })
      .from(deliveries)
      .where(and(pending, lte(deliveries.dueAt, slot('now')), isFree, sql`${deliveries.channel} not in ${taken}`))
      .groupBy(deliveries.channel)
      .orderBy(asc(first))
      .limit(slot('limit')),
  );
  const lease = rows(
    db
      .update(deliveries)
      .set({ ...slots(deliveries, ['leaseUntil']), attempts: sql`${deliveries.attempts} + 1` })
      .where(and(eq(deliveries.sequence, slot('sequence')), pending, isFree))
      .returning({
        id: deliveries.id,
        channel: deliveries.channel,
        message: deliveries.message,
        dueAt: deliveries.dueAt,
        createdAt: deliveries.createdAt,
        attempts: deliveries.attempts,
      }),
  );
  const release = write(
    db
      .update(deliveries)
      .set({ leaseUntil: 0 })
      .where(and(pending, sql`${deliveries.leaseUntil} > 0`)),
  );
  const sent = write(
    db
      .update(deliveries)
      .set({ ...slots(deliveries, ['receiptChannelId', 'receiptTs', 'receiptAt']), state: 'sent', error: null, leaseUntil: 0 })
      .where(byId),
  );
  const saidInstead = write(
    db
      .update(deliveries)
      .set(slots(deliveries, ['message']))
      .where(byId),
  );
  const retry = write(
    db
      .update(deliveries)
      .set({ ...slots(deliveries, ['dueAt', 'error']), leaseUntil: 0 })
      .where(and(pending, byId)),
  );
  const subject = rows(
    db
      .select({ sequence: deliveries.sequence, channel: deliveries.channel, kind: deliveries.kind, key: deliveries.key })
      .from(deliveries)
      .where(byId)
      .limit(1),
  );
  const isAboutTheSame = and(pending, eq(deliveries.key, slot('key')), eq(deliveries.kind, slot('kind')), eq(deliveries.channel, slot('channel')));
  const holdBehind = write(
    db
      .update(deliveries)
      .set(slots(deliveries, ['dueAt']))
      .where(and(isAboutTheSame, sql`${deliveries.sequence} > ${slot('sequence')}`, sql`${deliveries.dueAt} < ${slot('dueAt')}`)),
  );
  const tried = rows(
    db
      .select({ dueAt: sql<number | null>`max(${deliveries.dueAt})`.mapWith(Number) })
      .from(deliveries)
      .where(and(isAboutTheSame, sql`${deliveries.attempts} > 0`)),
  );
  const fail = write(
    db
      .update(deliveries)
      .set({ ...slots(deliveries, ['failedAt', 'error']), state: 'failed', leaseUntil: 0 })
      .where(and(pending, byId)),
  );
  const free =
    sql<number>`min(case when ${deliveries.leaseUntil} > ${deliveries.dueAt} then ${deliveries.leaseUntil} else ${deliveries.dueAt} end)`.mapWith(
      Number,
    );
  const next = rows(db.select({ at: free }).from(deliveries).where(pending));
  const count = sql<number>`count(*)`.mapWith(Number);
  const waitingCount = rows(
    db
      .select({ count, oldest: sql<number | null>`min(${deliveries.createdAt})`.mapWith(Number) })
      .from(deliveries)
      .where(pending),
  );
  const failedCount = rows(db.select({ count }).from(deliveries).where(failed));
  const receipt = rows(
    db
      .select({ channelId: deliveries.receiptChannelId, ts: deliveries.receiptTs, at: deliveries.receiptAt })
      .from(deliveries)
      .where(
        and(
          eq(deliveries.key, slot('key')),
          eq(deliveries.kind, slot('kind')),
          eq(deliveries.channel, slot('channel')),
          isNotNull(deliveries.receiptTs),
        ),
      )
      .orderBy(desc(deliveries.sequence))
      .limit(1),
  );

  return {
    *add({ id, channel, message, dueAt, createdAt, attempts }: Delivery): Steps<void> {
      const key = keyOf(message);
      if (message.kind === 'card') {
        const same = yield* askOne(waiting, { key, now: createdAt });
        if (same !== null) {
          // One that is being tried again waits for its own reason.
          if (same.attempts === 0) yield* ask(hasten, { sequence: same.sequence, dueAt });
          return;
        }
      }
      const from = message.kind === 'overflow' ? ((yield* askOne(tried, { channel, kind: message.kind, key }))?.dueAt ?? dueAt) : dueAt;
      yield* ask(insert, { id, channel, kind: message.kind, key, message, dueAt: Math.max(dueAt, from), createdAt, attempts });
    },
    /** What could be leased: the first of each channel, by its place in the order. */
    *due(now: EpochMs, limit: number, busyChannels: string[]): Steps<number[]> {
      const busy = new Set(busyChannels);
      const found = yield* ask(heads, { now, limit: limit + busy.size });
      return found
        .filter(({ channel }) => !busy.has(channel))
        .slice(0, limit)
        .map(({ sequence }) => sequence);
    },
    *lease(sequences: readonly number[], now: EpochMs, leaseUntil: EpochMs): Steps<Delivery[]> {
      const leased: Delivery[] = [];
      for (const sequence of sequences) {
        const delivery = yield* askOne(lease, { sequence, leaseUntil, now });
        if (delivery !== null) leased.push(delivery);
      }
      return leased;
    },
    release: () => ask(release),
    *sent(id: string, where: Receipt | null, instead?: Message): Steps<void> {
      yield* ask(sent, { id, receiptChannelId: where?.channelId ?? null, receiptTs: where?.ts ?? null, receiptAt: where?.at ?? null });
      if (instead !== undefined) yield* ask(saidInstead, { id, message: instead });
    },
    /** It may stand in Slack already: what would be posted in its place, and was asked for meanwhile, waits until that is known. */
    *retry(id: string, dueAt: EpochMs, error: string): Steps<void> {
      yield* ask(retry, { id, dueAt, error });
      const about = yield* askOne(subject, { id });
      if (about !== null && standsOnce.has(about.kind)) yield* ask(holdBehind, { ...about, dueAt });
    },
    fail: (id: string, error: string, at: EpochMs) => ask(fail, { id, error, failedAt: at }),
    /** When something can be leased: what is leased now comes back when its lease ends. */
    *nextAt(): Steps<EpochMs | null> {
      return (yield* askOne(next))?.at ?? null;
    },
    *backlog(): Steps<{ pending: number; failed: number; oldestCreatedAt: EpochMs | null }> {
      const messages = yield* askOne(waitingCount);
      return { pending: messages?.count ?? 0, failed: (yield* askOne(failedCount))?.count ?? 0, oldestCreatedAt: messages?.oldest ?? null };
    },
    *receiptOf(channel: string, kind: Message['kind'], key: string): Steps<Receipt | null> {
      const found = yield* askOne(receipt, { channel, kind, key });
      return found === null || found.channelId === null || found.ts === null || found.at === null
        ? null
        : { channelId: found.channelId, ts: found.ts, at: found.at };
    },
  };
}

/** Of what these are about, a channel has one message, which whoever comes first posts and the others edit. */
const standsOnce: ReadonlySet<Message['kind']> = new Set(['card', 'overflow']);

/** What a message is about, within its kind. */
function keyOf(message: Message): string | null {
  switch (message.kind) {
    case 'card':
    case 'reply':
      return message.cardId;
    case 'overflow':
      return message.day;
    case 'digest':
    case 'digest-part':
      return message.digestId;
    case 'redraw':
      return message.deliveryId;
    case 'forget-picture':
      return message.fileId;
    case 'import-summary':
    case 'links':
    case 'notice':
    case 'welcome':
      return null;
  }
}
