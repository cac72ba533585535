import { existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { ConflictError, StoreError } from '../../../app/errors.ts';
import type { Store } from '../../../app/ports.ts';
import { createStore } from '../create-store.ts';
import { drizzleSqlite } from '../drizzle.ts';
import type { Engine, Steps } from '../query.ts';
import { createCheckpoints } from './checkpoints.ts';
import { createDisk, type Disk } from './disk.ts';
import { migrate } from './migrations.ts';
import { preparedRows, preparedWrite } from './prepared.ts';
import { takeProcessLock } from './process-lock.ts';
import * as tables from './schema.ts';

const inMemory = ':memory:';
const noDisk: Disk = { wrote: () => {}, holds: async () => {}, close: async () => {} };

/**
 * A store in one SQLite file, which one process has for itself. `shared` joins a store that a running bot may hold: it must exist, is not migrated,
 * and its writes wait for the bot's.
 * @throws StoreError
 */
export function openSqlite(given: string, { shared }: { shared: boolean }): Store {
  if (shared && !existsSync(given)) throw new StoreError(`There is no store at ${given}. Check DATABASE_URL, or start the bot once.`);
  let lock: ReturnType<typeof takeProcessLock> | null = null;
  try {
    const file = given === inMemory ? given : withoutLinks(given);
    if (!shared && file !== inMemory) lock = takeProcessLock(file, given);
    return createStore(createEngine(file, shared, () => lock?.release()));
  } catch (error) {
    lock?.release();
    if (error instanceof StoreError) throw error;
    const why = whyOf(error);
    throw new StoreError(`The store ${given} cannot be opened: ${why}. Check DATABASE_URL, and who may write to its folder.`, { cause: error });
  }
}

/** What is wrong by itself: the migrator puts all the SQL that failed before it. A transaction that SQLite has given up (no room, a broken disk) hides why. */
function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return whyOf(error.cause);
  return /no transaction is active/.test(error.message) ? 'the disk is full, or does not take what is written' : error.message;
}

/**
 * As SQLite sees it, in a folder that is there from now on: the log lies beside the file itself, and whoever comes by a link must meet the same lock. The file
 * need not be there yet.
 */
function withoutLinks(named: string): string {
  const folder = dirname(resolve(named));
  makeFolder(folder);
  const file = join(realpathSync(folder), basename(named));
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink ? withoutLinks(resolve(dirname(file), readlinkSync(file))) : file;
}

/** Folder by folder: `recursive` never comes back where a folder cannot be made although its parent is there, as under /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process that starts at the same time was faster.
    if (!existsSync(folder)) throw error;
  }
}

/** How long another connection is waited for, with the event loop. */
const busyMs = { usual: 5_000, toEmptyLog: 200 };

function createEngine(file: string, shared: boolean, onClose: () => void): Engine {
  const client = new Sqlite(file, { timeout: busyMs.usual });
  try {
    client.pragma('journal_mode = WAL');
    // A commit does not wait for the disk; whoever must, waits for it below, beside the event loop.
    client.pragma('synchronous = NORMAL');
    client.pragma('foreign_keys = ON');
    client.pragma('wal_autocheckpoint = 1000');
    client.pragma('cache_size = -20480');
    client.pragma('temp_store = MEMORY');
    // What is deleted is written over wherever its page is written anyway: an erased person must not stay readable in the file's unused parts.
    client.pragma('secure_delete = FAST');
    const db = drizzleSqlite(client, { casing: 'snake_case' });
    migrate(client, db, file, !shared);
    const guarded = <Result>(run: () => Result): Result => {
      if (!client.open) throw new StoreError('The store is closed.');
      try {
        return run();
      } catch (error) {
        throw asStoreError(error);
      }
    };
    const inTransaction = client.transaction((steps: Steps<unknown>) => runAll(steps));
    const changesSoFar = client.prepare('select total_changes()').pluck();
    const disk = file === inMemory ? noDisk : createDisk(`${file}-wal`);
    const fileDisk = file === inMemory ? noDisk : createDisk(file);
    const checkpoints = shared || file === inMemory ? null : createCheckpoints(client, file, fileDisk);
    let changes = 0;
    const noteChanges = (): void => {
      const total = changesSoFar.get() as number;
      if (total > changes) disk.wrote();
      checkpoints?.wrote(total - changes);
      changes = total;
    };
    return {
      dialect: {
        db,
        tables,
        rows: (builder) => ({ run: preparedRows(builder) }),
        write: (builder) => ({ run: preparedWrite(builder) }),
      },
      // Reads, too: locking and unlocking the file for every query would cost three times the query.
      read: async <Result>(steps: Steps<Result>) => guarded(() => inTransaction.deferred(steps) as Result),
      // Immediately: a transaction that only later finds somebody else writing cannot wait, it can only fail.
      write: async <Result>(steps: Steps<Result>) => {
        for (let held = checkpoints?.held(); held; held = checkpoints?.held()) await held;
        return guarded(() => {
          const result = inTransaction.immediate(steps) as Result;
          noteChanges();
          return result;
        });
      },
      durable: disk.holds,
      emptyLog: async () =>
        guarded(() => {
          client.pragma(`busy_timeout = ${busyMs.toEmptyLog}`);
          try {
            const [{ busy }] = client.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
            return busy === 0;
          } finally {
            client.pragma(`busy_timeout = ${busyMs.usual}`);
          }
        }),
      backup: (to) => backup(client, file, to),
      async ping() {
        guarded(() => client.prepare('select 1').get());
        await disk.holds();
      },
      async close() {
        await checkpoints?.stop();
        await disk.close();
        client.close();
        // Not before: to close a file once more takes away the locks that SQLite has on it (https://sqlite.org/howtocorrupt.html, 2.2).
        await fileDisk.close();
        onClose();
      },
    };
  } catch (error) {
    client.close();
    throw error;
  }
}

/** better-sqlite3 answers at once, so all steps run in one go. */
function runAll<Result>(steps: Steps<Result>): Result {
  let step = steps.next();
  while (step.done !== true) step = steps.next(step.value.query.run(step.value.values));
  return step.value;
}

function asStoreError(error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error;
  return error.code === 'SQLITE_CONSTRAINT_UNIQUE' || error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
    ? new ConflictError(`Somebody else has written first: ${error.message}`, { cause: error })
    : new StoreError(`The store failed: ${error.message} (${error.code})`, { cause: error });
}

/** Copies into a file of another name first, so that a backup that broke off is never taken for one. */
async function backup(client: Sqlite.Database, file: string, to: string): Promise<void> {
  if (resolve(to) === resolve(file)) throw new StoreError('A backup cannot replace the store itself. Name another file.');
  mkdirSync(dirname(to), { recursive: true });
  const partial = `${to}.partial`;
  rmSync(partial, { force: true });
  try {
    await client.backup(partial);
  } catch (error) {
    throw asStoreError(error);
  }
  renameSync(partial, to);
}
