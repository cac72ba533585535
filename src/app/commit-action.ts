import type { Alert } from '../core/alerts/alert.ts';
import type { Change } from '../core/change.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { JourneyRow } from '../core/journey/journey-row.ts';
import { evaluateJourney, retireJourney, type Setting } from './evaluate.ts';
import type { Clock, JourneyState, Neighbourhood, Store } from './ports.ts';
import { refsOfRow } from './refs-of.ts';
import { createWorkingSet } from './working-set.ts';

type CommitActionDependencies = { store: Store; config(): JourneyConfig; clock: Clock; newId(): string };

/** What somebody did to alerts of a journey: the alerts as they are after it, and what else is to be written. */
export type Action = { acted: Alert[]; more: Change[] };

/**
 * Evaluates the journey with the alerts as they are after an action, and commits all that follows together. `state` is what the action was
 * decided on. @throws ConflictError when it is no longer so: read it again and decide again.
 */
export function createCommitAction({
  store,
  config,
  clock,
  newId,
}: CommitActionDependencies): (state: JourneyState, action: Action) => Promise<void> {
  return async ({ row, alerts, cards }, { acted, more }) => {
    const puts = acted.map((alert): Change => ({ kind: 'alert.put', alert }));
    // A feed has no row, and is looked at again right away.
    if (row === null) return store.commit([...puts, ...more]);
    const setting: Setting = { config: config(), feeds: await store.feeds(), now: clock.now(), newId };
    const around = await store.loadNeighbourhood(refsOfRow(row));
    const byId = new Map(acted.map((alert) => [alert.id, alert]));
    const after: Neighbourhood = {
      ...around,
      journeys: new Map(around.journeys).set(row.id, row),
      alerts: new Map(around.alerts).set(
        row.id,
        alerts.map((alert) => byId.get(alert.id) ?? alert),
      ),
      cards: new Map(around.cards).set(row.id, cards),
    };
    const working = createWorkingSet(after, setting.now);
    const journey = working.journey(row.id, setting.config);
    const follows =
      journey === null
        ? await retireJourney(row.id, working.fateOf(row.id), store, setting)
        : evaluateJourney(journey, after, row.settlingSince !== null, setting);
    await store.commit([...puts, ...follows, ...more, ...lock(follows, row)]);
  };
}

/** The journey's row is always written with an action: two people's clicks at once conflict, and the second one looks again. */
const lock = (follows: Change[], row: JourneyRow): Change[] =>
  follows.some((change) => change.kind === 'journey.put') ? [] : [{ kind: 'journey.put', row }];
