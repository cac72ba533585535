import { ConflictError } from '../../../app/errors.ts';
import type { Change } from '../../../core/change.ts';
import { isAlive, type JourneyRecord, type PersonRecord } from '../../../core/journey/record.ts';
import type { RecordKind } from '../../../core/journey/signal.ts';
import { and, eq, sql } from '../drizzle.ts';
import { ask, askOne, type Dialect, type Query, type Steps, slot, slots } from '../query.ts';
import type { Tables } from '../schema.ts';

export type Records = ReturnType<typeof defineRecords>;
type RecordPut = Omit<Extract<Change, { kind: 'record.put' }>, 'kind'>;

/** Accounts, deals and people as they are now, the words they are found by, and who belongs to which deal. */
export function defineRecords(dialect: Dialect) {
  const { db, tables, rows, write } = dialect;
  const { aliases, dealPeople, terms } = tables;
  const puts = { account: definePut(dialect, tables.accounts), deal: definePut(dialect, tables.deals), person: definePut(dialect, tables.people) };
  const states: Record<RecordKind, Query<{ state: JourneyRecord }[]>> = {
    account: rows(
      db
        .select({ state: tables.accounts.state })
        .from(tables.accounts)
        .where(eq(tables.accounts.id, slot('id'))),
    ),
    deal: rows(
      db
        .select({ state: tables.deals.state })
        .from(tables.deals)
        .where(eq(tables.deals.id, slot('id'))),
    ),
    person: rows(
      db
        .select({ state: tables.people.state })
        .from(tables.people)
        .where(eq(tables.people.id, slot('id'))),
    ),
  };
  const forget = write(db.delete(terms).where(and(eq(terms.kind, slot('kind')), eq(terms.id, slot('id')))));
  const remember = write(
    db
      .insert(terms)
      .values(slots(terms, ['kind', 'term', 'id']))
      .onConflictDoNothing(),
  );
  const linked = rows(
    db
      .select({ dealId: dealPeople.dealId })
      .from(dealPeople)
      .where(eq(dealPeople.personId, slot('personId'))),
  );
  const unlink = write(db.delete(dealPeople).where(eq(dealPeople.personId, slot('personId'))));
  const link = write(
    db
      .insert(dealPeople)
      .values(slots(dealPeople, ['dealId', 'personId']))
      .onConflictDoNothing(),
  );
  const alias = rows(
    db
      .select({ into: aliases.into })
      .from(aliases)
      .where(and(eq(aliases.kind, slot('kind')), eq(aliases.from, slot('id')))),
  );

  return {
    /** @throws ConflictError */
    *put({ record, revision, accountId, terms: words, stays = false }: RecordPut): Steps<void> {
      const row = {
        id: record.id,
        name: record.name?.value ?? record.id,
        accountId,
        // Deleted once, and spoken of since: it is back.
        goneAt: isAlive(record) ? null : (record.erasedAt ?? record.deletedAt),
        erasedAt: record.erasedAt,
        state: record,
        revision,
        next: revision + 1,
      };
      const { insert, update, move } = puts[record.kind];
      const touched = yield* ask(revision === 0 ? insert : update, row);
      if (touched === 0) throw new ConflictError(`${record.kind} ${record.id} is no longer at revision ${revision}`);
      if (words !== null) yield* putTerms(record.kind, record.id, words);
      if (stays) return;
      if (revision !== 0 && move !== null) yield* ask(move, row);
      if (record.kind === 'person') yield* putLinks(record);
    },
    putTerms,
    *one(kind: RecordKind, id: string): Steps<JourneyRecord | null> {
      return (yield* askOne(states[kind], { id }))?.state ?? null;
    },
    /** The id a record goes by now. */
    *resolve(kind: RecordKind, id: string): Steps<string> {
      return (yield* askOne(alias, { kind, id }))?.into ?? id;
    },
  };

  function* putTerms(kind: RecordKind, id: string, words: string[]): Steps<void> {
    yield* ask(forget, { kind, id });
    for (const term of words) yield* ask(remember, { kind, term, id });
  }

  function* putLinks({ id: personId, dealIds }: PersonRecord): Steps<void> {
    const stored = new Set((yield* ask(linked, { personId })).map(({ dealId }) => dealId));
    const named = dealIds?.value ?? [];
    if (isSame(stored, named)) return;
    const wanted: string[] = [];
    for (const id of named) wanted.push((yield* askOne(alias, { kind: 'deal', id }))?.into ?? id);
    if (isSame(stored, wanted)) return;
    yield* ask(unlink, { personId });
    for (const dealId of wanted) yield* ask(link, { dealId, personId });
  }
}

const isSame = (stored: ReadonlySet<string>, wanted: string[]): boolean =>
  new Set(wanted).size === stored.size && wanted.every((id) => stored.has(id));

function definePut({ db, write }: Dialect, table: Tables['accounts'] | Tables['deals'] | Tables['people']) {
  // The three tables differ in one column only; deals stand for all of them.
  const records = table as Tables['deals'];
  const facts = slots(records, ['name', 'goneAt', 'erasedAt', 'state']);
  const account = 'accountId' in table ? slots(records, ['accountId']) : null;
  return {
    insert: write(
      db
        .insert(records)
        .values({ ...facts, ...account, id: slot('id'), revision: slot('next') })
        .onConflictDoNothing(),
    ),
    update: write(
      db
        .update(records)
        .set({ ...facts, revision: sql`${slot('next')}` })
        .where(and(eq(records.id, slot('id')), eq(records.revision, slot('revision')))),
    ),
    // Apart, since naming an indexed column in an update rewrites its index even where the value stays.
    move:
      account &&
      write(
        db
          .update(records)
          .set(account)
          .where(and(eq(records.id, slot('id')), sql`${records.accountId} is distinct from ${slot('accountId')}`)),
      ),
  };
}
