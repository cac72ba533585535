import { createHash } from 'node:crypto';
import { plain } from './stage-words.ts';

/** Makes keys of journey.yml out of names that people and CRMs give: each is sound, and none comes twice. */
export function createKeys(taken: readonly string[] = []): (name: string, otherwise: string) => string {
  const given = new Set(taken);
  return (name, otherwise) => {
    const base = keyOf(name) ?? otherwise;
    let key = base;
    for (let number = 2; given.has(key); number += 1) key = `${base.slice(0, 45)}-${number}`;
    given.add(key);
    return key;
  };
}

/**
 * The same for names that may come again, each with what the CRM knows it by: the same name has the same key, and different names have different ones,
 * whenever each is asked about. Where a key cannot say its name, or is taken, the id stands behind it (`見積` of the id 17 is `stage-17`), or a mark of the name.
 */
export function createKeysByName(taken: readonly string[]): (name: string, id: string, otherwise: string) => string {
  const next = createKeys(taken);
  const known = new Map<string, string>();
  return (name, id, otherwise) => {
    const said = plain(name).trim() || name;
    const base = keyOf(name);
    const marked = `${base?.slice(0, 30) ?? otherwise} ${id !== name && isSaidByKey(`${otherwise} ${id}`) ? id : markOf(said)}`;
    const key = known.get(said) ?? next(base !== null && isSaidByKey(name) && !taken.includes(base) ? name : marked, otherwise);
    known.set(said, key);
    return key;
  };
}

/** Whether a key says its name: not where letters of the name may not stand in a key, or are too many. */
export const isSaidByKey = (name: string): boolean => keyOf(name) === plain(name).trim().replaceAll(' ', '-');

/** Few letters that hardly another name has. */
const markOf = (said: string): string => createHash('sha256').update(said).digest('hex').slice(0, 6);

/** `Erstgespräch (20%)` → `erstgesprach-20`; null where nothing is left of the name. */
function keyOf(name: string): string | null {
  const key = plain(name)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  // What every JavaScript object has is no name for a key.
  return key === '' || key in Object.prototype ? null : key;
}
