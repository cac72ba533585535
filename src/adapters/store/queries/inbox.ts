import { hash } from 'node:crypto';
import type { DeadLetter, InboxEntry, InboxRow } from '../../../app/ports.ts';
import type { Source } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import { and, asc, eq, inArray, lt, lte, or, sql } from '../drizzle.ts';
import { ask, askOne, type Dialect, type Steps, slot, slots } from '../query.ts';
import { defineErasedIds } from './erased-ids.ts';

/** Raw bodies: accepted, waiting, done or dead. */
export function defineInbox(dialect: Dialect) {
  const { db, tables, rows, write } = dialect;
  const erased = defineErasedIds(dialect);
  const { inbox } = tables;
  const pending = sql`${inbox.state} = 'pending'`;
  const dead = sql`${inbox.state} = 'dead'`;
  const insert = write(
    db
      .insert(inbox)
      .values(slots(inbox, ['source', 'key', 'fingerprint', 'body', 'receivedAt', 'dueAt']))
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
  const number = sql<number>`count(*)`.mapWith(Number);
  // Two, since each has an index of its own.
  const pendingBySource = rows(db.select({ source: inbox.source, number }).from(inbox).where(pending).groupBy(inbox.source));
  const deadBySource = rows(db.select({ source: inbox.source, number }).from(inbox).where(dead).groupBy(inbox.source));
  const letter = {
    id: inbox.id,
    source: inbox.source,
    key: inbox.key,
    body: inbox.body,
    receivedAt: inbox.receivedAt,
    diedAt: inbox.settledAt,
    error: inbox.error,
  };
  const deadOnes = rows(
    db
      .select(letter)
      .from(inbox)
      // By the index of dead ones, which are few, and not by the table's own order.
      .where(and(dead, sql`${inbox.id} + 0 > ${slot('after')}`, or(sql`${slot('source')} = ''`, eq(inbox.source, slot('source')))))
      .orderBy(sql`${inbox.id} + 0`)
      .limit(slot('limit')),
  );
  const deadOne = rows(
    db
      .select(letter)
      .from(inbox)
      .where(and(dead, eq(inbox.id, slot('id')))),
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
  const trim = write(
    db
      .update(inbox)
      .set(slots(inbox, ['body']))
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
      for (const { key, body } of entries) {
        const fingerprint = fingerprintOf(source, key);
        fresh += yield* ask(insert, { source, key, fingerprint, body, receivedAt: at, dueAt: at });
      }
      return fresh;
    },
    pending: (source: Source, now: EpochMs, limit: number): Steps<InboxRow[]> => ask(due, { source, now, limit }),
    *backlog(): Steps<{ pending: number; dead: number; oldestReceivedAt: EpochMs | null }> {
      const bodies = yield* askOne(waiting);
      const letters = yield* askOne(deadCount);
      return { pending: bodies?.pending ?? 0, dead: letters?.dead ?? 0, oldestReceivedAt: bodies?.oldest ?? null };
    },
    *counts(): Steps<{ source: Source; pending: number; dead: number }[]> {
      const waits = new Map((yield* ask(pendingBySource)).map((row) => [row.source, row.number]));
      const died = new Map((yield* ask(deadBySource)).map((row) => [row.source, row.number]));
      return [...new Set([...waits.keys(), ...died.keys()])]
        .toSorted()
        .map((source) => ({ source, pending: waits.get(source) ?? 0, dead: died.get(source) ?? 0 }));
    },
    *dead(limit: number, { after = 0, source }: { after?: number; source?: Source } = {}): Steps<DeadLetter[]> {
      return (yield* ask(deadOnes, { limit, after, source: source ?? '' })).map(letterOf);
    },
    *deadOne(id: number): Steps<DeadLetter | null> {
      const found = yield* askOne(deadOne, { id });
      return found === null ? null : letterOf(found);
    },
    *replay(id: number, now: EpochMs): Steps<boolean> {
      return (yield* ask(replay, { id, dueAt: now })) > 0;
    },
    *drop(id: number): Steps<boolean> {
      return (yield* ask(drop, { id })) > 0;
    },
    done: (id: number, at: EpochMs) => ask(done, { id, settledAt: at }),
    retry: (id: number, dueAt: EpochMs, error: string) => ask(retry, { id, dueAt, error }),
    /** What names an erased record does not stay as a dead letter. */
    *die(id: number, error: string, at: EpochMs): Steps<void> {
      yield* ask(die, { id, error, settledAt: at });
      const body = yield* askOne(deadOne, { id });
      if (body === null) return;
      const rest = yield* erased.bodyWithoutErased(body);
      if (rest !== body.body) yield* ask(rest === null ? drop : trim, { id, body: rest ?? '' });
    },
    prune: (before: EpochMs, limit: number) => ask(prune, { before, limit }),
  };
}

/** 132 bits of SHA-256: two keys never have the same one. */
const fingerprintOf = (source: Source, key: string): string => hash('sha256', `${source} ${key}`, 'base64url').slice(0, 22);

const letterOf = (letter: Omit<DeadLetter, 'diedAt' | 'error'> & { diedAt: EpochMs | null; error: string | null }): DeadLetter => ({
  ...letter,
  diedAt: letter.diedAt ?? letter.receivedAt,
  error: letter.error ?? '',
});
