import type { EpochMs } from '../time.ts';
import { remembered } from './record.ts';

/** By type of touchpoint: when the newest one was. It outlives the touchpoints themselves, of which only the newest are remembered. */
export type LastOf = Record<string, EpochMs>;

/**
 * The join of two: of each type the newest, of the types those that were last heard of. Associative, commutative and idempotent, for a type that gives way once
 * is older than all that stay, whatever comes. Keys in alphabetical order.
 */
export function joinLastOf(a: LastOf | undefined, b: LastOf | undefined): LastOf | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (Object.entries(b).every(([type, at]) => Object.hasOwn(a, type) && (a[type] ?? at) >= at)) return a;
  const newest = new Map(Object.entries(a));
  for (const [type, at] of Object.entries(b)) newest.set(type, Math.max(at, newest.get(type) ?? at));
  const kept = [...newest].sort(([x, first], [y, second]) => second - first || (x < y ? -1 : 1)).slice(0, remembered.types);
  return Object.fromEntries(kept.sort(([x], [y]) => (x < y ? -1 : 1)));
}
