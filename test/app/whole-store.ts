import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Store } from '../../src/app/ports.ts';

/** Everything in a store as one text: what is not in there is not kept. */
export async function everythingOf(store: Store): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'journey-whole-'));
  try {
    const copy = join(folder, 'copy.db');
    await store.backup(copy);
    return everythingIn(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every row of every table, a line each. */
export function everythingIn(file: string): string {
  const client = new Sqlite(file, { readonly: true });
  try {
    const tables = client.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[];
    return tables
      .flatMap((table) =>
        client
          .prepare(`select * from "${table}"`)
          .all()
          .map((row) => `${table} ${JSON.stringify(row)}`),
      )
      .join('\n');
  } finally {
    client.close();
  }
}

/** Both looks of every erasure that is due, and what follows in the outbox. */
export async function eraseAll(store: Store, now: number): Promise<void> {
  for (const at of [now, now + 3_600_000]) while ((await store.eraseSome(at)).more);
}
