import { createIngest, type IngestDependencies } from './app/ingest.ts';
import type { SingleFlight } from './app/single-flight.ts';
import type { Source } from './core/journey/signal.ts';
import { type Flights, wake } from './flights.ts';

export type IntakeDependencies = Omit<IngestDependencies, 'source' | 'stopping'> & {
  /** What can be in the inbox. */
  sources: readonly IngestDependencies['source'][];
  flights: Pick<Flights, 'flight' | 'after' | 'stopped'>;
};

/** What has come in is taken in, each source by itself. */
export type Intake = {
  runs: readonly SingleFlight[];
  /** Something new is in a source's inbox. */
  accepted(source: Source): void;
  /** Resolves when what is in a source's inbox is processed. */
  drained(source: Source): Promise<void>;
};

/** Bodies that a CRM's outage put off, and dead letters put back by a command, are looked for this often. */
const lookAgainMs = 5_000;

export function createIntake({ sources, flights: { flight, after, stopped }, ...shared }: IntakeDependencies): Intake {
  const runs = new Map<Source, SingleFlight>(sources.map((source) => [source.source, takingIn(source)]));
  return {
    runs: [...runs.values()],
    accepted(source) {
      const run = runs.get(source);
      if (run !== undefined) wake(run);
    },
    drained: async (source) => runs.get(source)?.run(),
  };

  function takingIn(source: IngestDependencies['source']): SingleFlight {
    const ingest = createIngest({ ...shared, source, stopping: stopped });
    const run: SingleFlight = flight(`taking in ${source.source}`, async () => {
      await ingest();
      after(`inbox ${source.source}`, lookAgainMs, () => wake(run));
    });
    return run;
  }
}
