import { type Duration, durationInWords } from '../duration.ts';
import type { EpochMs } from '../time.ts';
import type { Figure } from './stage-metrics.ts';
import { type Rate, wilson } from './wilson.ts';

/** Under so many alerts a rule has no action rate: its limits would be wider than what anybody wants to know. */
export const fewestForActionRate = 20;
/** How soon somebody has to act on an alert, from when it was first said. */
export const actWithin: Duration = { amount: 2, unit: 'bd' };
export const actWithinInWords = durationInWords(actWithin);

/** What became of one alert, once the time to act on it is over. */
export type AlertLife = {
  rule: string;
  actedOn: boolean;
  /** Whose numbers it was found by; null: nobody knows any more. */
  place: { map: string; stage: string | null; segments: readonly string[]; number: string | number | null } | null;
  /** When its limit was passed, and when its condition was gone (null: not yet, or nobody can tell). */
  dueAt: EpochMs;
  goneAt: EpochMs | null;
};

/** `alerts`: all that were judged. */
export type RuleRate = { rule: string; alerts: number; rate: Figure<Rate> };

/** The share of its alerts that somebody acted on, by rule: the worst first, and those with too few alerts last. */
export function actionRates(lives: Iterable<AlertLife>, fewest = fewestForActionRate): RuleRate[] {
  const rates = [...Map.groupBy(lives, ({ rule }) => rule)].map(([rule, alerts]): RuleRate => {
    const n = alerts.length;
    const acted = alerts.filter(({ actedOn }) => actedOn).length;
    return { rule, alerts: n, rate: n < Math.max(1, fewest) ? { kind: 'few', n, needed: fewest } : { kind: 'known', ...wilson(acted, n) } };
  });
  return rates.sort((a, b) => worthOf(a) - worthOf(b) || b.alerts - a.alerts || (a.rule < b.rule ? -1 : 1));
}

/**
 * The rule whose alerts are least worth saying: most of them were acted on by nobody, and that is no chance (also the upper limit is under a half). Null where
 * no rule is so, or there are too few alerts to tell.
 */
export function noisiest(rates: readonly RuleRate[]): { rule: string; rate: Rate } | null {
  const [worst] = [...rates].sort((a, b) => worthOf(a) - worthOf(b) || b.alerts - a.alerts);
  return worst?.rate.kind === 'known' && worst.rate.high < 0.5 ? { rule: worst.rule, rate: worst.rate } : null;
}

/** By what is sure: the more alerts there are, the nearer is the upper limit. */
const worthOf = ({ rate }: RuleRate): number => (rate.kind === 'known' ? rate.high : 2);
