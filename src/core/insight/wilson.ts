import { normal975 } from './confidence.ts';

/** A share of `n`, with the 95% limits between which the true one lies. */
export type Rate = { n: number; count: number; rate: number; low: number; high: number };

/**
 * Wilson's score interval (1927), without continuity correction: method 3 of Newcombe, Statistics in Medicine 17 (1998), 857–872. It stays within
 * 0 and 1 and is sound for small samples, where the usual one (rate ± 2 standard errors) is not. `n` must be positive.
 */
export function wilson(count: number, n: number): Rate {
  const square = normal975 * normal975;
  const middle = 2 * count + square;
  const half = normal975 * Math.sqrt(square + 4 * count * (1 - count / n));
  const whole = 2 * (n + square);
  // At the ends the limit is exactly the rate; rounding would put it beside.
  return {
    n,
    count,
    rate: count / n,
    low: count === 0 ? 0 : (middle - half) / whole,
    high: count === n ? 1 : (middle + half) / whole,
  };
}
