import type { ConfigPath } from './problem.ts';
import { createKeys } from './propose/name-keys.ts';
import { valueAt } from './schema-problems.ts';

/** Keys that were given sound names, so that what stands below them can be read, and how they were written. */
export type Renaming = {
  /** Gives the key at a path a name that `fits`, in its place; null: there is none. */
  rename(raw: unknown, path: ConfigPath, fits: (name: string) => boolean): ConfigPath | null;
  /** The path in the file of what stands at this one now. */
  asWritten(path: ConfigPath): ConfigPath;
};

export function createRenaming(): Renaming {
  const renamed: { was: ConfigPath; now: ConfigPath }[] = [];
  return {
    rename(raw, path, fits) {
      const parent = valueAt(raw, path.slice(0, -1));
      const was = path.at(-1);
      if (typeof parent !== 'object' || parent === null || Array.isArray(parent) || typeof was !== 'string') return null;
      const entries = Object.entries(parent);
      const name = createKeys(entries.map(([key]) => key))(was, nameless);
      if (!fits(name)) return null;
      // All anew: the order of stages says something.
      for (const [key] of entries) Reflect.deleteProperty(parent, key);
      for (const [key, value] of entries) Reflect.set(parent, key === was ? name : key, value);
      const now = [...path.slice(0, -1), name];
      renamed.push({ was: path, now });
      return now;
    },
    // The latest first: it may stand below an earlier one.
    asWritten: (path) =>
      renamed.reduceRight((at, { was, now }) => (now.every((step, index) => at[index] === step) ? [...was, ...at.slice(was.length)] : at), path),
  };
}

/** For names without a letter that a key may have. */
const nameless = 'nameless';

/** What to call a key instead; null: nothing that says its name. */
export const nameOf = (path: ConfigPath | null): string | null => {
  const name = path?.at(-1);
  return typeof name !== 'string' || name.startsWith(nameless) ? null : name;
};
