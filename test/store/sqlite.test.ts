import { spawn } from 'node:child_process';
import fs, { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { ConflictError, StoreError } from '../../src/app/errors.ts';
import type { Store } from '../../src/app/ports.ts';
import type { Change } from '../../src/core/change.ts';
import { account, addDelivery, notice, put } from './builders.ts';
import { storeContract } from './store.contract.ts';

describe('a store on SQLite', () => {
  storeContract(() => openStore(':memory:'));
});

describe('a SQLite file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journey-store-'));
    file = join(folder, 'data', 'journey.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const body = (key: string) => ({ key, body: '{}' });

  it.each([
    ['a path', (path: string) => path],
    ['file:', (path: string) => `file:${path}`],
    ['file://', (path: string) => pathToFileURL(path).href],
  ])('is made with its folder and found again, named by %s', async (_name, urlOf) => {
    const first = await openStore(urlOf(file));
    await first.accept('hubspot', [body('a')], 1);
    await first.close();
    const second = await openStore(urlOf(file));
    expect(await second.inboxBacklog()).toMatchObject({ pending: 1 });
    await second.close();
  });

  it('has the settings it counts on', async () => {
    const { pragmas, store } = await withPragmas();
    expect(pragmas()).toEqual({ journal_mode: 'wal', synchronous: 1, foreign_keys: 1, busy_timeout: 5_000, secure_delete: 2 });
    await store.close();
  });

  it('answers only when the disk has it, but for what is to be durable later and for leases of nothing', async () => {
    const store = await openStore(file);
    await store.commit([addDelivery('d-1', '#a', notice('first'))]);
    await store.accept('hubspot', [body('first')], 1);
    const disk = diskThatWaits();
    const answered: string[] = [];
    const asked = async (name: string, writing: Promise<unknown>): Promise<void> => {
      await writing;
      answered.push(name);
    };
    const note: Change = { kind: 'meta.put', key: 'k', value: 'v' };
    const waiting = [
      asked(
        'accept',
        store.accept('hubspot', [body('a')], 1, () => answered.push('to be processed')),
      ),
      asked('commit', store.commit([note])),
      asked('lease', store.leaseDeliveries(10, 20, 1, [])),
    ];
    await asked('later', store.commit([note], 'later'));
    await asked('nothing leased', store.leaseDeliveries(10, 20, 1, []));
    await expect.poll(disk.turns).toBe(1);
    expect(await store.nextDeliveryAt()).toBe(20);
    expect(await store.inboxBacklog()).toMatchObject({ pending: 2 });
    expect(answered).toEqual(['to be processed', 'later', 'nothing leased']);
    disk.release();
    await Promise.all(waiting);
    expect(answered).toHaveLength(6);
    await store.close();
  });

  it('that fails refuses what was to be durable, and says that it is not well, until it is opened anew', async () => {
    const store = await openStore(file);
    await store.ping();
    const disk = diskThatWaits();
    const accepting = store.accept('hubspot', [body('a')], 1);
    await expect.poll(disk.turns).toBe(1);
    disk.fail(new Error('EIO'));
    await expect(accepting).rejects.toThrow(StoreError);
    await expect(store.ping()).rejects.toThrow('Look after the disk');
    await expect(store.accept('hubspot', [body('b')], 1)).rejects.toThrow(StoreError);
    await store.close();
    const again = await openStore(file);
    await again.ping();
    await again.close();
  });

  it.runIf(process.platform === 'linux')('that cannot have its folder is refused at once', async () => {
    await expect(openStore('file:/proc/nope/deep/x.db')).rejects.toThrow(
      /^The store \/proc\/nope\/deep\/x\.db cannot be opened: ENOENT.*mkdir '\/proc\/nope'.*Check DATABASE_URL/,
    );
  });

  it.each(['', 'file:'])('is none where DATABASE_URL is “%s”: SQLite would forget it with the process', async (url) => {
    await expect(openStore(url)).rejects.toThrow('DATABASE_URL names no file');
  });

  it('says which variable to look at when it cannot be opened', async () => {
    await (await openStore(file)).close();
    await expect(openStore(join(file, 'journey.db'))).rejects.toThrow(/cannot be opened: .*Check DATABASE_URL/);
  });

  it('belongs to one process: a second one is refused and told what to do', async () => {
    const store = await openStore(file);
    await expect(openStore(file)).rejects.toThrow(`The store ${file} is in use by another journey-bot process. Stop that one first`);
    const other = await run(`await openStore(${JSON.stringify(file)})`);
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining('is in use by another journey-bot process') });
    await store.close();
    await (await openStore(file)).close();
  });

  it('belongs to one process by whatever link it is named, before it is made and after', async () => {
    const link = join(folder, 'link.db');
    const others = join(folder, 'others');
    symlinkSync(join('data', 'journey.db'), link);
    symlinkSync(folder, others);
    const store = await openStore(link);
    await store.accept('hubspot', [body('a')], 1);
    for (const name of [file, link, join(others, 'data', 'journey.db'), join(others, 'link.db')])
      await expect(openStore(name)).rejects.toThrow(`The store ${name} is in use by another journey-bot process`);
    await store.close();
    const again = await openStore(join(others, 'link.db'));
    expect(await again.inboxBacklog()).toMatchObject({ pending: 1 });
    await expect(openStore(file)).rejects.toThrow('is in use');
    await again.close();
  });

  it('lets a command join a running bot, whose writes it sees and which sees its own', async () => {
    const bot = await openStore(file);
    await bot.accept('hubspot', [body('a')], 1);
    const [row] = await bot.pendingInbox('hubspot', 1, 1);
    await bot.commit([{ kind: 'inbox.dead', id: row?.id ?? 0, error: 'broken', at: 2 }]);
    const command = await openStore(file, { shared: true });
    expect(await command.deadLetters(5)).toHaveLength(1);
    expect(await command.replayDeadLetter(row?.id ?? 0, 3)).toBe(true);
    expect(await bot.pendingInbox('hubspot', 3, 5)).toHaveLength(1);
    await command.close();
    await bot.close();
  });

  it('is not made by a command that wants to join it', async () => {
    await expect(openStore(file, { shared: true })).rejects.toThrow(`There is no store at ${file}`);
    expect(existsSync(file)).toBe(false);
  });

  it('of a newer version is refused, and left alone', async () => {
    await (await openStore(file)).close();
    change(`insert into __drizzle_migrations (hash, created_at) values ('later', 99999999999999)`);
    await expect(openStore(file)).rejects.toThrow('was written by a newer journey-bot');
    await expect(openStore(file, { shared: true })).rejects.toThrow(StoreError);
    change(`delete from __drizzle_migrations where hash = 'later'`);
    await (await openStore(file)).close();
  });

  it('of an older version is not changed by a command that joins it', async () => {
    await (await openStore(file)).close();
    change('update __drizzle_migrations set created_at = 1');
    await expect(openStore(file, { shared: true })).rejects.toThrow('was written by an older journey-bot');
  });

  it('that is something else is refused', async () => {
    file = join(folder, 'notes.txt');
    writeFileSync(file, 'Not a database, whatever it says about itself.'.repeat(100));
    const refused = openStore(file);
    await expect(refused).rejects.toThrow(StoreError);
    await expect(refused).rejects.toThrow(`The store ${file} cannot be opened: file is not a database. Check DATABASE_URL`);
  });

  it('that is another program’s is refused in one sentence, and left as it is', async () => {
    file = join(folder, 'other.db');
    const other = new Sqlite(file);
    other.exec('create table deliveries (a)');
    other.close();
    await expect(openStore(file)).rejects.toThrow(/other\.db cannot be opened: table `deliveries` already exists\. Check DATABASE_URL[^\n]*$/);
  });

  it.each(['postgres://user:secret@host/db', ''])('is the only thing this version opens: %j is refused without repeating it', async (url) => {
    const refused = openStore(url);
    await expect(refused).rejects.toThrow(/DATABASE_URL/);
    await expect(refused).rejects.not.toThrow(/secret/);
  });

  it('is copied while it is being written', async () => {
    const store = await openStore(file);
    await store.accept(
      'hubspot',
      Array.from({ length: 2_000 }, (_, index) => ({ key: `k${index}`, body: 'x'.repeat(2_000) })),
      1,
    );
    const copy = join(folder, 'backups', 'copy.db');
    const copying = store.backup(copy);
    for (let index = 0; index < 20; index++) await store.accept('hubspot', [body(`late${index}`)], 2);
    await copying;
    await expect(store.backup(file)).rejects.toThrow('A backup cannot replace the store itself');
    await store.close();
    const restored = await openStore(copy);
    expect((await restored.inboxBacklog()).pending).toBeGreaterThanOrEqual(2_000);
    await restored.close();
    expect(readdirSync(join(folder, 'backups')).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('says what failed when it is closed, and settles first what was being accepted', async () => {
    const store = await openStore(file);
    const accepting = store.accept('hubspot', [body('a')], 1);
    await store.close();
    expect(await accepting).toEqual({ fresh: 1 });
    await expect(store.ping()).rejects.toThrow(StoreError);
    await expect(store.accept('hubspot', [body('b')], 1)).rejects.toThrow(StoreError);
    const conflict = store.commit([put(account('a-1'))]);
    await expect(conflict).rejects.not.toBeInstanceOf(ConflictError);
  });

  it('has everything that was said to be durable after kill -9 in the middle, and can be opened at once', async () => {
    const program = `
      const store = await openStore(${JSON.stringify(file)});
      for (let n = 0; ; n++) {
        await Promise.all([0, 1, 2].map((part) => store.accept('hubspot', [{ key: n + '.' + part, body: '{}' }], 1)));
        await store.commit([{ kind: 'meta.put', key: 'last', value: String(n) }, { kind: 'unknown.seen', source: 'hubspot', what: 'stage', value: 'x', journeyId: 'j' + n, at: n }]);
        process.stdout.write(n + '\\n');
      }`;
    const { signal, stdout } = await run(program, (output) => output.split('\n').length > 50);
    expect(signal).toBe('SIGKILL');
    const last = Number(stdout.trimEnd().split('\n').at(-1));
    const store = await openStore(file);
    const keys = new Set((await store.pendingInbox('hubspot', 1, 1_000_000)).map(({ key }) => key));
    for (let n = 0; n <= last; n++) for (const part of [0, 1, 2]) expect(keys).toContain(`${n}.${part}`);
    const stored = Number(await store.meta('last'));
    expect(stored).toBeGreaterThanOrEqual(last);
    expect(await store.unknownValues(1)).toMatchObject([{ count: stored + 1, lastSeenAt: stored }]);
    await store.close();
  });

  /** A disk that is not done before it is told to. */
  function diskThatWaits() {
    const gate = Promise.withResolvers<void>();
    const datasync = vi.spyOn(fs, 'fdatasync').mockImplementation((_descriptor, done) => void gate.promise.then(() => done(null), done));
    syncBuiltinESMExports();
    const end = (settle: () => void): void => {
      datasync.mockRestore();
      syncBuiltinESMExports();
      settle();
    };
    return {
      turns: () => datasync.mock.calls.length,
      release: () => end(gate.resolve),
      fail: (error: Error) => end(() => gate.reject(error)),
    };
  }

  /** The pragmas belong to the connection, which the store does not show. */
  async function withPragmas(): Promise<{ pragmas(): Record<string, unknown>; store: Store }> {
    const pragma = Sqlite.prototype.pragma;
    let connection: Sqlite.Database | undefined;
    Sqlite.prototype.pragma = function (this: Sqlite.Database, ...given) {
      connection ??= this;
      return pragma.apply(this, given);
    };
    try {
      const store = await openStore(file);
      const names = ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout', 'secure_delete'];
      return { pragmas: () => Object.fromEntries(names.map((name) => [name, connection?.pragma(name, { simple: true })])), store };
    } finally {
      Sqlite.prototype.pragma = pragma;
    }
  }

  function change(statement: string): void {
    const client = new Sqlite(file);
    client.exec(statement);
    client.close();
  }

  /** Runs a program of its own; kills it hard once its output is enough. */
  function run(
    program: string,
    isEnough: (output: string) => boolean = () => false,
  ): Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }> {
    const openStoreUrl = new URL('../../src/adapters/store/open-store.ts', import.meta.url).href;
    const child = spawn(process.execPath, [
      '--input-type=module',
      '--eval',
      `const { openStore } = await import(${JSON.stringify(openStoreUrl)}); ${program}`,
    ]);
    let stdout = '';
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (isEnough(stdout)) child.kill('SIGKILL');
    });
    return new Promise((resolve) =>
      child.on('close', (code, signal) => resolve({ code, signal, stdout: stdout.slice(0, stdout.lastIndexOf('\n') + 1), stderr })),
    );
  }
});
