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
