import { accountJourneys, dealJourney } from '../core/journey/assemble-journey.ts';
import type { Journey } from '../core/journey/journey.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { EpochMs } from '../core/time.ts';
import type { Store, Travelling } from './ports.ts';

type AllJourneysDependencies = {
  store: Pick<Store, 'travellingAfter'>;
  breathe(): Promise<void>;
  /** Ends it after the slice at hand. */
  stopping(): boolean;
};

/** About three milliseconds' work. */
const recordsAtOnce = 50;

/** Every deal, then every account, each with its journeys without their people, in slices: where they have been does not depend on who is on the committee. */
export async function* allJourneys(
  { store, breathe, stopping }: AllJourneysDependencies,
  config: JourneyConfig,
  now: EpochMs,
): AsyncGenerator<(Travelling & { journeys: Journey[] })[]> {
  // A deal that is won begins stages of its account: deals come first.
  const wonAt = new Map<string, EpochMs[]>();
  const journeysOf = ({ id, deal, account }: Travelling): Journey[] => {
    if (deal === null) return accountJourneys({ account, people: [], wonAt: wonAt.get(id) ?? [] }, config, now);
    const journey = dealJourney(deal, { account, people: [] }, config);
    if (account !== null && journey?.outcome.state === 'won') wonAt.set(account.id, [...(wonAt.get(account.id) ?? []), journey.outcome.at]);
    return journey === null ? [] : [journey];
  };
  for (const kind of ['deal', 'account'] as const) {
    for (let after: string | null = null; !stopping(); await breathe()) {
      const slice: Travelling[] = await store.travellingAfter(kind, after, recordsAtOnce);
      yield slice.map((each) => ({ ...each, journeys: journeysOf(each) }));
      if (slice.length < recordsAtOnce) break;
      after = slice.at(-1)?.id ?? null;
    }
  }
}
