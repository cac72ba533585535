import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCheckpoints } from '../../src/adapters/store/sqlite/checkpoints.ts';

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

describe('checkpoints', () => {
  it('are made from a second thread, while the first one only writes', async () => {
    const checkpoints = createCheckpoints(client, file, { rowsBetween: 50, longLog: 1_000_000, little: 10 });
    const before = statSync(file).size;
    for (let nth = 0; nth < 60; nth += 1) write(checkpoints);
    await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(before + 100_000), { timeout: 20_000 });
    await checkpoints.stop();
  });

  it('let the log begin anew once it is long', async () => {
    const checkpoints = createCheckpoints(client, file, { rowsBetween: 20, longLog: 40, little: 10 });
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
    const checkpoints = createCheckpoints(client, file, { rowsBetween: 20, longLog: 40, little: 10 });
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

  it('let go of those who write when they are stopped', async () => {
    const checkpoints = createCheckpoints(client, file, { rowsBetween: 20, longLog: 40, little: 10 });
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
    const checkpoints = createCheckpoints(client, join(folder, 'nowhere', 'journey.db'), { rowsBetween: 1, longLog: 1_000_000, little: 10 });
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
