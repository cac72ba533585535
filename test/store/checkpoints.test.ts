import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCheckpoints } from '../../src/adapters/store/sqlite/checkpoints.ts';
import type { Disk } from '../../src/adapters/store/sqlite/disk.ts';

let folder: string;
let file: string;
let client: Sqlite.Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checkpoints-'));
  file = join(folder, 'journey.db');
  client = new Sqlite(file);
  client.pragma('journal_mode = WAL');
  client.exec('create table bodies (id integer primary key, body text)');
  client.pragma('wal_checkpoint(TRUNCATE)');
});

afterEach(() => {
  client.close();
  rmSync(folder, { recursive: true, force: true });
});

const quickDisk: Disk = { wrote: () => {}, holds: async () => {}, close: async () => {} };

describe('checkpoints', () => {
  it('are made from a second thread, while the first one only writes', async () => {
    const checkpoints = createCheckpoints(client, file, quickDisk, { rowsBetween: 50, longLog: 1_000_000, little: 10 });
    const before = statSync(file).size;
    for (let nth = 0; nth < 60; nth += 1) write(checkpoints);
    await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(before + 100_000), { timeout: 20_000 });
    await checkpoints.stop();
  });

  it('let the log begin anew once it is long', async () => {
    const checkpoints = createCheckpoints(client, file, quickDisk, { rowsBetween: 20, longLog: 40, little: 10 });
    let written = 0;
    await vi.waitFor(
      () => {
        for (let nth = 0; nth < 20; nth += 1) write(checkpoints);
        written += 20;
        // Each row is a page and more: a log that was never begun anew would hold all of them.
        expect(written * 4_096).toBeGreaterThan(4 * statSync(`${file}-wal`).size);
      },
      { timeout: 20_000, interval: 20 },
    );
    await checkpoints.stop();
  });

  it('hold those who write while the end of a long log is copied, and the log begins anew although somebody writes all the time', async () => {
    const checkpoints = createCheckpoints(client, file, quickDisk, { rowsBetween: 20, longLog: 40, little: 10 });
    let written = 0;
    await vi.waitFor(
      async () => {
        await checkpoints.held();
        write(checkpoints);
        written += 1;
        // Each row is a page and more: a log that was never begun anew would hold all of them.
        expect(written * 4_096).toBeGreaterThan(2 * statSync(`${file}-wal`).size);
      },
      { timeout: 40_000, interval: 1 },
    );
    await checkpoints.stop();
  });

  it('hold nobody before the disk has what was copied of a long log', async () => {
    const turns: PromiseWithResolvers<void>[] = [];
    const slowDisk: Disk = {
      ...quickDisk,
      holds: () => {
        const turn = Promise.withResolvers<void>();
        turns.push(turn);
        return turn.promise;
      },
    };
    const checkpoints = createCheckpoints(client, file, slowDisk, { rowsBetween: 20, longLog: 40, little: 10 });
    write(checkpoints);
    // Somebody who reads keeps the log from beginning anew by itself.
    const reader = new Sqlite(file);
    reader.exec('begin; select * from bodies');
    for (let nth = 0; nth < 60; nth += 1) write(checkpoints);
    await vi.waitFor(() => expect(turns).toHaveLength(1), { timeout: 20_000 });
    // Meanwhile whoever writes goes on writing.
    expect(checkpoints.held()).toBeNull();
    write(checkpoints);
    turns[0]?.resolve();
    // It lasts for a moment: each turn of the event loop is looked at.
    while (checkpoints.held() === null) await nextTurn();
    await checkpoints.held();
    expect(turns).toHaveLength(1);
    reader.close();
    await checkpoints.stop();
  });

  it('ask for nothing more once they are stopped while the disk is waited for', async () => {
    const turn = Promise.withResolvers<void>();
    let asked = false;
    const slowDisk: Disk = {
      ...quickDisk,
      holds: () => {
        asked = true;
        return turn.promise;
      },
    };
    const checkpoints = createCheckpoints(client, file, slowDisk, { rowsBetween: 20, longLog: 40, little: 10 });
    for (let nth = 0; nth < 60; nth += 1) write(checkpoints);
    await vi.waitFor(() => expect(asked).toBe(true), { timeout: 20_000 });
    await checkpoints.stop();
    turn.resolve();
    await turn.promise;
    expect(checkpoints.held()).toBeNull();
    expect(client.pragma('wal_autocheckpoint', { simple: true })).toBe(0);
  });

  it('are made by SQLite itself where the disk fails', async () => {
    const brokenDisk: Disk = { ...quickDisk, holds: () => Promise.reject(new Error('I/O error')) };
    const checkpoints = createCheckpoints(client, file, brokenDisk, { rowsBetween: 20, longLog: 40, little: 10 });
    for (let nth = 0; nth < 60; nth += 1) write(checkpoints);
    await vi.waitFor(() => expect(client.pragma('wal_autocheckpoint', { simple: true })).toBe(1_000), { timeout: 20_000 });
    expect(checkpoints.held()).toBeNull();
    await checkpoints.stop();
  });

  it('let go of those who write when they are stopped', async () => {
    const checkpoints = createCheckpoints(client, file, quickDisk, { rowsBetween: 20, longLog: 40, little: 10 });
    await vi.waitFor(
      () => {
        write(checkpoints);
        expect(checkpoints.held()).not.toBeNull();
      },
      { timeout: 40_000, interval: 1 },
    );
    const held = checkpoints.held();
    await checkpoints.stop();
    await held;
    expect(checkpoints.held()).toBeNull();
  });

  it('are made by SQLite itself where the thread cannot', async () => {
    const checkpoints = createCheckpoints(client, join(folder, 'nowhere', 'journey.db'), quickDisk, {
      rowsBetween: 1,
      longLog: 1_000_000,
      little: 10,
    });
    expect(client.pragma('wal_autocheckpoint', { simple: true })).toBe(0);
    write(checkpoints);
    await vi.waitFor(() => expect(client.pragma('wal_autocheckpoint', { simple: true })).toBe(1_000), { timeout: 20_000 });
    write(checkpoints);
    await checkpoints.stop();
  });
});

function write(checkpoints: ReturnType<typeof createCheckpoints>): void {
  client.prepare('insert into bodies (body) values (?)').run('x'.repeat(4_000));
  checkpoints.wrote(1);
}
