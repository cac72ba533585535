import type { Travelling } from '../../../app/ports.ts';
import type { JourneyRow } from '../../../core/journey/journey-row.ts';
import type { PersonRecord } from '../../../core/journey/record.ts';
import { and, asc, eq, getTableColumns, gt, isNull } from '../drizzle.ts';
import { ask, type Dialect, type Steps, slot } from '../query.ts';

/** What travels the maps, in slices by id: records for those who read off where they have been, and journeys that are in a stage now. */
export function defineTravels({ db, tables, rows }: Dialect) {
  const { accounts, deals, journeys, people } = tables;
  const limit = slot('limit');
  const dealsAfter = rows(
    db
      .select({ id: deals.id, deal: deals.state, account: accounts.state })
      .from(deals)
      .leftJoin(accounts, eq(accounts.id, deals.accountId))
      .where(and(gt(deals.id, slot('after')), isNull(deals.erasedAt)))
      .orderBy(asc(deals.id))
      .limit(limit),
  );
  const accountsAfter = rows(
    db
      .select({ id: accounts.id, account: accounts.state })
      .from(accounts)
      .where(and(gt(accounts.id, slot('after')), isNull(accounts.erasedAt)))
      .orderBy(asc(accounts.id))
      .limit(limit),
  );
  const peopleAfter = rows(
    db
      .select({ person: people.state })
      .from(people)
      .where(and(gt(people.id, slot('after')), isNull(people.erasedAt)))
      .orderBy(asc(people.id))
      .limit(limit),
  );
  const inStage = rows(
    db
      .select(getTableColumns(journeys))
      .from(journeys)
      .where(
        and(gt(journeys.id, slot('after')), eq(journeys.outcome, 'open'), eq(journeys.mapKey, slot('mapKey')), eq(journeys.stage, slot('stage'))),
      )
      .orderBy(asc(journeys.id))
      .limit(limit),
  );
  return {
    *after(kind: 'deal' | 'account', after: string | null, most: number): Steps<Travelling[]> {
      const from = { after: after ?? '', limit: most };
      if (kind === 'deal') return yield* ask(dealsAfter, from);
      return (yield* ask(accountsAfter, from)).map((row) => ({ ...row, deal: null }));
    },
    *people(after: string | null, most: number): Steps<PersonRecord[]> {
      return (yield* ask(peopleAfter, { after: after ?? '', limit: most })).map(({ person }) => person);
    },
    inStage: (mapKey: string, stage: string, after: string | null, most: number): Steps<JourneyRow[]> =>
      ask(inStage, { mapKey, stage, after: after ?? '', limit: most }),
  };
}
