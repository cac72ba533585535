import type { Mute } from '../../../core/change.ts';
import { and, eq, inArray } from '../drizzle.ts';
import { ask, type Dialect, type Steps, slot, type Values } from '../query.ts';
import type { Tables } from '../schema.ts';

type Row<Name extends 'accounts' | 'deals' | 'people' | 'journeys' | 'alerts' | 'cards'> = Tables[Name]['$inferSelect'];

/** Some accounts with all that is filed under them, however it is mixed. */
export type WholeAccounts = {
  accounts: Pick<Row<'accounts'>, 'state' | 'revision'>[];
  deals: Pick<Row<'deals'>, 'state' | 'revision' | 'accountId'>[];
  people: Pick<Row<'people'>, 'state' | 'revision' | 'accountId'>[];
  /** Of people who belong to the deals, wherever these are at home. */
  personIds: string[];
  journeys: Row<'journeys'>[];
  alerts: Row<'alerts'>['alert'][];
  cards: Row<'cards'>[];
  mutes: Mute[];
};

/** So many accounts are read together: each then costs half of what it costs by itself. */
const together = 16;

/** Reads accounts: eight look-ups through indexes each by itself, or eight for sixteen. */
export function defineWholeAccounts({ db, tables, rows }: Dialect) {
  const { accounts, alerts, cards, dealPeople, deals, journeys, mutes, people } = tables;
  const [alone, many] = [define(1), define(together)];

  return {
    *load(ids: readonly string[]): Steps<WholeAccounts[]> {
      const found: WholeAccounts[] = [];
      for (const { queries, values } of batches(ids)) {
        found.push({
          accounts: yield* ask(queries.accounts, values),
          deals: yield* ask(queries.deals, values),
          people: yield* ask(queries.people, values),
          personIds: (yield* ask(queries.peopleOfDeals, values)).map(({ id }) => id),
          journeys: yield* ask(queries.journeys, values),
          alerts: (yield* ask(queries.alerts, values)).map(({ alert }) => alert),
          cards: yield* ask(queries.cards, values),
          mutes: yield* ask(queries.mutes, values),
        });
      }
      return found;
    },
    /** The accounts that deals or people are filed under. */
    *of(kind: 'deal' | 'person', ids: readonly string[]): Steps<string[]> {
      const found: string[] = [];
      for (const { queries, values } of batches(ids))
        for (const { accountId } of yield* ask(queries.accountsOf[kind], values)) if (accountId !== null) found.push(accountId);
      return found;
    },
  };

  /** What is left of the last one's places is filled with its last id once more. */
  function* batches(ids: readonly string[]): Iterable<{ queries: typeof many; values: Values }> {
    const width = ids.length === 1 ? 1 : together;
    for (let from = 0; from < ids.length; from += width) {
      const values: Values = {};
      for (let nth = 0; nth < width; nth += 1) values[placeOf(nth)] = ids[Math.min(from + nth, ids.length - 1)];
      yield { queries: width === 1 ? alone : many, values };
    }
  }

  function define(width: number) {
    const ids = Array.from({ length: width }, (_, nth) => slot(placeOf(nth)));
    // Sub-selects, not joins: SQLite answers them three times as fast.
    const dealIds = db.select({ id: deals.id }).from(deals).where(inArray(deals.accountId, ids));
    const journeyIds = db.select({ id: journeys.id }).from(journeys).where(inArray(journeys.accountId, ids));
    return {
      accounts: rows(db.select({ state: accounts.state, revision: accounts.revision }).from(accounts).where(inArray(accounts.id, ids))),
      deals: rows(
        db.select({ state: deals.state, revision: deals.revision, accountId: deals.accountId }).from(deals).where(inArray(deals.accountId, ids)),
      ),
      people: rows(
        db.select({ state: people.state, revision: people.revision, accountId: people.accountId }).from(people).where(inArray(people.accountId, ids)),
      ),
      peopleOfDeals: rows(db.select({ id: dealPeople.personId }).from(dealPeople).where(inArray(dealPeople.dealId, dealIds))),
      journeys: rows(db.select().from(journeys).where(inArray(journeys.accountId, ids))),
      alerts: rows(
        db
          .select({ alert: alerts.alert })
          .from(alerts)
          .where(and(inArray(alerts.journeyId, journeyIds), eq(alerts.relevant, true))),
      ),
      cards: rows(db.select().from(cards).where(inArray(cards.journeyId, journeyIds))),
      mutes: rows(db.select().from(mutes).where(inArray(mutes.accountId, ids))),
      accountsOf: {
        deal: rows(db.select({ accountId: deals.accountId }).from(deals).where(inArray(deals.id, ids))),
        person: rows(db.select({ accountId: people.accountId }).from(people).where(inArray(people.id, ids))),
      },
    };
  }
}

const placeOf = (nth: number): string => `id${nth}`;
