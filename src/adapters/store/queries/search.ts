import type { AnyColumn } from 'drizzle-orm';
import type { RecordKind } from '../../../core/journey/signal.ts';
import { and, asc, eq, gt, gte, inArray, isNull, lt, sql } from '../drizzle.ts';
import { likeText } from '../like-text.ts';
import { ask, type Dialect, type Steps, slot } from '../query.ts';

export type Found = { id: string; name: string; accountName: string | null };
/** So many ids are asked for at once. */
const idsAtOnce = 200;
/** Greater than every character, in the byte order that keys are compared by. */
const last = '\u{10ffff}';

/** Records by the words they are found by, and by name in slices. `gone`: those that were deleted, too, but nobody who was erased. */
export function defineSearch({ db, tables, rows }: Dialect) {
  const { accounts, deals, people, terms } = tables;
  const begins = (kind: RecordKind) => and(eq(terms.kind, kind), gte(terms.term, slot('prefix')), lt(terms.term, slot('end')));
  const limit = slot('limit');
  const accountFields = { id: accounts.id, name: accounts.name, accountName: sql<string | null>`null` };
  const isThere = ({ goneAt, erasedAt }: { goneAt: AnyColumn; erasedAt: AnyColumn }, gone: boolean) => isNull(gone ? erasedAt : goneAt);
  const accountsByTerm = (gone: boolean) =>
    rows(
      db
        .selectDistinct(accountFields)
        .from(terms)
        .innerJoin(accounts, eq(accounts.id, terms.id))
        .where(and(begins('account'), isThere(accounts, gone)))
        .orderBy(asc(accounts.name), asc(accounts.id))
        .limit(limit),
    );
  const search = {
    account: {
      byTerm: accountsByTerm(false),
      byTermOrGone: accountsByTerm(true),
      after: rows(
        db
          .select(accountFields)
          .from(accounts)
          .where(and(gt(accounts.id, slot('after')), isThere(accounts, false)))
          .orderBy(asc(accounts.id))
          .limit(limit),
      ),
    },
    deal: searchIn('deal', deals),
    person: searchIn('person', people),
  };

  const mayHave = (gone: boolean) =>
    rows(
      db
        .select({ id: people.id, state: people.state })
        .from(people)
        .where(and(isThere(people, gone), sql`lower(${people.state}) like ${slot('email')} escape '!'`))
        .orderBy(asc(people.id)),
    );
  const withAddress = { there: mayHave(false), orGone: mayHave(true) };

  const namesOf = (ids: string[]) =>
    rows(
      db
        .select({ id: accounts.id, name: accounts.name })
        .from(accounts)
        .where(and(inArray(accounts.id, ids), isThere(accounts, false))),
    );

  return {
    *accountNames(ids: readonly string[]): Steps<Map<string, string>> {
      const names = new Map<string, string>();
      const wanted = [...new Set(ids)];
      for (let from = 0; from < wanted.length; from += idsAtOnce)
        for (const { id, name } of yield* ask(namesOf(wanted.slice(from, from + idsAtOnce)))) if (name !== '') names.set(id, name);
      return names;
    },
    *byEmail(email: string, most: number, gone = false): Steps<string[]> {
      const wanted = email.trim().toLowerCase();
      const found = yield* ask(gone ? withAddress.orGone : withAddress.there, { email: `%${likeText(JSON.stringify(wanted))}%` });
      return found.flatMap(({ id, state }) => (state.email?.value?.trim().toLowerCase() === wanted ? [id] : [])).slice(0, most);
    },
    byTerm: (kind: RecordKind, prefix: string, most: number, gone = false): Steps<Found[]> =>
      ask(search[kind][gone ? 'byTermOrGone' : 'byTerm'], { prefix, end: prefix + last, limit: most }),
    after: (kind: RecordKind, after: string | null, most: number): Steps<Found[]> => ask(search[kind].after, { after: after ?? '', limit: most }),
  };

  function searchIn(kind: 'deal' | 'person', table: typeof deals | typeof people) {
    const records = table as typeof deals;
    const fields = { id: records.id, name: records.name, accountName: accounts.name };
    const ofAccount = eq(accounts.id, records.accountId);
    const byTerm = (gone: boolean) =>
      rows(
        db
          .selectDistinct(fields)
          .from(terms)
          .innerJoin(records, eq(records.id, terms.id))
          .leftJoin(accounts, ofAccount)
          .where(and(begins(kind), isThere(records, gone)))
          .orderBy(asc(records.name), asc(records.id))
          .limit(limit),
      );
    return {
      byTerm: byTerm(false),
      byTermOrGone: byTerm(true),
      after: rows(
        db
          .select(fields)
          .from(records)
          .leftJoin(accounts, ofAccount)
          .where(and(gt(records.id, slot('after')), isThere(records, false)))
          .orderBy(asc(records.id))
          .limit(limit),
      ),
    };
  }
}
