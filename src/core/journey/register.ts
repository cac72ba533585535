import { compareText } from '../compare-text.ts';
import type { EpochMs } from '../time.ts';
import type { Register } from './record.ts';

/**
 * The newer of two registers. Equal times are settled by the values themselves, so that the result never depends on which one came first.
 */
export function newer<Value>(a: Register<Value> | undefined, b: Register<Value> | undefined): Register<Value> | undefined {
  if (a === undefined) return b;
  if (b === undefined) return a;
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return textOf(a.value) >= textOf(b.value) ? a : b;
}

/**
 * The newer of two that hold several things. Of what is said of the same instant all counts: a CRM leaves out what it has put away for a while, and does not
 * call it a change of whoever is on it.
 */
export function newerOrBoth(a: Register<string[]> | undefined, b: Register<string[]> | undefined): Register<string[]> | undefined {
  if (a === undefined || b === undefined || a.at !== b.at || textOf(a.value) === textOf(b.value)) return newer(a, b);
  return { value: [...new Set([...(a.value ?? []), ...(b.value ?? [])])].sort(compareText), at: a.at };
}

/** A field that an upsert may name: `undefined` says nothing. */
export const register = <Value>(value: Value | null | undefined, at: EpochMs): Register<Value> | undefined =>
  value === undefined ? undefined : { value, at };

const textOf = (value: unknown): string => JSON.stringify(value) ?? '';
