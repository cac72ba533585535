import { createStayLog, type StayLog } from '../core/insight/stay-log.ts';
import { accountJourneys, dealJourney } from '../core/journey/assemble-journey.ts';
import type { Journey } from '../core/journey/journey.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { EpochMs } from '../core/time.ts';
import type { Clock, Store, Travelling } from './ports.ts';

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
  /** The newest one with the map in force; read now where there is none. */
  current(): Promise<StayLog>;
  refresh(): Promise<StayLog>;
};

/** About three milliseconds' work. */
const recordsAtOnce = 50;

export function createStayLogs({ store, config, clock, breathe, stopping = () => false }: StayLogsDependencies): StayLogs {
  let newest: StayLog | null = null;
  let reading: { version: string; log: Promise<StayLog> } | null = null;
  return {
    async current() {
      return newest?.version === config().version ? newest : refresh();
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
    // A deal that is won begins stages of its account: deals come first.
    const wonAt = new Map<string, EpochMs[]>();
    for (const kind of ['deal', 'account'] as const) {
      for (let after: string | null = null; !stopping(); await breathe()) {
        const slice: Travelling[] = await store.travellingAfter(kind, after, recordsAtOnce);
        for (const journey of slice.flatMap((each) => journeysOf(each, { config: read, wonAt, now: clock.now() }))) {
          const { account, outcome } = journey;
          if (kind === 'deal' && account !== null && outcome.state === 'won') wonAt.set(account.id, [...(wonAt.get(account.id) ?? []), outcome.at]);
          const map = maps.get(journey.mapKey);
          if (map !== undefined) log.add(journey, map);
        }
        if (slice.length < recordsAtOnce) break;
        after = slice.at(-1)?.id ?? null;
      }
    }
    if (!stopping()) newest = log;
    return log;
  }
}

type Reading = { config: JourneyConfig; wonAt: ReadonlyMap<string, EpochMs[]>; now: EpochMs };

/** Where they have been does not depend on who is on the committee. */
function journeysOf({ id, deal, account }: Travelling, { config, wonAt, now }: Reading): Journey[] {
  if (deal === null) return accountJourneys({ account, people: [], wonAt: wonAt.get(id) ?? [] }, config, now);
  const journey = dealJourney(deal, { account, people: [] }, config);
  return journey === null ? [] : [journey];
}
