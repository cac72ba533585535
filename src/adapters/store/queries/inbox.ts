import type { DeadLetter, InboxEntry, InboxRow } from '../../../app/ports.ts';
import type { Source } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import { and, asc, eq, inArray, lt, lte, sql } from '../drizzle.ts';
import { ask, askOne, type Dialect, type Steps, slot, slots } from '../query.ts';

/** Raw bodies: accepted, waiting, done or dead. */
export function defineInbox({ db, tables, rows, write }: Dialect) {
  const { inbox } = tables;
  const pending = sql`${inbox.state} = 'pending'`;
  const dead = sql`${inbox.state} = 'dead'`;
  const insert = write(
    db
      .insert(inbox)
      .values(slots(inbox, ['source', 'key', 'body', 'receivedAt', 'dueAt']))
      .onConflictDoNothing(),
  );
  const due = rows(
    db
      .select({ id: inbox.id, source: inbox.source, key: inbox.key, body: inbox.body, receivedAt: inbox.receivedAt, attempts: inbox.attempts })
      .from(inbox)
      .where(and(pending, eq(inbox.source, slot('source')), lte(inbox.dueAt, slot('now'))))
      .orderBy(asc(inbox.dueAt), asc(inbox.receivedAt), asc(inbox.id))
      .limit(slot('limit')),
  );
  const waiting = rows(
    db
      .select({ pending: sql<number>`count(*)`.mapWith(Number), oldest: sql<number | null>`min(${inbox.receivedAt})`.mapWith(Number) })
      .from(inbox)
      .where(pending),
  );
  const deadCount = rows(
    db
      .select({ dead: sql<number>`count(*)`.mapWith(Number) })
      .from(inbox)
      .where(dead),
  );
  const deadOnes = rows(
    db
      .select({
        id: inbox.id,
        source: inbox.source,
        key: inbox.key,
        body: inbox.body,
        receivedAt: inbox.receivedAt,
        diedAt: inbox.settledAt,
        error: inbox.error,
      })
      .from(inbox)
      .where(dead)
      .orderBy(asc(inbox.settledAt), asc(inbox.id))
      .limit(slot('limit')),
  );
  const replay = write(
    db
      .update(inbox)
      .set({ ...slots(inbox, ['dueAt']), state: 'pending', attempts: 0, error: null, settledAt: null })
      .where(and(dead, eq(inbox.id, slot('id')))),
  );
  // A dropped body leaves its key, so that its sender's next attempt does not bring it back.
  const drop = write(
    db
      .update(inbox)
      .set({ state: 'done', body: '' })
      .where(and(dead, eq(inbox.id, slot('id')))),
  );
  const done = write(
    db
      .update(inbox)
      .set({ ...slots(inbox, ['settledAt']), state: 'done', body: '', error: null })
      .where(eq(inbox.id, slot('id'))),
  );
  const retry = write(
    db
      .update(inbox)
      .set({ ...slots(inbox, ['dueAt', 'error']), attempts: sql`${inbox.attempts} + 1` })
      .where(and(pending, eq(inbox.id, slot('id')))),
  );
  const die = write(
    db
      .update(inbox)
      .set({ ...slots(inbox, ['settledAt', 'error']), state: 'dead' })
      .where(and(pending, eq(inbox.id, slot('id')))),
  );
  const old = db
    .select({ id: inbox.id })
    .from(inbox)
    .where(and(sql`${inbox.state} = 'done'`, lt(inbox.settledAt, slot('before'))))
    .limit(slot('limit'));
  const prune = write(db.delete(inbox).where(inArray(inbox.id, old)));

  return {
    *accept(source: Source, entries: InboxEntry[], at: EpochMs): Steps<number> {
      let fresh = 0;
      for (const { key, body } of entries) fresh += yield* ask(insert, { source, key, body, receivedAt: at, dueAt: at });
      return fresh;
    },
    pending: (source: Source, now: EpochMs, limit: number): Steps<InboxRow[]> => ask(due, { source, now, limit }),
    *backlog(): Steps<{ pending: number; dead: number; oldestReceivedAt: EpochMs | null }> {
      const bodies = yield* askOne(waiting);
      const letters = yield* askOne(deadCount);
      return { pending: bodies?.pending ?? 0, dead: letters?.dead ?? 0, oldestReceivedAt: bodies?.oldest ?? null };
    },
    *dead(limit: number): Steps<DeadLetter[]> {
      const letters = yield* ask(deadOnes, { limit });
      return letters.map((letter) => ({ ...letter, diedAt: letter.diedAt ?? letter.receivedAt, error: letter.error ?? '' }));
    },
    *replay(id: number, now: EpochMs): Steps<boolean> {
      return (yield* ask(replay, { id, dueAt: now })) > 0;
    },
    *drop(id: number): Steps<boolean> {
      return (yield* ask(drop, { id })) > 0;
    },
    done: (id: number, at: EpochMs) => ask(done, { id, settledAt: at }),
    retry: (id: number, dueAt: EpochMs, error: string) => ask(retry, { id, dueAt, error }),
    die: (id: number, error: string, at: EpochMs) => ask(die, { id, error, settledAt: at }),
    prune: (before: EpochMs, limit: number) => ask(prune, { before, limit }),
  };
}
