import { normal975 } from './confidence.ts';

/** How long something was watched, and whether it ended then (or was still going on: right-censored). */
export type Watched = { time: number; ended: boolean };

/** `survival`: the share that goes on beyond `time`, with 95% limits. `atRisk`: were still going on right before it. */
export type SurvivalStep = { time: number; atRisk: number; ended: number; survival: number; low: number; high: number };

/** A survival curve: a step wherever something ended. `longest`: how long anything was watched at all. */
export type Survival = { n: number; ended: number; longest: number; steps: SurvivalStep[] };

/** `value`: null where more than that share still went on when the watching ended. `low`, `high`: 95% limits; null where they are not reached. */
export type SurvivalTime = { n: number; ended: number; value: number | null; low: number | null; high: number | null };

/**
 * Kaplan and Meier's estimate (JASA 53, 1958, 457–481), with Greenwood's variance and log-log limits (Kalbfleisch and Prentice), which stay
 * within 0 and 1. What ends at the instant at which something else is lost from sight ends first.
 */
export function kaplanMeier(watched: Iterable<Watched>): Survival {
  const byTime = new Map<number, { ended: number; all: number }>();
  let n = 0;
  for (const { time, ended } of watched) {
    const at = byTime.get(time) ?? { ended: 0, all: 0 };
    at.all += 1;
    if (ended) at.ended += 1;
    byTime.set(time, at);
    n += 1;
  }
  const steps: SurvivalStep[] = [];
  let atRisk = n;
  let survival = 1;
  let greenwood = 0;
  let total = 0;
  const times = [...byTime].sort(([a], [b]) => a - b);
  for (const [time, { ended, all }] of times) {
    if (ended > 0) {
      // A product of shares would drift away from 0 at the very end.
      survival = ended === atRisk ? 0 : survival * (1 - ended / atRisk);
      greenwood += ended === atRisk ? 0 : ended / (atRisk * (atRisk - ended));
      total += ended;
      steps.push({ time, atRisk, ended, survival, ...limits(survival, greenwood) });
    }
    atRisk -= all;
  }
  return { n, ended: total, longest: times.at(-1)?.[0] ?? 0, steps };
}

/** The share that goes on beyond `time`; null beyond what was watched, unless nothing was left by then. */
export function survivalAt({ n, longest, steps }: Survival, time: number): Pick<SurvivalStep, 'survival' | 'low' | 'high'> | null {
  if (n === 0) return null;
  const step = steps.findLast((each) => each.time <= time);
  if (time > longest && step?.survival !== 0) return null;
  return step === undefined ? { survival: 1, low: 1, high: 1 } : { survival: step.survival, low: step.low, high: step.high };
}

/** The earliest time by which the share `p` has ended; its limits are those of the curve at that height (Brookmeyer and Crowley, 1982). */
export function timeUntil({ n, ended, steps }: Survival, p: number): SurvivalTime {
  // Rounding must not hide that exactly that share is left.
  const left = 1 - p + 1e-9;
  const first = (height: 'survival' | 'low' | 'high'): number | null => steps.find((step) => step[height] <= left)?.time ?? null;
  return { n, ended, value: first('survival'), low: first('low'), high: first('high') };
}

function limits(survival: number, greenwood: number): { low: number; high: number } {
  if (survival === 0) return { low: 0, high: 0 };
  const log = Math.log(survival);
  const spread = Math.exp((normal975 * Math.sqrt(greenwood)) / Math.abs(log));
  return { low: survival ** spread, high: survival ** (1 / spread) };
}
