import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeJourneyYml } from '../../src/config/write-journey-yml.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journey-yml-'));
});
afterEach(() => rm(folder, { recursive: true }));

const file = () => join(folder, 'journey.yml');

it('writes the text, and leaves nothing else behind', async () => {
  expect(await writeJourneyYml(file(), 'maps: {}\n', { force: false })).toEqual({ ok: true, kept: null });
  expect(await readFile(file(), 'utf8')).toBe('maps: {}\n');
  expect(await readdir(folder)).toEqual(['journey.yml']);
});

it('leaves a file that is there as it is', async () => {
  await writeFile(file(), 'mine');
  expect(await writeJourneyYml(file(), 'other', { force: false })).toMatchObject({ ok: false, why: expect.stringContaining('--force') });
  expect(await readFile(file(), 'utf8')).toBe('mine');
});

it('keeps every file that it replaces', async () => {
  await writeFile(file(), 'first');
  expect(await writeJourneyYml(file(), 'second', { force: true })).toEqual({ ok: true, kept: `${file()}.bak` });
  expect(await writeJourneyYml(file(), 'third', { force: true })).toEqual({ ok: true, kept: `${file()}.bak2` });
  expect((await readdir(folder)).toSorted()).toEqual(['journey.yml', 'journey.yml.bak', 'journey.yml.bak2']);
  expect(await readFile(`${file()}.bak`, 'utf8')).toBe('first');
});

it('says why it cannot write, and leaves nothing behind', async () => {
  expect(await writeJourneyYml(join(folder, 'nowhere', 'journey.yml'), 'text', { force: true })).toMatchObject({ ok: false });
  expect(await readdir(folder)).toEqual([]);
});
