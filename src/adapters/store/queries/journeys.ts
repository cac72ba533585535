import { ConflictError } from '../../../app/errors.ts';
import type { JourneyRow } from '../../../core/journey/journey-row.ts';
import type { EpochMs } from '../../../core/time.ts';
import { and, asc, eq, getTableColumns, gt, inArray, isNotNull, isNull, lte, or, sql } from '../drizzle.ts';
import { ask, askOne, type Dialect, type Steps, slot, slots } from '../query.ts';

export type Journeys = ReturnType<typeof defineJourneys>;

const facts = [
  'kind',
  'dealId',
  'mapKey',
  'stage',
  'stageEnteredAt',
  'segments',
  'name',
  'amount',
  'currency',
  'url',
  'source',
  'evaluatedAt',
] as const;
/** Those by which a row is found, but for its due time. */
const moving = ['accountId', 'ownerEmail', 'outcome', 'outcomeAt', 'settlingSince'] as const;
const indexed = [...moving, 'recheckAt'] as const;

/** What is kept of journeys beside their records: facts to filter by, and when they are due. */
export function defineJourneys({ db, tables, rows, write }: Dialect) {
  const { alerts, journeys } = tables;
  const columns = getTableColumns(journeys);
  const insert = write(
    db
      .insert(journeys)
      .values({ ...slots(journeys, [...facts, ...indexed]), id: slot('id'), revision: slot('next') })
      .onConflictDoNothing(),
  );
  const isRead = and(eq(journeys.id, slot('id')), eq(journeys.revision, slot('revision')));
  const revision = sql`${slot('next')}`;
  // Naming an indexed column in an update rewrites its index even where the value stays: most updates name none, or only when it is due.
  const update = write(
    db
      .update(journeys)
      .set({ ...slots(journeys, facts), revision })
      .where(isRead),
  );
  const updateDue = write(
    db
      .update(journeys)
      .set({ ...slots(journeys, [...facts, 'recheckAt']), revision })
      .where(isRead),
  );
  const updateAll = write(
    db
      .update(journeys)
      .set({ ...slots(journeys, [...facts, ...indexed]), revision })
      .where(isRead),
  );
  const { accountId, ownerEmail, outcome, outcomeAt, recheckAt, settlingSince } = journeys;
  const former = rows(
    db
      .select({ accountId, ownerEmail, outcome, outcomeAt, recheckAt, settlingSince })
      .from(journeys)
      .where(eq(journeys.id, slot('id'))),
  );
  // What is due sooner stays so.
  const isLater = or(sql`${journeys.recheckAt} is null`, sql`${journeys.recheckAt} > ${slot('at')}`);
  // An evaluation under way has not seen what this is about: it must not write over it.
  const soonAt = { recheckAt: sql<number>`${slot('at')}`, revision: sql<number>`${journeys.revision} + 1` };
  const recheck = write(
    db
      .update(journeys)
      .set(soonAt)
      .where(and(eq(journeys.id, slot('id')), isLater)),
  );
  const isOpenAfter = and(gt(journeys.id, slot('after')), eq(journeys.outcome, 'open'), isLater);
  const openAfter = rows(db.select({ id: journeys.id }).from(journeys).where(isOpenAfter).orderBy(asc(journeys.id)).limit(slot('limit')));
  const recheckUpTo = write(
    db
      .update(journeys)
      .set(soonAt)
      .where(and(isOpenAfter, lte(journeys.id, slot('last')))),
  );
  const inhibited = db
    .select({ id: alerts.journeyId })
    .from(alerts)
    .where(and(sql`${alerts.state} <> 'resolved'`, eq(alerts.inhibitedBy, slot('inhibitedBy'))));
  const recheckInhibited = write(
    db
      .update(journeys)
      .set(soonAt)
      .where(and(inArray(journeys.id, inhibited), isLater)),
  );
  const hasSettled = or(isNull(journeys.settlingSince), lte(journeys.settlingSince, slot('settlingBefore')));
  const isSettling = isNotNull(journeys.settlingSince);
  const settling = rows(
    db
      .select({ count: sql<number>`count(*)`.mapWith(Number) })
      .from(journeys)
      .where(isSettling),
  );
  const due = rows(
    db
      .select(columns)
      .from(journeys)
      .where(and(lte(journeys.recheckAt, slot('now')), hasSettled))
      .orderBy(asc(journeys.recheckAt))
      .limit(slot('limit')),
  );
  const next = rows(
    db.select({ at: journeys.recheckAt }).from(journeys).where(isNotNull(journeys.recheckAt)).orderBy(asc(journeys.recheckAt)).limit(1),
  );
  const any = rows(db.select({ id: journeys.id }).from(journeys).limit(1));
  const ofAccount = rows(
    db
      .select(columns)
      .from(journeys)
      .where(eq(journeys.accountId, slot('accountId')))
      .orderBy(asc(journeys.id)),
  );
  const byId = rows(
    db
      .select(columns)
      .from(journeys)
      .where(eq(journeys.id, slot('id'))),
  );

  const lowerOwner = sql<string>`lower(${journeys.ownerEmail})`;
  const owners = rows(
    db
      .selectDistinct({ email: lowerOwner })
      .from(journeys)
      .where(and(eq(journeys.outcome, 'open'), isNotNull(journeys.ownerEmail)))
      .orderBy(asc(lowerOwner)),
  );

  return {
    /** @throws ConflictError */
    *put(row: JourneyRow): Steps<void> {
      const before = row.revision === 0 ? null : yield* askOne(former, { id: row.id });
      const isMoved = before === null || moving.some((name) => before[name] !== row[name]);
      const change = row.revision === 0 ? insert : isMoved ? updateAll : before.recheckAt === row.recheckAt ? update : updateDue;
      const touched = yield* ask(change, { ...row, next: row.revision + 1 });
      if (touched === 0) throw new ConflictError(`journey ${row.id} is no longer at revision ${row.revision}`);
    },
    recheck: (id: string, at: EpochMs) => ask(recheck, { id, at }),
    /** A slice of them, by id. `last` is where the next one goes on. */
    *recheckOpen(at: EpochMs, after: string, limit: number): Steps<{ touched: number; last: string | null }> {
      const last = (yield* ask(openAfter, { at, after, limit })).at(-1)?.id ?? null;
      return { touched: last === null ? 0 : yield* ask(recheckUpTo, { at, after, last }), last };
    },
    recheckInhibited: (at: EpochMs, inhibitedBy: string) => ask(recheckInhibited, { at, inhibitedBy }),
    *settling(): Steps<number> {
      return (yield* askOne(settling))?.count ?? 0;
    },
    due: (now: EpochMs, limit: number, settlingBefore: EpochMs): Steps<JourneyRow[]> => ask(due, { now, limit, settlingBefore }),
    *nextRecheckAt(): Steps<EpochMs | null> {
      return (yield* askOne(next))?.at ?? null;
    },
    *isAnyKnown(): Steps<boolean> {
      return (yield* askOne(any)) !== null;
    },
    ofAccount: (accountId: string): Steps<JourneyRow[]> => ask(ofAccount, { accountId }),
    byId: (id: string): Steps<JourneyRow | null> => askOne(byId, { id }),
    *owners(): Steps<string[]> {
      return (yield* ask(owners)).map(({ email }) => email);
    },
  };
}
