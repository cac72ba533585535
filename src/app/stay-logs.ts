import { createStayLog, type StayLog } from '../core/insight/stay-log.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { allJourneys } from './all-journeys.ts';
import type { Clock, Store } from './ports.ts';

type StayLogsDependencies = {
  store: Pick<Store, 'travellingAfter'>;
  config(): JourneyConfig;
  clock: Clock;
  breathe(): Promise<void>;
  /** Ends the work after the slice at hand. */
  stopping?(): boolean;
};

/** The stays of all journeys, read off the records once in a while and kept as numbers. */
export type StayLogs = {
  /** The newest one with the map in force; read now where there is none, or where it has few journeys. */
  current(): Promise<StayLog>;
  refresh(): Promise<StayLog>;
};

/** Of fewer one more is seen at once, and all are read in some milliseconds. */
const fewJourneys = 100;

export function createStayLogs({ store, config, clock, breathe, stopping = () => false }: StayLogsDependencies): StayLogs {
  let newest: StayLog | null = null;
  let reading: { version: string; log: Promise<StayLog> } | null = null;
  return {
    async current() {
      return newest?.version === config().version && newest.journeys >= fewJourneys ? newest : refresh();
    },
    refresh,
  };

  /** Those who ask while it is being read get the same. */
  function refresh(): Promise<StayLog> {
    const read = config();
    if (reading?.version === read.version) return reading.log;
    const under = { version: read.version, log: readAll(read) };
    reading = under;
    return under.log.finally(() => {
      if (reading === under) reading = null;
    });
  }

  async function readAll(read: JourneyConfig): Promise<StayLog> {
    const log = createStayLog({ at: clock.now(), version: read.version, calendar: read.calendar });
    const maps = new Map(read.maps.map((map) => [map.key, map]));
    for await (const slice of allJourneys({ store, breathe, stopping }, read, clock.now())) {
      for (const journey of slice.flatMap(({ journeys }) => journeys)) {
        const map = maps.get(journey.mapKey);
        if (map !== undefined) log.add(journey, map);
      }
    }
    if (!stopping()) newest = log;
    return log;
  }
}
