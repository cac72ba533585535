import type { Dialect } from '../query.ts';
import { defineAlerts } from './alerts.ts';
import { defineAlias } from './alias.ts';
import { defineCardAccounts } from './card-accounts.ts';
import { defineCards } from './cards.ts';
import { defineDigestJourneys } from './digest-journeys.ts';
import { defineErase } from './erase.ts';
import { defineInbox } from './inbox.ts';
import { defineJourneys } from './journeys.ts';
import { defineMemory } from './memory.ts';
import { defineNeighbourhood } from './neighbourhood.ts';
import { defineOutbox } from './outbox.ts';
import { defineOwned } from './owned.ts';
import { definePictures } from './pictures.ts';
import { defineRecords } from './records.ts';
import { defineReplay } from './replay.ts';
import { defineSaid } from './said.ts';
import { defineSearch } from './search.ts';
import { defineSignals } from './signals.ts';
import { defineSubscriptions } from './subscriptions.ts';
import { defineTravels } from './travels.ts';
import { defineUnknowns } from './unknowns.ts';

export type Intentions = ReturnType<typeof defineIntentions>;

/** Everything that can be asked of a store, prepared once for one database. */
export function defineIntentions(dialect: Dialect) {
  const alerts = defineAlerts(dialect);
  const cards = defineCards(dialect);
  const journeys = defineJourneys(dialect);
  const memory = defineMemory(dialect);
  const records = defineRecords(dialect);
  const outbox = defineOutbox(dialect);
  const pictures = definePictures(dialect, outbox);
  const signals = defineSignals(dialect);
  const unknowns = defineUnknowns(dialect);
  return {
    alerts,
    alias: defineAlias(dialect, records),
    cards,
    cardAccounts: defineCardAccounts(dialect),
    digestJourneys: defineDigestJourneys(dialect),
    erase: defineErase(dialect, { records, signals, outbox, pictures, unknowns }),
    inbox: defineInbox(dialect),
    journeys,
    memory,
    neighbourhood: defineNeighbourhood(dialect, { alerts, cards, journeys }),
    outbox,
    pictures,
    owned: defineOwned(dialect),
    records,
    replay: defineReplay(dialect),
    said: defineSaid(dialect),
    search: defineSearch(dialect),
    signals,
    subscriptions: defineSubscriptions(dialect),
    travels: defineTravels(dialect),
    unknowns,
  };
}
