import type { EpochMs } from '../time.ts';
import type { Outcome } from './journey.ts';

/** What the store keeps of a journey beside its records: when it is due, and the facts that lists filter by. */
export type JourneyRow = {
  id: string;
  kind: 'deal' | 'account';
  accountId: string | null;
  dealId: string | null;
  mapKey: string;
  stage: string | null;
  stageEnteredAt: EpochMs | null;
  segments: string[];
  name: string;
  ownerEmail: string | null;
  amount: number | null;
  currency: string | null;
  url: string | null;
  outcome: Outcome['state'];
  outcomeAt: EpochMs | null;
  source: string;
  /** The next instant at which it must be evaluated; null: only when a signal comes. */
  recheckAt: EpochMs | null;
  /** While old signals are still coming in: since when, and that findings are history. */
  settlingSince: EpochMs | null;
  evaluatedAt: EpochMs | null;
  /** Counts commits: the optimistic lock of everything that belongs to the journey. 0: not stored yet. */
  revision: number;
};
