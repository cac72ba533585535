import type { RecordKind } from '../../../core/journey/signal.ts';
import { and, asc, eq, gt, gte, inArray, isNull, lt, sql } from '../drizzle.ts';
import { likeText } from '../like-text.ts';
import { ask, type Dialect, type Steps, slot } from '../query.ts';

export type Found = { id: string; name: string; accountName: string | null };
/** So many ids are asked for at once. */
const idsAtOnce = 200;
/** Greater than every character, in the byte order that keys are compared by. */
const last = '\u{10ffff}';

/** Records by the words they are found by, and by name in slices. */
export function defineSearch({ db, tables, rows }: Dialect) {
  const { accounts, deals, people, terms } = tables;
  const begins = (kind: RecordKind) => and(eq(terms.kind, kind), gte(terms.term, slot('prefix')), lt(terms.term, slot('end')));
  const limit = slot('limit');
  const accountFields = { id: accounts.id, name: accounts.name, accountName: sql<string | null>`null` };
  const isAccount = isNull(accounts.goneAt);
  const search = {
    account: {
      byTerm: rows(
        db
          .selectDistinct(accountFields)
          .from(terms)
          .innerJoin(accounts, eq(accounts.id, terms.id))
          .where(and(begins('account'), isAccount))
          .orderBy(asc(accounts.name), asc(accounts.id))
          .limit(limit),
      ),
      after: rows(
        db
          .select(accountFields)
          .from(accounts)
          .where(and(gt(accounts.id, slot('after')), isAccount))
          .orderBy(asc(accounts.id))
          .limit(limit),
      ),
    },
    deal: searchIn('deal', deals),
    person: searchIn('person', people),
  };

  const mayHave = rows(
    db
      .select({ id: people.id, state: people.state })
      .from(people)
      .where(and(isNull(people.goneAt), sql`lower(${people.state}) like ${slot('email')} escape '!'`))
      .orderBy(asc(people.id)),
  );

  const namesOf = (ids: string[]) =>
    rows(
      db
        .select({ id: accounts.id, name: accounts.name })
        .from(accounts)
        .where(and(inArray(accounts.id, ids), isAccount)),
    );

  return {
    *accountNames(ids: readonly string[]): Steps<Map<string, string>> {
      const names = new Map<string, string>();
      const wanted = [...new Set(ids)];
      for (let from = 0; from < wanted.length; from += idsAtOnce)
        for (const { id, name } of yield* ask(namesOf(wanted.slice(from, from + idsAtOnce)))) if (name !== '') names.set(id, name);
      return names;
    },
    *byEmail(email: string, most: number): Steps<string[]> {
      const wanted = email.trim().toLowerCase();
      const found = yield* ask(mayHave, { email: `%${likeText(JSON.stringify(wanted))}%` });
      return found.flatMap(({ id, state }) => (state.email?.value?.trim().toLowerCase() === wanted ? [id] : [])).slice(0, most);
    },
    byTerm: (kind: RecordKind, prefix: string, most: number): Steps<Found[]> => ask(search[kind].byTerm, { prefix, end: prefix + last, limit: most }),
    after: (kind: RecordKind, after: string | null, most: number): Steps<Found[]> => ask(search[kind].after, { after: after ?? '', limit: most }),
  };

  function searchIn(kind: 'deal' | 'person', table: typeof deals | typeof people) {
    const records = table as typeof deals;
    const fields = { id: records.id, name: records.name, accountName: accounts.name };
    const ofAccount = eq(accounts.id, records.accountId);
    const isThere = isNull(records.goneAt);
    return {
      byTerm: rows(
        db
          .selectDistinct(fields)
          .from(terms)
          .innerJoin(records, eq(records.id, terms.id))
          .leftJoin(accounts, ofAccount)
          .where(and(begins(kind), isThere))
          .orderBy(asc(records.name), asc(records.id))
          .limit(limit),
      ),
      after: rows(
        db
          .select(fields)
          .from(records)
          .leftJoin(accounts, ofAccount)
          .where(and(gt(records.id, slot('after')), isThere))
          .orderBy(asc(records.id))
          .limit(limit),
      ),
    };
  }
}
