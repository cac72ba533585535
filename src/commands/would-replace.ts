import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readPlaces } from '../environment.ts';

/**
 * Why nothing can be written to a file: it is one that is read, and would be gone. `read`: those of the command, beside the journey map, the store and `.env`.
 * Null: it can.
 */
export async function wouldReplace(file: string, read: readonly (string | null)[] = []): Promise<string | null> {
  const { JOURNEY_CONFIG: map, DATABASE_URL: store } = readPlaces(process.env);
  const wanted = await placeOf(file);
  for (const other of [...read, map, store.replace(/^file:(\/\/)?/, ''), '.env'])
    if (other !== null && (await placeOf(other)) === wanted) return `${file} is read, and would be gone: name another file.`;
  return null;
}

const placeOf = (file: string): Promise<string> => realpath(file).catch(() => resolve(file));
