import { dayMs, type EpochMs } from '../time.ts';

/** How two ordered lists become one: `order` sorts; of two entries with the same `key`, `prefer` says which stays. */
export type UnionRule<Entry> = {
  order: (a: Entry, b: Entry) => number;
  key: (entry: Entry) => string | number;
  prefer: (a: Entry, b: Entry) => Entry;
  /** How much of the union is kept: its beginning, of what is in order. */
  keep: (inOrder: Entry[]) => Entry[];
};

/**
 * The union of two lists that are each in order, as far as `keep` goes: its beginning. Taking the beginning of a union is associative,
 * commutative and idempotent, so what is forgotten does not depend on the order in which things were heard.
 */
export function union<Entry>(a: readonly Entry[], b: readonly Entry[], rule: UnionRule<Entry>): Entry[] {
  if (b.length === 0) return a as Entry[];
  if (a.length === 0) return b as Entry[];
  if (b.length === 1) return withOne(a, b[0] as Entry, rule);
  const byKey = new Map<string | number, Entry>();
  for (const entry of a) byKey.set(rule.key(entry), entry);
  for (const entry of b) {
    const key = rule.key(entry);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? entry : rule.prefer(known, entry));
  }
  return rule.keep([...byKey.values()].sort(rule.order));
}

const weekMs = 7 * dayMs;
/** The same for all instants of a week, whatever day it begins with. */
export const weekOf = (at: EpochMs): number => Math.floor(at / weekMs);
/** More than two years; and more different values than a week brings, unless somebody means harm. */
const most = { weeks: 120, valuesAWeek: 20 } as const;

/**
 * The union, newest first, of two lists of what is said again and again: of each value the first and the last time in a week, for the newest
 * weeks in which anything was said. So a value that is repeated a thousand times does not push out what was said before it, and yet what turns
 * up late finds its place. Associative, commutative and idempotent like `union`.
 */
export function weeklyUnion<Entry extends { at: EpochMs }>(a: readonly Entry[], b: readonly Entry[], sayingOf: (entry: Entry) => string): Entry[] {
  if (b.length === 0) return a as Entry[];
  if (a.length === 0 && b.length === 1) return b as Entry[];
  const weeks = new Map<number, Map<string, { first: Entry; last: Entry }>>();
  for (const entry of [...a, ...b]) {
    const week = weekOf(entry.at);
    const values = weeks.get(week) ?? new Map<string, { first: Entry; last: Entry }>();
    weeks.set(week, values);
    const value = sayingOf(entry);
    const known = values.get(value);
    if (known === undefined) values.set(value, { first: entry, last: entry });
    else if (entry.at < known.first.at) known.first = entry;
    else if (entry.at > known.last.at) known.last = entry;
  }
  const newest = [...weeks].sort(([x], [y]) => y - x).slice(0, most.weeks);
  const kept = newest.flatMap(([, values]) => (values.size <= most.valuesAWeek ? [...values] : smallest(values)));
  const entries = kept.flatMap(([value, { first, last }]) =>
    first === last
      ? [{ value, entry: first }]
      : [
          { value, entry: first },
          { value, entry: last },
        ],
  );
  return entries.sort((x, y) => y.entry.at - x.entry.at || (x.value > y.value ? -1 : 1)).map(({ entry }) => entry);
}

/** Of a list in order, what counts where several things were said of one instant. */
export const firstOfEachInstant = <Entry extends { at: EpochMs }>(entries: readonly Entry[]): Entry[] =>
  entries.filter(({ at }, index) => entries[index - 1]?.at !== at);

const smallest = <Kept>(values: Map<string, Kept>): [string, Kept][] => [...values].sort(([x], [y]) => (x < y ? -1 : 1)).slice(0, most.valuesAWeek);

/** The common case, a list and one new entry, without a map and without sorting. */
function withOne<Entry>(list: readonly Entry[], entry: Entry, { order, key, prefer, keep }: UnionRule<Entry>): Entry[] {
  const wanted = key(entry);
  const known = list.findIndex((one) => key(one) === wanted);
  const kept = known < 0 ? entry : prefer(list[known] as Entry, entry);
  const rest = known < 0 ? list : list.toSpliced(known, 1);
  const after = rest.findIndex((one) => order(kept, one) < 0);
  return keep(after < 0 ? [...rest, kept] : rest.toSpliced(after, 0, kept));
}
