import type { Journey, Outcome } from '../journey/journey.ts';
import type { EpochMs } from '../time.ts';

/** An alert as it would have been said. `at`: when nothing held it back any more. `endedAt` null: it still stood at the end. */
export type RaisedAlert = { rule: string; subject: string; at: EpochMs; endedAt: EpochMs | null; channels: string[] };

/** What a rule with another number would have said of a journey. `alerts`: how many in the period. `firstAt`: of those that stood in it. */
export type VariantStory = { alerts: number; firstAt: EpochMs | null };

/** What a replay saw of one journey. */
export type JourneyStory = {
  id: string;
  kind: Journey['kind'];
  mapKey: string;
  /** As it is known to have ended, however late; null: the journey went away (merged, erased, on no map any more). */
  outcome: Outcome | null;
  /** Rules that were on while it was open in the period; none: it was not open in it. */
  rules: ReadonlySet<string>;
  alerts: RaisedAlert[];
  /** By rule: alerts in the period that something held back as long as they lasted. */
  heldBack: ReadonlyMap<string, number>;
  /** In the order of the variants. */
  variants: VariantStory[];
};
