import { tail } from './confidence.ts';

/** A percentile of values that are all known. `low`, `high`: its 95% limits; null where the sample is too small to have one on that side. */
export type Percentile = { n: number; value: number; low: number | null; high: number | null };

/**
 * The smallest value that at least the share `p` of a sample does not exceed. Its limits are values of the sample themselves, whose ranks follow
 * from the binomial distribution, whatever the values are distributed like (Conover, Practical Nonparametric Statistics, 3.2). Each limit leaves out
 * at most 2.5%. `sorted`: ascending, not empty; 0 < p < 1.
 */
export function percentile(sorted: readonly number[], p: number): Percentile {
  const n = sorted.length;
  const { low, high } = limitRanks(n, p);
  const at = (rank: number): number => sorted[rank - 1] ?? Number.NaN;
  return { n, value: at(rankOf(n, p)), low: low < 1 ? null : at(low), high: high > n ? null : at(high) };
}

/** Rounding must not push an exact rank (0.75 of 20) up to the next. */
const rankOf = (n: number, p: number): number => Math.max(1, Math.ceil(n * p - 1e-9));

/** From 1 to `n`; 0 and `n` + 1 where there is none. */
export function limitRanks(n: number, p: number): { low: number; high: number } {
  let low = 0;
  let high = n + 1;
  let below = 0;
  const odds = Math.log(p) - Math.log1p(-p);
  // ln P(B = 0), and from one to the next: binomials of thousands would neither over- nor underflow.
  let logMass = n * Math.log1p(-p);
  for (let count = 0; count <= n; count += 1) {
    below += Math.exp(logMass);
    if (below <= tail) low = count + 1;
    if (below >= 1 - tail) {
      high = count + 1;
      break;
    }
    logMass += Math.log(n - count) - Math.log(count + 1) + odds;
  }
  return { low, high };
}
