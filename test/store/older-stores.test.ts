import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { drizzleSqlite, migrateSqlite } from '../../src/adapters/store/drizzle.ts';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { urlTerm } from '../../src/core/journey/search-terms.ts';
import { account, deal, named, person } from './builders.ts';

const migrations = path.resolve(import.meta.dirname, '../../drizzle/sqlite');

it('finds what an older version has stored by its address, and by its owner', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'journey-older-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'journey.db');
  const url = (of: string) => ({ url: { value: ` https://crm.example/${of}?q="x" `, at: 1 } });
  const older = olderStore(file, folder, 4);
  older
    .prepare('insert into accounts values (?, ?, null, null, ?, 1)')
    .run('a-1', 'Acme', JSON.stringify(account('a-1', { ...named('Acme'), ...url('a-1') })));
  older.prepare('insert into deals values (?, ?, ?, null, null, ?, 1)').run('d-1', 'Rollout', 'a-1', JSON.stringify(deal('d-1', 'a-1', url('d-1'))));
  older.prepare('insert into deals values (?, ?, ?, null, 9, ?, 1)').run('d-2', 'Erased', 'a-1', JSON.stringify(deal('d-2', 'a-1', url('d-2'))));
  older.prepare('insert into people values (?, ?, ?, null, null, ?, 1)').run('p-1', 'Ann', 'a-1', JSON.stringify(person('p-1', 'a-1')));
  older.close();

  const store = await openStore(`file:${file}`);
  onTestFinished(() => store.close());
  const found = async (kind: 'account' | 'deal' | 'person', of: string) =>
    (await store.findByTerm(kind, urlTerm(url(of).url.value) ?? '', 5)).map(({ id }) => id);
  expect([await found('account', 'a-1'), await found('deal', 'd-1'), await found('deal', 'd-2'), await found('person', 'p-1')]).toEqual([
    ['a-1'],
    ['d-1'],
    [],
    [],
  ]);
});

it('keeps what waits in an older inbox, and goes on telling repeats apart', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'journey-older-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'journey.db');
  const older = olderStore(file, folder, 7);
  const insert = older.prepare("insert into inbox (source, key, body, received_at, due_at) values ('hubspot', ?, '{}', 1, 1)");
  for (const key of ['e-1', 'e-2']) insert.run(key);
  older.close();

  const store = await openStore(`file:${file}`);
  onTestFinished(() => store.close());
  const accept = (key: string) => store.accept('hubspot', [{ key, body: '{}' }], 2);
  expect([await accept('e-3'), await accept('e-3')]).toEqual([{ fresh: 1 }, { fresh: 0 }]);
  expect((await store.pendingInbox('hubspot', 2, 10)).map(({ key }) => key)).toEqual(['e-1', 'e-2', 'e-3']);
});

/** As the first migrations have made it. */
function olderStore(file: string, folder: string, versions: number): Sqlite.Database {
  const some = path.join(folder, 'drizzle');
  cpSync(migrations, some, { recursive: true });
  const journal = path.join(some, 'meta/_journal.json');
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: unknown[] };
  writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, versions) }));
  const database = new Sqlite(file);
  migrateSqlite(drizzleSqlite(database), { migrationsFolder: some });
  return database;
}
