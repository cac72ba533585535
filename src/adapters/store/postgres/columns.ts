import { createRequire } from 'node:module';
import type { ColumnKit } from '../sqlite/columns.ts';

// As CommonJS for the reason that drizzle.ts gives, and apart from it: a store on SQLite has no use for it.
const { bigint, boolean, customType, doublePrecision, index, integer, pgTable, primaryKey, uniqueIndex } = createRequire(import.meta.url)(
  'drizzle-orm/pg-core',
) as typeof import('drizzle-orm/pg-core');

/** Documents are text in both databases: nothing ever looks into them with SQL, and `jsonb` would refuse a NUL in a CRM's text. */
const document = customType<{ data: unknown; driverData: string | null }>({
  dataType: () => 'text',
  toDriver: (value) => (value === null ? null : JSON.stringify(value)),
  fromDriver: (value) => JSON.parse(value as string) as unknown,
});

/** PostgreSQL's text cannot hold a NUL, and a CRM's can. */
const withoutNul = (value: string | null): string | null => value?.replaceAll('\0', '') ?? null;
const text = customType<{ data: string; driverData: string | null }>({ dataType: () => 'text', toDriver: withoutNul });

/** Whatever the database's language, keys are compared byte by byte, as SQLite does: a search by prefix is a range of keys. */
const key = customType<{ data: string; driverData: string | null }>({ dataType: () => 'text collate "C"', toDriver: withoutNul });

const time = () => bigint({ mode: 'number' });

/** The column kit for PostgreSQL. */
export const postgresColumns = {
  table: pgTable,
  index,
  uniqueIndex,
  primaryKey,
  sequence: () => bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  key: () => key(),
  text: () => text(),
  oneOf: () => text(),
  count: () => integer(),
  amount: () => doublePrecision(),
  time,
  flag: () => boolean(),
  json: () => document(),
} as unknown as ColumnKit;
