import { type Spread, spreadOf } from './statistics.ts';

/** One line of the table. */
export type Row = { name: string; unit: string; spread: Spread };
/** One of the numbers to reach. `value` null: it could not be measured here, for the reason given. */
export type Verdict = {
  number: number;
  what: string;
  unit: string;
  value: number | null;
  limit: { most: number } | { least: number };
  reached: boolean | null;
  why?: string;
};
export type Result = { title: string; rows: Row[]; verdicts: Verdict[]; notes: string[] };

export const row = (name: string, unit: string, values: readonly number[]): Row => ({ name, unit, spread: spreadOf(values) });

/** The verdict on a median of rounds. */
export function verdict(number: number, what: string, unit: string, values: readonly number[], limit: Verdict['limit']): Verdict {
  const value = spreadOf(values).median;
  const reached = 'most' in limit ? value <= limit.most : value >= limit.least;
  return { number, what, unit, value, limit, reached };
}

export const notMeasured = (number: number, what: string, unit: string, limit: Verdict['limit'], why: string): Verdict => ({
  number,
  what,
  unit,
  value: null,
  limit,
  reached: null,
  why,
});

/** Round by round: what was measured side by side is compared side by side. */
export const ratios = (over: readonly number[], under: readonly number[]): number[] =>
  over.map((value, round) => value / (under[round] ?? Number.NaN));
