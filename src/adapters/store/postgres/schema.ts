import { defineSchema } from '../schema.ts';
import { postgresColumns } from './columns.ts';

/** The tables in PostgreSQL. drizzle-kit looks at the exports of this file, one a table, to write drizzle/postgres. */
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
} = defineSchema(postgresColumns);
