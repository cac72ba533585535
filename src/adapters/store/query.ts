import type { Placeholder } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { sql } from './drizzle.ts';
import type { Tables } from './schema.ts';

/**
 * The small interface between what is asked (queries/, written once) and who answers (one engine a database). Queries are drizzle builders in
 * SQLite's types; PostgreSQL's have the same methods. An intention is a generator that asks query after query and never learns whether the answers
 * come at once (better-sqlite3 refuses promises in a transaction) or later (PostgreSQL has nothing else).
 */
export type Query<Result> = { run(values: Values): Result | Promise<Result> };
export type Values = Record<string, unknown>;
export type Steps<Result> = Generator<{ query: Query<unknown>; values: Values }, Result, unknown>;

/** What an engine offers for the queries to be built of. */
export type Dialect = {
  db: Database;
  tables: Tables;
  /** A query that answers with rows. */
  rows<Row>(builder: RowsBuilder<Row>): Query<Row[]>;
  /** A query that writes, and answers with how many rows it touched. */
  write(builder: WriteBuilder): Query<number>;
};
export type Database = Pick<BetterSQLite3Database, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete'>;
export type RowsBuilder<Row> = { prepare(): { all(values?: Values): Row[] } };
export type WriteBuilder = { prepare(): { run(values?: Values): { changes: number } } };

/** Runs whole intentions. */
export type Engine = {
  dialect: Dialect;
  read<Result>(steps: Steps<Result>): Promise<Result>;
  /** In one transaction. @throws StoreError, ConflictError */
  write<Result>(steps: Steps<Result>): Promise<Result>;
  /** Resolves when all that was written until now outlives a power failure. @throws StoreError */
  durable(): Promise<void>;
  /** What was written over is in no log any more, either. False: somebody reads in it now; to be tried again. */
  emptyLog(): Promise<boolean>;
  /** A consistent copy. */
  backup(file: string): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
};

export function* ask<Result>(query: Query<Result>, values: Values = {}): Steps<Result> {
  return (yield { query, values }) as Result;
}

export function* askOne<Row>(query: Query<Row[]>, values: Values = {}): Steps<Row | null> {
  return ((yield { query, values }) as Row[])[0] ?? null;
}

/** Stands for a value that is given when a prepared query runs. */
export const slot = (name: string): Placeholder => sql.placeholder(name);

/** A slot of its own name for each of these columns, typed as what will fill it. */
export const slots = <Table extends SQLiteTable, Key extends keyof Table['$inferInsert'] & string>(
  _table: Table,
  names: readonly Key[],
): Required<Pick<Table['$inferInsert'], Key>> =>
  Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as Required<Pick<Table['$inferInsert'], Key>>;
