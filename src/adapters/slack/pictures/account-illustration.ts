import type { AccountSummary } from '../../../core/summary.ts';
import type { EpochMs } from '../../../core/time.ts';
import type { Illustration } from '../views/blocks.ts';
import { journeyPicture } from './journey-picture.ts';

/** The journey map of an account, with what has to be erased for it to go. */
export function accountIllustration(summary: AccountSummary, now: EpochMs): Illustration {
  const { account, journeys } = summary;
  return {
    title: 'Journey map',
    drawing: journeyPicture(summary, now),
    about: {
      accountId: account.id,
      journeys: journeys.map(({ journeyId }) => journeyId),
      names: [account.name, ...journeys.map(({ name }) => name)],
    },
  };
}
