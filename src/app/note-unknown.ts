import type { Change } from '../core/change.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { isAlive, type PersonRecord } from '../core/journey/record.ts';
import { allJourneys } from './all-journeys.ts';
import type { Clock, Store } from './ports.ts';
import { unknownInJourney, unknownInRecord } from './unknown-values.ts';

type NoteUnknownDependencies = {
  store: Pick<Store, 'travellingAfter' | 'peopleAfter' | 'commit'>;
  config(): JourneyConfig;
  clock: Clock;
  breathe(): Promise<void>;
  /** Ends the work after the slice at hand. */
  stopping?(): boolean;
};

const peopleAtOnce = 200;

/**
 * After a change of journey.yml: notes what it has forgotten the meaning of, on every record that is there, without waiting for a signal. What is noted
 * already stays as it is.
 */
export function createNoteUnknown({ store, config, clock, breathe, stopping = () => false }: NoteUnknownDependencies): () => Promise<void> {
  const note = async (changes: Change[]): Promise<void> => (changes.length === 0 ? undefined : store.commit(changes));
  return async () => {
    const now = clock.now();
    const map = config();
    for await (const slice of allJourneys({ store, breathe, stopping }, map, now)) {
      await note(
        slice.flatMap(({ deal, account, journeys }) => {
          const record = deal ?? account;
          if (record === null || !isAlive(record)) return [];
          return [...unknownInRecord(record, map, now), ...journeys.flatMap((journey) => unknownInJourney(journey, null, now))];
        }),
      );
    }
    for (let after: string | null = null; !stopping(); await breathe()) {
      const people: PersonRecord[] = await store.peopleAfter(after, peopleAtOnce);
      await note(people.filter(isAlive).flatMap((person) => unknownInRecord(person, map, now)));
      if (people.length < peopleAtOnce) break;
      after = people.at(-1)?.id ?? null;
    }
  };
}
