import { createRequire } from 'node:module';

/**
 * Drizzle, loaded as CommonJS on purpose: its ES modules import each other in circles, and linking them costs Node 26 about 130 MB of resident
 * memory and 300 ms at start; `require` of the same code costs 15 MB. So nothing else may import a value from drizzle-orm, only types.
 */
const require = createRequire(import.meta.url);

const drizzle = require('drizzle-orm') as typeof import('drizzle-orm');
export const { and, asc, Column, desc, eq, getTableColumns, gt, gte, inArray, is, isNotNull, isNull, lt, lte, or, Param, Placeholder, SQL, sql } =
  drizzle;

export const sqliteCore = require('drizzle-orm/sqlite-core') as typeof import('drizzle-orm/sqlite-core');
export const { drizzle: drizzleSqlite } = require('drizzle-orm/better-sqlite3') as typeof import('drizzle-orm/better-sqlite3');
export const { migrate: migrateSqlite } = require('drizzle-orm/better-sqlite3/migrator') as typeof import('drizzle-orm/better-sqlite3/migrator');
