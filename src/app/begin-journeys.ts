import type { Change } from '../core/change.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { ConflictError } from './errors.ts';
import { evaluateJourney, type Setting } from './evaluate.ts';
import type { Clock, Store } from './ports.ts';
import { createWorkingSet } from './working-set.ts';

type BeginJourneysDependencies = {
  store: Store;
  config(): JourneyConfig;
  clock: Clock;
  newId(): string;
  breathe(): Promise<void>;
  /** Ends the work after the slice at hand. */
  stopping?(): boolean;
};

/** A few milliseconds' work. */
const recordsAtOnce = 20;
const triesOnConflict = 5;

/**
 * After a change of journey.yml: deals and accounts that no map took until now begin their journeys, without waiting for a signal. What comes to
 * light that way is history: much of it is told in one summary. Goes through all that is known, in slices; returns how many journeys have begun.
 */
export function createBeginJourneys({
  store,
  config,
  clock,
  newId,
  breathe,
  stopping = () => false,
}: BeginJourneysDependencies): () => Promise<number> {
  return async () => {
    let journeys = 0;
    for (const kind of ['deal', 'account'] as const) {
      for (let after: string | null = null; !stopping(); await breathe()) {
        const names = await store.namesAfter(kind, after, recordsAtOnce);
        journeys += await begin(names.map(({ id }) => ({ kind, id })));
        if (names.length < recordsAtOnce) break;
        after = names.at(-1)?.id ?? null;
      }
    }
    return journeys;
  };

  async function begin(refs: Parameters<Store['loadNeighbourhood']>[0]): Promise<number> {
    for (let tries = 1; ; tries++) {
      try {
        return await beginOnce(refs);
      } catch (error) {
        // A signal has just begun one of them.
        if (!(error instanceof ConflictError) || tries >= triesOnConflict) throw error;
      }
    }
  }

  async function beginOnce(refs: Parameters<Store['loadNeighbourhood']>[0]): Promise<number> {
    const setting: Setting = { config: config(), feeds: await store.feeds(), now: clock.now(), newId };
    const around = await store.loadNeighbourhood(refs);
    const fresh = createWorkingSet(around, setting.now)
      .journeys(setting.config)
      .filter(({ id }) => !around.journeys.has(id));
    const changes = fresh.flatMap((journey): Change[] => evaluateJourney(journey, around, true, setting));
    if (changes.length > 0) await store.commit(changes);
    return changes.length === 0 ? 0 : fresh.length;
  }
}
