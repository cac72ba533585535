import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { StoreError } from '../../../app/errors.ts';
import { migrateSqlite } from '../drizzle.ts';

const migrationsFolder = join(import.meta.dirname, '../../../../drizzle/sqlite');

/**
 * Brings the store's tables up to this program's. `mayMigrate: false` only checks.
 * @throws StoreError when the store is newer than the program, or older and may not be changed
 */
export function migrate(client: Sqlite.Database, db: BetterSQLite3Database, file: string, mayMigrate: boolean): void {
  const stored = storedVersion(client);
  const known = programVersion();
  if (stored > known)
    throw new StoreError(`The store ${file} was written by a newer journey-bot. Update this one, or restore a backup made with this version.`);
  if (stored === known) return;
  if (!mayMigrate)
    throw new StoreError(
      `The store ${file} was written by an older journey-bot. Start the bot of this version once: it brings the store up to date.`,
    );
  migrateSqlite(db, { migrationsFolder });
}

/** When the newest migration that was applied was made; 0: none. */
function storedVersion(client: Sqlite.Database): number {
  const table = client.prepare("select 1 from sqlite_master where type = 'table' and name = '__drizzle_migrations'").get();
  if (table === undefined) return 0;
  return Number(client.prepare('select max(created_at) from __drizzle_migrations').pluck().get() ?? 0);
}

function programVersion(): number {
  const journal = JSON.parse(readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8')) as { entries: { when: number }[] };
  return Math.max(0, ...journal.entries.map(({ when }) => when));
}
