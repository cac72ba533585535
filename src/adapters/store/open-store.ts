import { fileURLToPath } from 'node:url';
import { StoreError } from '../../app/errors.ts';
import type { Store } from '../../app/ports.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';

export type OpenStoreOptions = {
  /**
   * Joins a store that a running bot holds, for commands beside it (dead letters, backups). The store must exist and be of this version. Without it
   * the store is this process's alone.
   */
  shared?: boolean;
};

/**
 * Opens the store that DATABASE_URL names: `file:./data/journey.db`, `file:///var/lib/journey.db`, a plain path, or `:memory:`. Creates its
 * folder and brings its tables up to date.
 * @throws StoreError when it cannot be had: in use, newer than the program, not there, not readable
 */
export async function openStore(url: string, { shared = false }: OpenStoreOptions = {}): Promise<Store> {
  return openSqlite(fileOf(url), { shared });
}

function fileOf(url: string): string {
  // SQLite would take an empty name for a file that goes with the process, and with it all that was answered 2xx.
  if (url === '' || url === 'file:') throw new StoreError('DATABASE_URL names no file. Use file:./data/journey.db or a path.');
  if (url.startsWith('file://')) return fileURLToPath(url);
  if (url.startsWith('file:')) return url.slice('file:'.length);
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1];
  if (scheme !== undefined)
    throw new StoreError(`DATABASE_URL begins with ${scheme}:, which this version cannot open. Use file:./data/journey.db or a path.`);
  return url;
}
