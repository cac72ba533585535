import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import * as tables from '../../src/adapters/store/postgres/schema.ts';
import type { Database, Engine, Query, Steps, Values } from '../../src/adapters/store/query.ts';
import { ConflictError, StoreError } from '../../src/app/errors.ts';

const require = createRequire(import.meta.url);
const { getTableName } = require('drizzle-orm') as typeof import('drizzle-orm');
const { drizzle } = require('drizzle-orm/pglite') as typeof import('drizzle-orm/pglite');
const { migrate } = require('drizzle-orm/pglite/migrator') as typeof import('drizzle-orm/pglite/migrator');
const migrationsFolder = join(import.meta.dirname, '../../drizzle/postgres');

type Prepared = { execute(values: Values): Promise<unknown> };

/** PostgreSQL inside this process: one connection, so intentions take turns. It shows that schema and queries hold in the second dialect. */
export async function openPglite(): Promise<Engine & { empty(): Promise<void> }> {
  const client = new PGlite();
  const db = drizzle(client, { casing: 'snake_case' });
  await migrate(db, { migrationsFolder });
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <Result>(run: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(run);
    last = mine.catch(() => undefined);
    return mine;
  };
  let prepared = 0;
  const query = <Result>(builder: unknown, resultOf: (answer: unknown) => Result): Query<Result> => {
    const statement = (builder as { prepare(name: string): Prepared }).prepare(`q${prepared++}`);
    return { run: async (values) => resultOf(await statement.execute(values)) };
  };
  return {
    dialect: {
      db: db as unknown as Database,
      tables,
      rows: (builder) => query(builder, (rows) => rows as never),
      write: (builder) => query(builder, (answer) => (answer as { affectedRows?: number }).affectedRows ?? 0),
    },
    read: (steps) => inTurn(() => runAll(steps)),
    write: (steps) =>
      inTurn(async () => {
        await client.exec('BEGIN');
        try {
          const result = await runAll(steps);
          await client.exec('COMMIT');
          return result;
        } catch (error) {
          await client.exec('ROLLBACK');
          throw asStoreError(error);
        }
      }),
    // It commits like that by itself.
    durable: async () => {},
    emptyLog: async () => true,
    backup: async () => {
      throw new StoreError('PostgreSQL is backed up with its own tools.');
    },
    ping: () => inTurn(async () => void (await client.query('select 1'))),
    close: () => client.close(),
    empty: () =>
      inTurn(async () => {
        const names = Object.values(tables).map((table) => `"${getTableName(table)}"`);
        await client.exec(`TRUNCATE ${names.join(', ')} RESTART IDENTITY`);
      }),
  };
}

async function runAll<Result>(steps: Steps<Result>): Promise<Result> {
  let step = steps.next();
  while (step.done !== true) step = steps.next(await step.value.query.run(step.value.values));
  return step.value;
}

const uniqueViolation = '23505';

function asStoreError(error: unknown): unknown {
  if (error instanceof StoreError) return error;
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if ((cause as { code?: string }).code === uniqueViolation) return new ConflictError('Somebody else has written first', { cause });
  return new StoreError(`The store failed: ${String(cause)}`, { cause });
}
