import { mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type WatchOptions, watchConfig } from '../../src/config/watch-config.ts';
import { detectors } from '../../src/core/detectors/index.ts';
import { routes } from './examples.ts';

const sound = (budget: number) => `maps: { sales: { extends: b2b-saas } }\n${routes}alerts: { budget: ${budget} }\n`;

let folder: string;
let path: string;
let stop: () => void = () => {};
const budgets: number[] = [];
const refused: string[] = [];
const failures: unknown[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journey-watch-'));
  path = join(folder, 'journey.yml');
  await writeFile(path, sound(1));
  budgets.length = 0;
  refused.length = 0;
  failures.length = 0;
});
afterEach(async () => {
  stop();
  await rm(folder, { recursive: true });
});

const options = (): WatchOptions => ({
  path,
  detectors,
  onLoaded: ({ alerts }) => budgets.push(alerts.budget),
  onRefused: (problems) => refused.push(...problems.map((problem) => problem.path)),
  onFailed: (error) => failures.push(error),
});

describe('a watched journey map', () => {
  /** Watches with a hand on the trigger: `look` says that the file may have changed. */
  function watchByHand(more: Partial<WatchOptions> = {}): () => void {
    let look = () => {};
    stop = watchConfig({
      ...options(),
      ...more,
      watch: (_path, changed) => {
        look = changed;
        return () => {};
      },
    });
    return () => look();
  }

  it('is taken over when it changes', async () => {
    const look = watchByHand();
    look();
    await writeFile(path, sound(2));
    look();
    await vi.waitFor(() => expect(budgets).toEqual([2]), { timeout: 20_000 });
  });

  it('is taken over also where it changed between its reading and the first look', async () => {
    watchByHand({ known: sound(0) });
    await vi.waitFor(() => expect(budgets).toEqual([1]), { timeout: 20_000 });
  });

  it('is refused when it is broken, and taken again when it is whole', async () => {
    const look = watchByHand();
    look();
    await writeFile(path, sound(2).replace('b2b-saas', 'nothing'));
    look();
    await vi.waitFor(() => expect(refused).toEqual(['maps.sales.extends']), { timeout: 20_000 });
    await writeFile(path, sound(3));
    look();
    await vi.waitFor(() => expect(budgets).toEqual([3]), { timeout: 20_000 });
  });

  it('is taken over after a former one could not be', async () => {
    const look = watchByHand({
      onLoaded({ alerts: { budget } }) {
        budgets.push(budget);
        if (budget === 2) throw new Error('not this one');
      },
    });
    await writeFile(path, sound(2));
    look();
    await vi.waitFor(() => expect(failures).toEqual([new Error('not this one')]), { timeout: 20_000 });
    await writeFile(path, sound(3));
    look();
    await vi.waitFor(() => expect(budgets).toEqual([2, 3]), { timeout: 20_000 });
  });

  it('is refused when it is saved in another encoding, as at a start', async () => {
    const look = watchByHand();
    const saved = `${sound(2)}playbook: { stalled: "Rückruf" }\n`;
    await writeFile(path, Buffer.from(saved, 'latin1'));
    look();
    await vi.waitFor(() => expect(refused).toEqual(['']), { timeout: 20_000 });
    await writeFile(path, saved);
    look();
    await vi.waitFor(() => expect(budgets).toEqual([2]), { timeout: 20_000 });
    expect(refused).toEqual(['']);
  });

  it('is not read again while its text is the same, missing or empty', async () => {
    const look = watchByHand();
    look();
    await writeFile(path, '');
    look();
    await rm(path);
    look();
    await writeFile(path, sound(1));
    look();
    await writeFile(path, sound(4));
    look();
    await vi.waitFor(() => expect(budgets).toEqual([4]), { timeout: 20_000 });
    expect(refused).toEqual([]);
  });

  it.each([
    ['empty', () => writeFile(path, ''), 'the file is empty'],
    ['away', () => rm(path), 'there is no such file'],
  ])('is refused once when it stays %s, and taken again when it is back as it was', async (_how, spoil, message) => {
    const found: string[] = [];
    const look = watchByHand({ patienceMs: 1, onRefused: (problems) => found.push(...problems.map((problem) => problem.message)) });
    await spoil();
    look();
    await vi.waitFor(() => expect(found).toEqual([message]), { timeout: 20_000 });
    look();
    await writeFile(path, sound(1));
    look();
    await vi.waitFor(() => expect(budgets).toEqual([1]), { timeout: 20_000 });
    expect(found).toEqual([message]);
  });

  it('is left alone once watching has ended', { timeout: 15_000 }, async () => {
    const look = watchByHand();
    stop();
    const other = watchByHand();
    // Repeated: what the other one found at its start is read at a moment of its own.
    let budget = 4;
    await vi.waitFor(
      async () => {
        budget += 1;
        await writeFile(path, sound(budget));
        look();
        other();
        expect(budgets).not.toEqual([]);
      },
      { timeout: 20_000 },
    );
    expect(new Set(budgets).size).toBe(budgets.length);
  });
});

describe('the file system', () => {
  it('tells of a file that is renamed into place, and of a symlink that is turned', { timeout: 15_000 }, async () => {
    const target = join(folder, 'first.yml');
    await rename(path, target);
    await symlink('first.yml', path);
    stop = watchConfig(options());

    await vi.waitFor(
      async () => {
        // An editor's way; repeated, because the first status is asked for at a moment of its own.
        await writeFile(join(folder, 'new.yml'), sound(6));
        await rename(join(folder, 'new.yml'), target);
        expect(budgets).toEqual([6]);
      },
      { timeout: 20_000, interval: 300 },
    );
    await writeFile(join(folder, 'second.yml'), sound(7));
    await symlink('second.yml', join(folder, 'turned'));
    await rename(join(folder, 'turned'), path);
    await vi.waitFor(() => expect(budgets).toEqual([6, 7]), { timeout: 20_000 });
  });
});
