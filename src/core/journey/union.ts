/** How two ordered lists become one: `order` sorts; of two entries with the same `key`, `prefer` says which stays. */
export type UnionRule<Entry> = {
  order: (a: Entry, b: Entry) => number;
  key: (entry: Entry) => string | number;
  prefer: (a: Entry, b: Entry) => Entry;
  limit: number;
};

/**
 * The union of two lists that are each in order, of at most `limit` entries: the first ones. Taking the first of a union is associative,
 * commutative and idempotent, so what is forgotten does not depend on the order in which things were heard.
 */
export function union<Entry>(a: readonly Entry[], b: readonly Entry[], rule: UnionRule<Entry>): Entry[] {
  if (b.length === 0) return a as Entry[];
  if (a.length === 0) return b as Entry[];
  const byKey = new Map<string | number, Entry>();
  for (const entry of a) byKey.set(rule.key(entry), entry);
  for (const entry of b) {
    const key = rule.key(entry);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? entry : rule.prefer(known, entry));
  }
  return [...byKey.values()].sort(rule.order).slice(0, rule.limit);
}
