import { createBeginJourneys } from './app/begin-journeys.ts';
import { forgetKnown } from './app/forget-known.ts';
import { createNoteUnknown } from './app/note-unknown.ts';
import type { Clock, Logger, Store } from './app/ports.ts';
import { teach } from './core/detectors/teach.ts';
import type { JourneyConfig } from './core/journey/journey-map.ts';
import type { Past } from './core/journey/past.ts';

type MapInForceDependencies = {
  store: Store;
  first: JourneyConfig;
  /** What was learned before this start. */
  past: Past | null;
  clock: Clock;
  logger: Logger;
  newId(): string;
  breathe(): Promise<void>;
  /** Journeys may be due. */
  onDue(): void;
};

/** The journey map that everybody goes by, with what was learned put in, and what follows for journeys when it is another one. */
export type MapInForce = {
  config(): JourneyConfig;
  /** To be called at the start, and after `replace`. */
  follow(): Promise<void>;
  replace(config: JourneyConfig): void;
  /** The same map, taught anew. */
  learn(past: Past): void;
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>;
};

const followed = 'config-version';

export function createMapInForce({ store, first, past: known, clock, logger, newId, breathe, onDue }: MapInForceDependencies): MapInForce {
  let written = first;
  let past = known;
  let config = teach(written, past);
  let stopping = false;
  let beginning: Promise<void> = Promise.resolve();
  const shared = { store, config: () => config, clock, breathe, stopping: () => stopping };
  const beginJourneys = createBeginJourneys({ ...shared, newId });
  const noteUnknown = createNoteUnknown(shared);

  /** Noted only when all is done, so that a stop in the middle starts over at the next start. */
  async function begin(version: string): Promise<void> {
    try {
      const journeys = await beginJourneys();
      await noteUnknown();
      if (stopping || version !== config.version) return;
      await store.commit([{ kind: 'meta.put', key: followed, value: version }]);
      if (journeys === 0) return;
      logger.info({ journeys }, 'a new journey map: journeys that no map took before have begun');
      onDue();
    } catch (error) {
      logger.error({ err: error }, 'journeys that no map took before could not begin; the next start tries again');
    }
  }

  return {
    config: () => config,
    /** A new map can change the answer for every journey, takes some that none took before, and may have forgotten what values mean: those are looked for beside everything else. */
    async follow() {
      const { version } = config;
      if ((await store.meta(followed)) === version) return;
      const journeys = await store.recheckOpen(clock.now());
      if (journeys > 0) logger.info({ journeys }, 'a new journey map: all open journeys are evaluated again');
      await forgetKnown(store, config);
      beginning = beginning.then(() => begin(version));
    },
    replace(loaded) {
      written = loaded;
      config = teach(written, past);
    },
    learn(newest) {
      past = newest;
      config = teach(written, past);
    },
    async stop() {
      stopping = true;
      await beginning;
    },
  };
}
