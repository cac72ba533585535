import type { Dialect } from '../query.ts';
import { defineAlerts } from './alerts.ts';
import { defineAlias } from './alias.ts';
import { defineCards } from './cards.ts';
import { defineDigestFacts } from './digest-facts.ts';
import { defineErase } from './erase.ts';
import { defineInbox } from './inbox.ts';
import { defineJourneys } from './journeys.ts';
import { defineMemory } from './memory.ts';
import { defineNeighbourhood } from './neighbourhood.ts';
import { defineOutbox } from './outbox.ts';
import { defineRecords } from './records.ts';
import { defineReplay } from './replay.ts';
import { defineSaid } from './said.ts';
import { defineSearch } from './search.ts';
import { defineSignals } from './signals.ts';
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
  const signals = defineSignals(dialect);
  return {
    alerts,
    alias: defineAlias(dialect, records),
    cards,
    digestFacts: defineDigestFacts(dialect),
    erase: defineErase(dialect, { records, signals, outbox }),
    inbox: defineInbox(dialect),
    journeys,
    memory,
    neighbourhood: defineNeighbourhood(dialect, { alerts, cards, journeys, memory }),
    outbox,
    records,
    replay: defineReplay(dialect),
    said: defineSaid(dialect),
    search: defineSearch(dialect),
    signals,
    travels: defineTravels(dialect),
    unknowns: defineUnknowns(dialect),
  };
}
