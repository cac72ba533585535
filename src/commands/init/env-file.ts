import { randomUUID } from 'node:crypto';
import { chmod, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { parse } from 'dotenv';

/**
 * Adds values to a file of variables, whole or not at all, readable by its owner only. A variable that has a value there keeps it.
 * Resolves with the names that were added.
 */
export async function extendEnvFile(file: string, values: Readonly<Record<string, string>>): Promise<string[]> {
  const place = await realpath(file).catch(() => file);
  const before = await readFile(place, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const there = parse(before);
  const added = Object.entries(values).filter(([name, value]) => value !== '' && (there[name] ?? '').trim() === '');
  if (added.length === 0) return [];
  const text = `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${added.map(([name, value]) => `${name}=${written(value)}\n`).join('')}`;
  const draft = `${place}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, text, { flag: 'wx', mode: 0o600 });
    // The mode above is cut by the umask only, but says nothing where the file system has modes of its own.
    await chmod(draft, 0o600);
    await rename(draft, place);
  } finally {
    await rm(draft, { force: true });
  }
  return added.map(([name]) => name);
}

/** As dotenv reads it back: quotes where a plain word would end early. */
function written(value: string): string {
  if (/^[\w./:@+=,-]+$/.test(value)) return value;
  const quote = ["'", '`', '"'].find((mark) => !value.includes(mark));
  if (quote === undefined || /[\r\n]/.test(value)) throw new Error('A value with line ends, or with every kind of quotes, cannot be written to .env');
  return `${quote}${value}${quote}`;
}
