import type { Change, UnknownKind, UnknownValue } from '../../../core/change.ts';
import { and, asc, desc, eq, lte, sql } from '../drizzle.ts';
import { ask, askOne, type Dialect, type Steps, slot, slots } from '../query.ts';

/** A field of free text that somebody takes for roles must not fill the store: beyond these nothing new is noted. */
const mostValues = 2_000;
const mostRecords = 1_000;

/** Values that the journey map does not know, each counted once a record. */
export function defineUnknowns({ db, tables, rows, write }: Dialect) {
  const { unknownRecords, unknowns } = tables;
  const key = ['source', 'what', 'value', 'mapKey'] as const;
  const isIt = and(...key.map((name) => eq(unknowns[name], slot(name))));
  const isOn = and(...key.map((name) => eq(unknownRecords[name], slot(name))));
  const known = rows(db.select({ count: unknowns.count }).from(unknowns).where(isIt));
  const all = rows(db.select({ count: sql<number>`count(*)`.mapWith(Number) }).from(unknowns));
  const note = write(
    db
      .insert(unknownRecords)
      .values(slots(unknownRecords, [...key, 'recordId']))
      .onConflictDoNothing(),
  );
  const add = write(
    db
      .insert(unknowns)
      .values({ ...slots(unknowns, [...key, 'lastSeenAt']), count: 1 })
      .onConflictDoUpdate({
        target: key.map((name) => unknowns[name]),
        set: { count: sql`${unknowns.count} + 1`, lastSeenAt: sql`excluded.last_seen_at`, toldAt: null },
      }),
  );
  // Seen on another record since it was read, it is not told yet.
  const tell = write(
    db
      .update(unknowns)
      .set(slots(unknowns, ['toldAt']))
      .where(and(isIt, eq(unknowns.count, slot('count')))),
  );
  const list = rows(db.select().from(unknowns).orderBy(desc(unknowns.lastSeenAt), desc(unknowns.count), asc(unknowns.value)).limit(slot('limit')));
  const records = rows(
    db.select({ recordId: unknownRecords.recordId }).from(unknownRecords).where(isOn).orderBy(asc(unknownRecords.recordId)).limit(slot('limit')),
  );
  const counts = rows(
    db
      .select({ what: unknowns.what, count: sql<number>`count(*)`.mapWith(Number) })
      .from(unknowns)
      .groupBy(unknowns.what),
  );
  const onRecord = rows(
    db
      .select()
      .from(unknownRecords)
      .where(eq(unknownRecords.recordId, slot('recordId'))),
  );
  const leaveRecord = [
    write(
      db
        .update(unknowns)
        .set({ count: sql`${unknowns.count} - 1` })
        .where(isIt),
    ),
    write(db.delete(unknowns).where(and(isIt, lte(unknowns.count, 0)))),
    write(db.delete(unknownRecords).where(and(isOn, eq(unknownRecords.recordId, slot('recordId'))))),
  ];
  const forget = [write(db.delete(unknowns).where(isIt)), write(db.delete(unknownRecords).where(isOn))];

  return {
    *see({ source, what, value, mapKey = '', journeyId, at }: Extract<Change, { kind: 'unknown.seen' }>): Steps<void> {
      const seen = { source, what, value, mapKey };
      const before = yield* askOne(known, seen);
      if (before === null && ((yield* askOne(all))?.count ?? 0) >= mostValues) return;
      if ((before?.count ?? 0) >= mostRecords) return;
      if ((yield* ask(note, { ...seen, recordId: journeyId })) > 0) yield* ask(add, { ...seen, lastSeenAt: at });
    },
    *tell({ values, at }: Extract<Change, { kind: 'unknown.told' }>): Steps<void> {
      for (const value of values) yield* ask(tell, { ...keyOf(value), count: value.count, toldAt: at });
    },
    *list(limit: number): Steps<UnknownValue[]> {
      return (yield* ask(list, { limit })).map((row) => ({ ...row, mapKey: row.mapKey === '' ? null : row.mapKey }));
    },
    *recordsOf(value: UnknownValue, limit: number): Steps<string[]> {
      return (yield* ask(records, { ...keyOf(value), limit })).map(({ recordId }) => recordId);
    },
    *counts(): Steps<Partial<Record<UnknownKind, number>>> {
      return Object.fromEntries((yield* ask(counts)).map(({ what, count }) => [what, count]));
    },
    /** A record that is no more: what was seen on no other goes with it. */
    *forgetRecord(recordId: string): Steps<void> {
      for (const value of yield* ask(onRecord, { recordId })) for (const step of leaveRecord) yield* ask(step, value);
    },
    *forget(values: UnknownValue[]): Steps<void> {
      for (const value of values) for (const step of forget) yield* ask(step, keyOf(value));
    },
  };
}

export type Unknowns = ReturnType<typeof defineUnknowns>;

const keyOf = ({ source, what, value, mapKey }: UnknownValue) => ({ source, what, value, mapKey: mapKey ?? '' });
