import type { RecordKind, Signal } from '../../../core/journey/signal.ts';
import { describedBy, placeOf, subjectOf } from '../../../core/journey/signal-place.ts';
import type { EpochMs } from '../../../core/time.ts';
import { and, desc, eq, inArray, isNotNull, or } from '../drizzle.ts';
import { ask, type Dialect, type Steps, slot, slots } from '../query.ts';

export type Signals = ReturnType<typeof defineSignals>;

/** Signals are kept for good, by the ids they came with. */
export function defineSignals({ db, tables, rows, write }: Dialect) {
  const { accounts, aliases, deals, people, signals } = tables;
  const insert = write(
    db
      .insert(signals)
      .values(slots(signals, ['id', 'subject', 'personId', 'source', 'occurredAt', 'receivedAt', 'body']))
      .onConflictDoNothing(),
  );
  const formerIds = rows(
    db
      .select({ from: aliases.from })
      .from(aliases)
      .where(and(eq(aliases.kind, slot('kind')), eq(aliases.into, slot('id')))),
  );
  const members = {
    deal: rows(
      db
        .select({ id: deals.id })
        .from(deals)
        .where(eq(deals.accountId, slot('id'))),
    ),
    person: rows(
      db
        .select({ id: people.id })
        .from(people)
        .where(eq(people.accountId, slot('id'))),
    ),
  };
  const erased = { account: findErased(accounts), deal: findErased(deals), person: findErased(people) };

  return {
    *add(signal: Signal, receivedAt: EpochMs): Steps<void> {
      // What a CRM still says of an erased record is not kept: its tombstone takes nothing in, and neither may this.
      const about = describedBy(signal);
      if (about !== null && (yield* ask(erased[about.kind], about)).length > 0) return;
      const { id, source, occurredAt } = signal;
      yield* ask(insert, { id, source, occurredAt, receivedAt, ...placeOf(signal), body: signal });
    },
    /** The newest of a record; of an account also what concerns its deals and people. */
    *of(kind: RecordKind, id: string, limit: number): Steps<Signal[]> {
      const newest = rows(
        db
          .select({ body: signals.body })
          .from(signals)
          .where(yield* naming(kind, id))
          .orderBy(desc(signals.occurredAt), desc(signals.sequence))
          .limit(limit),
      );
      return (yield* ask(newest)).map(({ body }) => body);
    },
    naming,
    idsOf,
  };

  /** The condition that a signal names a record, or one of an account's. */
  function* naming(kind: RecordKind, id: string) {
    const ids = yield* idsOf(kind, id);
    const subjects = ids.map((each) => subjectOf(kind, each));
    if (kind === 'account') {
      for (const member of ['deal', 'person'] as const) {
        for (const { id: memberId } of yield* ask(members[member], { id }))
          subjects.push(...(yield* idsOf(member, memberId)).map((each) => subjectOf(member, each)));
      }
    }
    return kind === 'person' ? or(inArray(signals.subject, subjects), inArray(signals.personId, ids)) : inArray(signals.subject, subjects);
  }

  /** The id, and those that were merged into it. */
  function* idsOf(kind: RecordKind, id: string): Steps<string[]> {
    return [id, ...(yield* ask(formerIds, { kind, id })).map(({ from }) => from)];
  }

  function findErased(table: typeof accounts | typeof deals | typeof people) {
    const records = table as typeof accounts;
    const survivor = db
      .select({ id: aliases.into })
      .from(aliases)
      .where(and(eq(aliases.kind, slot('kind')), eq(aliases.from, slot('id'))));
    return rows(
      db
        .select({ id: records.id })
        .from(records)
        .where(and(or(eq(records.id, slot('id')), inArray(records.id, survivor)), isNotNull(records.erasedAt))),
    );
  }
}
