import { chmod, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'dotenv';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { extendEnvFile } from '../../../src/commands/init/env-file.ts';
import { ownFolder } from '../run-command.ts';

it('is read back as it was given, whatever a value holds', async () => {
  const file = join(await ownFolder(), '.env');
  const values = fc.string({ minLength: 1 }).filter((text) => text.trim() === text && !(text.includes("'") && /[`"\\]/.test(text)));
  await fc.assert(
    fc.asyncProperty(values, async (value) => {
      await writeFile(file, '');
      await extendEnvFile(file, { SECRET: value });
      expect(parse(await readFile(file, 'utf8'))).toEqual({ SECRET: value });
    }),
    { numRuns: 100 },
  );
});

it('never overwrites a value, and fills in an empty one', async () => {
  const file = join(await ownFolder(), '.env');
  await writeFile(file, 'A=mine\nB=\n');
  expect(await extendEnvFile(file, { A: 'other', B: 'new', C: '' })).toEqual(['B']);
  expect(parse(await readFile(file, 'utf8'))).toEqual({ A: 'mine', B: 'new' });
});

it('is for its owner only, also where it was not before', async () => {
  const file = join(await ownFolder(), '.env');
  await writeFile(file, 'A=1\n');
  await chmod(file, 0o644);
  await extendEnvFile(file, { B: '2' });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it('stays where a link points', async () => {
  const folder = await ownFolder();
  await writeFile(join(folder, 'shared.env'), 'A=1\n');
  await symlink('shared.env', join(folder, '.env'));
  await extendEnvFile(join(folder, '.env'), { B: '2' });
  expect(parse(await readFile(join(folder, 'shared.env'), 'utf8'))).toEqual({ A: '1', B: '2' });
  expect((await readdir(folder)).toSorted()).toEqual(['.env', 'shared.env']);
});

it('refuses what it could not read back', async () => {
  const folder = await ownFolder();
  await expect(extendEnvFile(join(folder, '.env'), { A: 'one\ntwo' })).rejects.toThrow('line ends');
  expect(await readdir(folder)).toEqual([]);
});
