import type { Crm } from './app/crm.ts';
import { createReadLabels } from './app/crm-labels.ts';
import { createOwnAbsence } from './app/own-absence.ts';
import type { Clock, Logger, Store } from './app/ports.ts';
import { createReleaseBudget } from './app/release-budget.ts';
import { createReportUnknown } from './app/report-unknown.ts';
import type { SingleFlight } from './app/single-flight.ts';
import { createWatchFeeds } from './app/watch-feeds.ts';
import { pieceToPaste } from './config/piece-to-paste.ts';
import type { JourneyConfig } from './core/journey/journey-map.ts';
import type { Feedback } from './feedback.ts';
import { type Flights, wake } from './flights.ts';
import { createPruning } from './pruning.ts';

type RoundDependencies = {
  store: Store;
  crms: readonly Crm[];
  feedback: Pick<Feedback, 'remind' | 'suggestMonthly'>;
  sendDigests(): Promise<void>;
  flights: Pick<Flights, 'flight'>;
  /** Something may have been said. */
  onSaid(): void;
  config(): JourneyConfig;
  clock: Clock;
  logger: Logger;
  newId(): string;
};

/** What is looked after again and again, one after the other. Each is a task of its own: one that fails is tried again by itself, and the others go on. */
export function createRound({ crms, feedback, sendDigests, flights: { flight }, onSaid, logger, ...shared }: RoundDependencies): () => Promise<void> {
  const readLabels = createReadLabels({ crms, logger });
  const turns = [
    turn('noting that the bot is alive', createOwnAbsence(shared)),
    turn('watching the feeds', createWatchFeeds(shared)),
    turn('posting what waited for a new day', createReleaseBudget(shared)),
    turn('sending digests', sendDigests),
    turn('telling what the map does not know', createReportUnknown({ ...shared, readLabels, pieceFor: pieceToPaste })),
    turn('reminding of the review', feedback.remind),
    turn('clearing away what is done', createPruning(shared)),
  ];
  /** Nothing waits for it: it replays a year. */
  const suggestion = turn('suggesting a number', feedback.suggestMonthly);
  return async () => {
    for (const each of turns) await each.run();
    wake(suggestion);
  };

  /** What it has to say goes out at once. */
  function turn(what: string, task: () => Promise<void>): SingleFlight {
    return flight(what, async () => {
      await task();
      onSaid();
    });
  }
}
