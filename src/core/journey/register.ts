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

/** A field that an upsert may name: `undefined` says nothing. */
export const register = <Value>(value: Value | null | undefined, at: EpochMs): Register<Value> | undefined =>
  value === undefined ? undefined : { value, at };

const textOf = (value: unknown): string => JSON.stringify(value) ?? '';
