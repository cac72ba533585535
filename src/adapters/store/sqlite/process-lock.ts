import Sqlite from 'better-sqlite3';
import { StoreError } from '../../../app/errors.ts';

/**
 * Holds `<file>.lock` for this process alone, or refuses. It is an open exclusive transaction of an empty SQLite database: the operating system
 * gives the lock back when the process ends, however it ends, which a file with a process id in it would not.
 * `called`: what the file is called by whoever is refused.
 * @throws StoreError when another process holds it
 */
export function takeProcessLock(file: string, called: string): { release(): void } {
  const lock = new Sqlite(`${file}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!(error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY'))) throw error;
    throw new StoreError(
      `The store ${called} is in use by another journey-bot process. Stop that one first, or give this one a store of its own (DATABASE_URL). ` +
        'Dead letters and backups can be handled while the bot runs.',
      { cause: error },
    );
  }
  return { release: () => lock.close() };
}
