import type { AccountRecord, DealRecord, PersonRecord } from '../../../core/journey/record.ts';
import { recordKinds } from '../../../core/journey/signal.ts';
import type { ColumnKit } from '../sqlite/columns.ts';

/** What the CRM knows: accounts, deals and people as they are now, and how to find them. */
export const recordTables = ({ table, index, primaryKey, key, text, oneOf, count, time, json }: ColumnKit) => ({
  accounts: table('accounts', {
    id: key().primaryKey(),
    name: text().notNull(),
    /** Deleted or erased: not to be found any more. */
    goneAt: time(),
    erasedAt: time(),
    state: json<AccountRecord>().notNull(),
    revision: count().notNull(),
  }),
  deals: table(
    'deals',
    {
      id: key().primaryKey(),
      name: text().notNull(),
      /** By the id it goes by now. */
      accountId: key(),
      goneAt: time(),
      erasedAt: time(),
      state: json<DealRecord>().notNull(),
      revision: count().notNull(),
    },
    (deals) => [index('deals_account').on(deals.accountId)],
  ),
  people: table(
    'people',
    {
      id: key().primaryKey(),
      name: text().notNull(),
      accountId: key(),
      goneAt: time(),
      erasedAt: time(),
      state: json<PersonRecord>().notNull(),
      revision: count().notNull(),
    },
    (people) => [index('people_account').on(people.accountId)],
  ),
  /** Which deals a person says to belong to, by the ids they go by now: a deal without an account finds its people here. */
  dealPeople: table('deal_people', { dealId: key().notNull(), personId: key().notNull() }, (links) => [
    primaryKey({ columns: [links.dealId, links.personId] }),
    index('deal_people_person').on(links.personId, links.dealId),
  ]),
  /** Ids of merged records. Never a chain: `into` is not itself merged away. */
  aliases: table('aliases', { kind: oneOf(recordKinds).notNull(), from: key().notNull(), into: key().notNull() }, (aliases) => [
    primaryKey({ columns: [aliases.kind, aliases.from] }),
    index('aliases_into').on(aliases.kind, aliases.into),
  ]),
  terms: table('terms', { kind: oneOf(recordKinds).notNull(), term: key().notNull(), id: key().notNull() }, (terms) => [
    primaryKey({ columns: [terms.kind, terms.term, terms.id] }),
    index('terms_id').on(terms.kind, terms.id),
  ]),
});
