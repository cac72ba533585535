import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, textOf } from './docs/documents.ts';

const { allowScripts } = JSON.parse(textOf('package.json')) as { allowScripts: Record<string, boolean> };
const { packages } = JSON.parse(textOf('package-lock.json')) as { packages: Record<string, { gypfile?: boolean }> };
const native = Object.keys(packages).filter((path) => path !== '' && existsSync(join(root, path, 'binding.gyp')));

/**
 * npm runs node-gyp for every package with a `binding.gyp`, which takes Python, make and Node's headers, also for one that brings its binaries and says
 * `"gypfile": false`: it does not look there when it installs from a lockfile (npm/cli#9837). npm before 11 heeds the lockfile's own word, 11 also
 * `allowScripts`. `npm install` drops the word from the lockfile.
 */
describe('npm ci', () => {
  it('has something to say this about', () => {
    expect(native).toEqual(['node_modules/better-sqlite3']);
  });

  it.each(native)('compiles nothing for %s, which brings its binaries', (path) => {
    expect(allowScripts[path.replace('node_modules/', '')]).toBe(false);
    expect(packages[path]?.gypfile, `"gypfile": false belongs into package-lock.json, at ${path}`).toBe(false);
  });
});
