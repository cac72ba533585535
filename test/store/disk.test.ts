import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDisk } from '../../src/adapters/store/sqlite/disk.ts';
import { StoreError } from '../../src/app/errors.ts';

describe('the disk under a store', () => {
  let folder: string;
  let log: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'journey-disk-'));
    log = join(folder, 'journey.db-wal');
    await writeFile(log, 'what was committed');
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** One whose turns end when told to. */
  function slowDisk() {
    const turns: PromiseWithResolvers<void>[] = [];
    const disk = createDisk(log, () => {
      const turn = Promise.withResolvers<void>();
      turns.push(turn);
      return turn.promise;
    });
    const held: string[] = [];
    const hold = (name: string): Promise<void> => disk.holds().then(() => void held.push(name));
    return { disk, turns, held, hold };
  }

  it('shares its next turn among all who come while it is busy, and never counts the one that had begun before', async () => {
    const { disk, turns, held, hold } = slowDisk();
    disk.wrote();
    const first = hold('first');
    await expect.poll(() => turns.length).toBe(1);
    disk.wrote();
    const others = [hold('second'), hold('third')];
    turns[0]?.resolve();
    await first;
    await expect.poll(() => turns.length).toBe(2);
    expect(held).toEqual(['first']);
    turns[1]?.resolve();
    await Promise.all(others);
    expect(held).toEqual(['first', 'second', 'third']);
    await disk.close();
    expect(turns).toHaveLength(2);
  });

  it('has one turn at a time, at whatever moment somebody comes', async () => {
    let beside = 0;
    let most = 0;
    const disk = createDisk(log, async () => {
      most = Math.max(most, ++beside);
      for (let moment = 0; moment < 50; moment++) await null;
      beside -= 1;
    });
    const held: Promise<void>[] = [];
    for (let moment = 0; moment < 60; moment++) {
      disk.wrote();
      held.push(disk.holds());
      await null;
    }
    await Promise.all(held);
    expect(most).toBe(1);
    await disk.close();
  });

  it('has nothing to do when nothing was written, and waits for the turn under way that has it', async () => {
    const { disk, turns, held, hold } = slowDisk();
    await hold('nothing');
    disk.wrote();
    const both = [hold('one'), hold('the same')];
    await expect.poll(() => turns.length).toBe(1);
    expect(held).toEqual(['nothing']);
    turns[0]?.resolve();
    await Promise.all(both);
    expect(turns).toHaveLength(1);
    await disk.close();
  });

  it('that has failed once is believed nothing more: not by those who waited, not by those who come', async () => {
    const { disk, turns, hold } = slowDisk();
    disk.wrote();
    const first = hold('first');
    await expect.poll(() => turns.length).toBe(1);
    disk.wrote();
    const second = hold('second');
    turns[0]?.reject(new Error('EIO'));
    await expect(first).rejects.toThrow('The disk did not take what was written: EIO. Look after the disk, then start again.');
    await expect(second).rejects.toThrow(StoreError);
    await expect(hold('third')).rejects.toThrow(StoreError);
    await disk.close();
  });

  it('is a file that can be opened and made durable', async () => {
    const disk = createDisk(log);
    disk.wrote();
    await disk.holds();
    await disk.close();
    const nowhere = createDisk(join(folder, 'nowhere', 'log'));
    nowhere.wrote();
    await expect(nowhere.holds()).rejects.toThrow(StoreError);
    await nowhere.close();
  });
});
