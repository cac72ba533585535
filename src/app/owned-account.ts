import type { Severity } from '../core/journey/journey-map.ts';

/** An account on which somebody owns an open journey (`journeyId`: the first of them); a deal without an account stands for itself. */
export type OwnedAccount = {
  accountId: string | null;
  journeyId: string;
  name: string;
  /** Open ones that nothing holds back, of this person's journeys. */
  alerts: number;
  /** Null: all clear. */
  worst: Severity | null;
  /** All that is open was acknowledged. */
  isTaken: boolean;
};
