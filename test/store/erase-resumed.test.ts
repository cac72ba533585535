import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { dayMs } from '../../src/core/time.ts';
import { eraseAll, everythingIn } from '../app/whole-store.ts';
import { addDelivery, content, named, person, put, putAlert, putCard } from './builders.ts';

describe('an erasure', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journey-erase-'));
    file = join(folder, 'journey.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('goes on where it was, wherever the process ended, and asks for every edit once', async () => {
    const edits = new Set<string>();
    for (let slices = 0; slices <= 12; slices += 2) {
      rmSync(file, { force: true });
      const first = await openStore(file);
      const nextStep = { title: 'Call Ann Lee', due: null };
      await first.commit([
        put(person('p-1', null, named('Ann Lee'))),
        putAlert('x', { finding: { headline: 'Ann Lee went quiet', people: ['p-1'] } }),
        putCard('deal:d-1', '#deals', { content: content({ nextStep }), posted: { channelId: 'C1', ts: '1', at: 1, fingerprint: 'f' } }),
        addDelivery('1', '#deals', { kind: 'notice', severity: 'info', title: 'Ann Lee', lines: ['of Ann Lee'] }),
        { kind: 'audit.add', entry: { id: '1', at: 1, journeyId: 'deal:d-1', alertId: 'x', who: 'U1', what: 'resolved', why: 'Ann Lee called' } },
      ]);
      await first.commit([
        put(person('p-1', null, { erasedAt: 9 }), { revision: 1, terms: [] }),
        { kind: 'record.erase', record: 'person', id: 'p-1' },
      ]);
      for (let slice = 0; slice < slices; slice++) await first.eraseSome(10);
      await first.close();
      const second = await openStore(file);
      await eraseAll(second, 10);
      const { counts = {} } = (await second.erasureOf({ kind: 'person', id: 'p-1' })) ?? {};
      expect(counts).toEqual({ alerts: 1, cards: 1, messages: 1, 'audit entries': 1 });
      await second.close();
      const kept = everythingIn(file);
      expect(kept).not.toContain('Ann Lee');
      edits.add(String(kept.match(/"kind\W+card/g)?.length));
    }
    expect(edits.size).toBe(1);
  });

  it('leaves the name in none of the files of a store that goes on, once nobody reads in its log', async () => {
    const inFiles = (): string => ['', '-wal'].map((end) => readFileSync(file + end, 'latin1')).join();
    const store = await openStore(file);
    await store.commit([put(person('p-1', null, named('Ann Lee')))]);
    expect(inFiles()).toContain('Ann Lee');
    const reader = new Sqlite(file, { readonly: true });
    reader.exec('begin');
    reader.prepare('select count(*) from people').get();
    await store.commit([
      put(person('p-1', null, { erasedAt: 9 }), { revision: 1, terms: [] }),
      { kind: 'record.erase', record: 'person', id: 'p-1' },
    ]);
    await eraseAll(store, 10);
    expect(inFiles()).toContain('Ann Lee');
    reader.close();
    await store.eraseSome(10 + dayMs);
    expect(inFiles()).not.toContain('Ann Lee');
    await store.close();
  });

  it('holds nobody up: a slice is a few milliseconds, however much there is', { timeout: 60_000 }, async () => {
    const store = await openStore(file);
    const of = (name: string, rows: number) =>
      Array.from({ length: rows }, (_, index) =>
        putCard(`deal:${name}-${index}`, '#deals', { content: content({ journeyId: `deal:${name}-${index}`, mapLabel: 'x'.repeat(1_500) }) }),
      );
    await store.commit([put(person('p-1', null, named('Ann Lee'))), ...of('small', 500)]);
    const slicesFor = async (id: string): Promise<number> => {
      await store.commit([{ kind: 'record.erase', record: 'person', id }]);
      let slices = 0;
      while ((await store.eraseSome(10)).more) slices += 1;
      return slices;
    };
    const few = await slicesFor('p-1');
    await store.commit(of('large', 5_000));
    const many = await slicesFor('p-2');
    // What grows is the number of slices, not what each of them does.
    expect(many - few).toBeGreaterThanOrEqual(5_000 / 250 - 1);
    await store.close();
  });
});
