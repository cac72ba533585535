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
  /** So many journeys have settled: with much new history nobody waits for the night. */
  settled(journeys: number): void;
};

const muchHistory = 20;

/** What the past says, kept up to date: once a night, and after an import. */
export function createLearning({ flights, onDue, ...shared }: LearningDependencies): Learning {
  const { flight, stopped: stopping } = flights;
  const stayLogs = createStayLogs({ ...shared, stopping });
  const learn = createLearn({ ...shared, stayLogs, stopping });
  const run = flight('learning from the past', async () => {
    if (await learn.due()) giveBackMemory();
    onDue();
  });
  return {
    stayLogs,
    look: () => wake(run),
    settled(journeys) {
      if (journeys < muchHistory) return;
      learn.again();
      wake(run);
    },
  };
}
