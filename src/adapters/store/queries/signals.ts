import type { RecordKind, Signal } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import { and, desc, eq, inArray, isNotNull, or } from '../drizzle.ts';
import { ask, type Dialect, slot, slots, type Steps } from '../query.ts';

export type Signals = ReturnType<typeof defineSignals>;

/** Signals are kept for good, by the ids they came with. */
export function defineSignals({ db, tables, rows, write }: Dialect) {
  const { accounts, aliases, deals, people, signals } = tables;
  const insert = write(db.insert(signals).values(slots(signals, ['id', 'type', 'source', 'occurredAt', 'receivedAt', 'accountId', 'dealId', 'personId', 'body'])).onConflictDoNothing());
  const column = { account: signals.accountId, deal: signals.dealId, person: signals.personId };
  const formerIds = rows(db.select({ from: aliases.from }).from(aliases).where(and(eq(aliases.kind, slot('kind')), eq(aliases.into, slot('id')))));
  const erased = { account: findErased(accounts), deal: findErased(deals), person: findErased(people) };

  return {
    *add(signal: Signal, receivedAt: EpochMs): Steps<void> {
      const { id, type, source, occurredAt } = signal;
      // What a CRM still says of an erased record is not kept: its tombstone takes nothing in, and neither may this.
      const about = describedBy(signal);
      if (about !== null && (yield* ask(erased[about.kind], about)).length > 0) return;
      yield* ask(insert, { id, type, source, occurredAt, receivedAt, ...recordsOf(signal), body: signal });
    },
    *of(kind: RecordKind, id: string, limit: number): Steps<Signal[]> {
      const ids = yield* idsOf(kind, id);
      const newest = rows(db.select({ body: signals.body }).from(signals).where(inArray(column[kind], ids)).orderBy(desc(signals.occurredAt), desc(signals.id)).limit(limit));
      return (yield* ask(newest)).map(({ body }) => body);
    },
    idsOf,
  };

  /** The id, and those that were merged into it. */
  function* idsOf(kind: RecordKind, id: string): Steps<string[]> {
    return [id, ...(yield* ask(formerIds, { kind, id })).map(({ from }) => from)];
  }

  function findErased(table: typeof accounts | typeof deals | typeof people) {
    const records = table as typeof accounts;
    const survivor = db.select({ id: aliases.into }).from(aliases).where(and(eq(aliases.kind, slot('kind')), eq(aliases.from, slot('id'))));
    return rows(db.select({ id: records.id }).from(records).where(and(or(eq(records.id, slot('id')), inArray(records.id, survivor)), isNotNull(records.erasedAt))));
  }
}

/** The record that a signal carries particulars of. */
function describedBy(signal: Signal): { kind: RecordKind; id: string } | null {
  switch (signal.type) {
    case 'account.upserted':
      return { kind: 'account', id: signal.account.id };
    case 'deal.upserted':
      return { kind: 'deal', id: signal.deal.id };
    case 'person.upserted':
      return { kind: 'person', id: signal.person.id };
    default:
      return null;
  }
}

type Named = { accountId: string | null; dealId: string | null; personId: string | null };

/** The records that a signal names. */
export function recordsOf(signal: Signal): Named {
  switch (signal.type) {
    case 'account.upserted':
      return { ...none, accountId: signal.account.id };
    case 'deal.upserted':
      return { ...none, dealId: signal.deal.id, accountId: signal.deal.accountId ?? null };
    case 'person.upserted':
      return { ...none, personId: signal.person.id, accountId: signal.person.accountId ?? null };
    case 'touchpoint.recorded':
      return { accountId: signal.touchpoint.accountId ?? null, dealId: signal.touchpoint.dealId ?? null, personId: signal.touchpoint.personId ?? null };
    case 'stage.entered':
      return { ...none, dealId: signal.stage.dealId };
    case 'next-step.set':
      return { ...none, dealId: signal.nextStep.dealId };
    case 'metric.recorded':
      return { ...none, accountId: signal.metric.accountId };
    case 'milestone.completed':
      return { ...none, accountId: signal.milestone.accountId };
    case 'role.assigned':
      return { ...none, personId: signal.role.personId };
    case 'record.merged':
      return ref(signal.merge.kind, signal.merge.into);
    case 'record.deleted':
    case 'record.erased':
      return ref(signal.record.kind, signal.record.id);
  }
}

const none: Named = { accountId: null, dealId: null, personId: null };
const ref = (kind: RecordKind, id: string): Named => ({ ...none, [`${kind}Id`]: id });
