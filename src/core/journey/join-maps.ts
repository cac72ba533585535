import { compareText } from '../compare-text.ts';

/** Keys in alphabetical order, so that equal contents are equal as JSON, too. Where `b` has none, the very same `a`. */
export function joinMaps<Value>(a: Record<string, Value>, b: Record<string, Value>, join: (x: Value, y: Value) => Value): Record<string, Value> {
  const names = Object.keys(b);
  if (names.length === 0) return a;
  const joined = new Map(Object.entries(a));
  for (const name of names) {
    const theirs = b[name] as Value;
    const ours = joined.get(name);
    joined.set(name, ours === undefined ? theirs : join(ours, theirs));
  }
  return Object.fromEntries([...joined].sort(([x], [y]) => compareText(x, y)));
}
