import { type Message, mayNamePeople, type Receipt } from '../../../core/delivery.ts';
import type { EpochMs } from '../../../core/time.ts';
import { and, asc, desc, eq, inArray, lt, sql } from '../drizzle.ts';
import { ask, askOne, type Dialect, type Steps, slot, slots } from '../query.ts';

/** What stands in Slack: the outbox's own memory of a fortnight, and beyond that what names people and may have to be edited for them. */
export function defineSaid({ db, tables, rows, write }: Dialect) {
  const { deliveries, said } = tables;
  const old = rows(
    db
      .select({ sequence: deliveries.sequence, kind: deliveries.kind, ts: deliveries.receiptTs })
      .from(deliveries)
      .where(and(sql`${deliveries.state} <> 'pending'`, lt(deliveries.createdAt, slot('before'))))
      .orderBy(asc(deliveries.createdAt), asc(deliveries.sequence))
      .limit(slot('limit')),
  );
  const forget = (sequences: number[]) => write(db.delete(deliveries).where(inArray(deliveries.sequence, sequences)));
  const whole = rows(
    db
      .select()
      .from(deliveries)
      .where(eq(deliveries.sequence, slot('sequence'))),
  );
  // What was edited later by another delivery is kept as that one has left it.
  const keep = write(
    db
      .insert(said)
      .values(slots(said, ['id', 'channel', 'message', 'receiptChannelId', 'receiptTs', 'receiptAt']))
      .onConflictDoUpdate({ target: [said.receiptChannelId, said.receiptTs], set: { id: sql`excluded.id`, message: sql`excluded.message` } }),
  );
  const one = rows(
    db
      .select()
      .from(deliveries)
      .where(eq(deliveries.id, slot('id'))),
  );
  const kept = rows(
    db
      .select()
      .from(said)
      .where(eq(said.id, slot('id'))),
  );
  const newest = rows(
    db
      .select({ message: deliveries.message })
      .from(deliveries)
      .where(
        and(
          eq(deliveries.key, slot('key')),
          eq(deliveries.kind, slot('kind')),
          eq(deliveries.channel, slot('channel')),
          eq(deliveries.receiptTs, slot('receiptTs')),
        ),
      )
      .orderBy(desc(deliveries.sequence))
      .limit(1),
  );

  return {
    /** What a delivery has posted: as it was edited last. */
    *by(id: string): Steps<{ pending: boolean; message: Message; receipt: Receipt | null } | null> {
      const row = yield* askOne(one, { id });
      if (row === null) {
        const before = yield* askOne(kept, { id });
        return before === null ? null : { pending: false, message: before.message, receipt: receiptOf(before) };
      }
      const last = row.key === null || row.receiptTs === null ? null : yield* askOne(newest, row);
      return { pending: row.state === 'pending', message: last?.message ?? row.message, receipt: receiptOf(row) };
    },
    /** Forgets a slice of deliveries that are over, and puts aside what names people in Slack. Returns how many were forgotten. */
    *prune(before: EpochMs, limit: number): Steps<number> {
      const found = yield* ask(old, { before, limit });
      if (found.length === 0) return 0;
      for (const { sequence, kind, ts } of found) {
        if (ts === null || !naming.has(kind)) continue;
        const row = yield* askOne(whole, { sequence });
        if (row !== null && mayNamePeople(row.message)) yield* ask(keep, row);
      }
      yield* ask(forget(found.map(({ sequence }) => sequence)));
      return found.length;
    },
  };
}

const naming: ReadonlySet<Message['kind']> = new Set(['reply', 'overflow', 'import-summary', 'digest', 'digest-part', 'links']);

type Standing = { receiptChannelId: string | null; receiptTs: string | null; receiptAt: EpochMs | null };

const receiptOf = ({ receiptChannelId: channelId, receiptTs: ts, receiptAt: at }: Standing): Receipt | null =>
  channelId === null || ts === null || at === null ? null : { channelId, ts, at };
