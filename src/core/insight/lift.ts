import { normal975 } from './confidence.ts';
import { wilson } from './wilson.ts';

/** How many times as often as among all: 1 is no better than chance. With 95% limits. */
export type Lift = { n: number; value: number; low: number; high: number };

/**
 * How much more often something happens to those that were marked than to all of them together. `hits` of `marked` it happened to, and `happened` of `all`;
 * the marked are part of all. Limits by the delta method on the logarithm, with all four counts of one multinomial sample:
 * var(ln lift) = 1/hits − 1/marked − 1/happened + 2·hits/(marked·happened) − 1/all. Without a single hit the upper limit is Wilson's of the share.
 * `marked`, `happened` and `all` must be positive.
 */
export function liftOf({ hits, marked, happened, all }: { hits: number; marked: number; happened: number; all: number }): Lift {
  const base = happened / all;
  const value = hits / marked / base;
  if (hits === 0) return { n: marked, value, low: 0, high: wilson(0, marked).high / base };
  const variance = 1 / hits - 1 / marked - 1 / happened + (2 * hits) / (marked * happened) - 1 / all;
  const spread = Math.exp(normal975 * Math.sqrt(Math.max(0, variance)));
  return { n: marked, value, low: value / spread, high: value * spread };
}
