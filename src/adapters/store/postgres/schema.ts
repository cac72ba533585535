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
  stageMoves,
  alerts,
  audit,
  cards,
  deliveries,
  mutes,
  digestsSent,
  feeds,
  unknownValues,
  meta,
} = defineSchema(postgresColumns);
