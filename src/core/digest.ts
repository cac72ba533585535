import type { CardLine } from './delivery.ts';
import type { EpochMs } from './time.ts';

/** The scheduled summary of one channel, as a value. */
export type Digest = {
  from: EpochMs;
  to: EpochMs;
  timezone: string;
  /** `map new-business`, `segment enterprise`; empty: everything. */
  scope: string;
  open: { journeys: number; alerts: number };
  moved: { name: string; url: string | null; from: string; to: string; at: EpochMs }[];
  won: { name: string; url: string | null; amount: { value: number; currency: string | null } | null }[];
  lost: { name: string; url: string | null; amount: { value: number; currency: string | null } | null }[];
  /** Open alerts by rule, the worst first. */
  attention: { rule: string; headline: string; count: number; worst: CardLine[] }[];
  openedInPeriod: number;
  clearedInPeriod: number;
  resolvedByHandInPeriod: number;
  notUsefulByRule: { rule: string; count: number }[];
  feeds: { source: string; lastReceivedAt: EpochMs | null; stale: boolean }[];
};
