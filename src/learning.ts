import { createLearn } from './app/learn.ts';
import type { Clock, Logger, Store } from './app/ports.ts';
import { createStayLogs, type StayLogs } from './app/stay-logs.ts';
import type { JourneyConfig } from './core/journey/journey-map.ts';
import type { Past } from './core/journey/past.ts';
import { type Flights, wake } from './flights.ts';
import { giveBackMemory } from './give-back-memory.ts';

type LearningDependencies = {
  store: Store;
  config(): JourneyConfig;
  clock: Clock;
  logger: Logger;
  flights: Flights;
  breathe(): Promise<void>;
  onLearned(past: Past): void;
  /** Journeys may be due. */
  onDue(): void;
};

export type Learning = {
  stayLogs: StayLogs;
  /** Learns beside everything else, where it is time to. */
  look(): void;
  /** Of so many journeys that were settling so many are left: after much new history, however many goes it takes to settle, nobody waits for the night. */
  settled(before: number, left: number): void;
};

const muchHistory = 20;

/** What the past says, kept up to date: once a night, and after an import. */
export function createLearning({ flights, onDue, ...shared }: LearningDependencies): Learning {
  const { flight, stopped: stopping } = flights;
  const stayLogs = createStayLogs({ ...shared, stopping });
  const learn = createLearn({ ...shared, stayLogs, stopping });
  /** That have settled since none was settling. */
  let journeys = 0;
  const run = flight('learning from the past', async () => {
    if (await learn.due()) giveBackMemory();
    onDue();
  });
  return {
    stayLogs,
    look: () => wake(run),
    settled(before, left) {
      journeys += Math.max(0, before - left);
      if (left > 0) return;
      const isMuch = journeys >= muchHistory;
      journeys = 0;
      if (!isMuch) return;
      learn.again();
      wake(run);
    },
  };
}
