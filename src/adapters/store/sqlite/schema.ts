import { defineSchema } from '../schema.ts';
import { sqliteColumns } from './columns.ts';

/** The tables in SQLite. drizzle-kit looks at the exports of this file, one a table, to write drizzle/sqlite. */
export const {
  inbox,
  signals,
  accounts,
  deals,
  people,
  dealPeople,
  aliases,
  terms,
  journeys,
  alerts,
  audit,
  cards,
  deliveries,
  mutes,
  digestsSent,
  subscriptions,
  feeds,
  unknowns,
  unknownRecords,
  said,
  erasures,
  pictures,
  meta,
} = defineSchema(sqliteColumns);
