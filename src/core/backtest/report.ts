import type { Lift } from '../insight/lift.ts';
import type { Percentile } from '../insight/order-statistics.ts';
import type { Figure } from '../insight/stage-metrics.ts';
import type { Rate } from '../insight/wilson.ts';
import type { RecordKind } from '../journey/signal.ts';
import type { EpochMs } from '../time.ts';

/** What a rule, or what stands in for it, would have been worth. */
export type Worth = {
  /** Said in the period; `perWeek`: on average. */
  alerts: number;
  perWeek: number;
  /** Journeys on which an alert stood in the period, how many of them have ended (won or lost) since, and how many of those were lost. */
  journeys: number;
  ended: number;
  lost: number;
  /** Of the alerted journeys that have ended, how many were lost; of all that were lost, how many were alerted; the first against the base rate. */
  precision: Figure<Rate>;
  recall: Figure<Rate>;
  lift: Figure<Lift>;
  /** Days from the first alert to the loss: the median. */
  leadDays: Figure<Percentile>;
};

export type VariantWorth = Worth & { factor: number; numbers: string };

export type RuleWorth = Worth & {
  rule: string;
  title: string;
  goodNews: boolean;
  /** Alerts in the period that something (another rule) held back as long as they lasted. */
  heldBack: number;
  /** Journeys on which the rule was on in the period and that have ended since: the base rate is how many of them were lost. */
  base: { ended: number; lost: number; rate: Figure<Rate> };
  /** The rule's own number as the map has it (`10bd`, or a range: `8–10bd`); null: it has no such number, or learns it. */
  numbers: string | null;
  variants: VariantWorth[];
};

/** A week begins with the period, not on Monday. */
export type Week = { from: EpochMs; alerts: Record<string, number> };

/** All that a backtest says. Plain JSON, but for instants, which are epoch milliseconds. */
export type BacktestReport = {
  format: 1;
  period: { from: EpochMs; to: EpochMs; weeks: number };
  /** Signals counted from when they happened, or from when they came in. */
  knownFrom: 'occurred' | 'received';
  /** Replayed in all; open at some time in the period; of these ended since, won and lost. */
  journeys: { replayed: number; inPeriod: number; ended: number; won: number; lost: number };
  signals: number;
  /** Records that were erased: they are missing from the whole past, also from before. */
  erased: Record<RecordKind, number>;
  /** How often what was learned changed a limit. */
  limitsLearned: number;
  base: Figure<Rate>;
  /** Rules that were on for any journey, in the order of the lists. */
  rules: RuleWorth[];
  /** Where alerts would have gone; null: into digests alone. */
  channels: { channel: string | null; alerts: number; perWeek: number }[];
  weeks: Week[];
};
