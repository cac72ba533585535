import { sqliteCore } from '../drizzle.ts';

const { customType, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } = sqliteCore;

/** Documents are text in both databases: nothing ever looks into them with SQL. */
const document = customType<{ data: unknown; driverData: string | null }>({
  dataType: () => 'text',
  // A placeholder is encoded even where its value is null, which must stay NULL.
  toDriver: (value) => (value === null ? null : JSON.stringify(value)),
  fromDriver: (value) => JSON.parse(value as string) as unknown,
});

/** The column kit for SQLite: everything that `defineSchema` may use. */
export const sqliteColumns = {
  table: sqliteTable,
  index,
  uniqueIndex,
  primaryKey,
  /** Numbers rows in the order they came in. */
  sequence: () => integer().primaryKey(),
  /** Compared byte by byte: ids, and words to search by. */
  key: () => text(),
  text: () => text(),
  oneOf: <const Values extends readonly [string, ...string[]]>(values: Values) => text({ enum: values }),
  count: () => integer(),
  amount: () => real(),
  /** Epoch milliseconds. */
  time: () => integer(),
  flag: () => integer({ mode: 'boolean' }),
  json: <Value>() => document().$type<Value>(),
};

/** What both kits offer, in SQLite's types: the builders of the two databases differ in type only. */
export type ColumnKit = typeof sqliteColumns;
