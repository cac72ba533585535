import type { Alert } from '../core/alerts/alert.ts';
import type { Mute } from '../core/change.ts';
import { currentVisit, hasBegun, type Journey } from '../core/journey/journey.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { Match } from '../core/summary.ts';
import type { Clock, Neighbourhood, Store } from './ports.ts';
import { createWorkingSet } from './working-set.ts';

type Dependencies = { store: Pick<Store, 'loadNeighbourhood'>; config(): JourneyConfig; clock: Clock };

/** Journeys with all that is known around them, for answers. */
export type JourneysAround = {
  /** The journey that a match means: a deal's own; an account's the one with most to say. */
  load(match: Pick<Match, 'kind' | 'id'>): Promise<{ journey: Journey; around: Neighbourhood } | null>;
  /** Those that have begun, the most important first. */
  journeysOf(around: Neighbourhood): Journey[];
  activeMute(around: Neighbourhood, accountId: string): Mute | null;
};

export function createJourneysAround({ store, config, clock }: Dependencies): JourneysAround {
  return {
    async load({ kind, id }) {
      const around = await store.loadNeighbourhood([{ kind, id }]);
      const wanted = around.aliases.get(`${kind}:${id}`) ?? id;
      const journey = journeysOf(around).find((candidate) => (kind === 'deal' ? candidate.deal?.id : candidate.account?.id) === wanted);
      return journey === undefined ? null : { journey, around };
    },
    journeysOf,
    activeMute(around, accountId) {
      const mute = around.mutes.get(accountId);
      return mute === undefined || (mute.until !== null && mute.until <= clock.now()) ? null : mute;
    },
  };

  function journeysOf(around: Neighbourhood): Journey[] {
    return createWorkingSet(around, clock.now()).journeys(config()).filter(hasBegun).sort(byImportance(around));
  }
}

export const isLive = (alert: Alert): boolean => alert.state !== 'resolved';

export const alertsOf = (around: Neighbourhood, journeyId: string): Alert[] => around.alerts.get(journeyId) ?? [];

/** Open ones first, then those with the most alerts, then the newest. */
const byImportance =
  (around: Neighbourhood) =>
  (a: Journey, b: Journey): number =>
    Number(b.outcome.state === 'open') - Number(a.outcome.state === 'open') ||
    alertsOf(around, b.id).filter(isLive).length - alertsOf(around, a.id).filter(isLive).length ||
    (currentVisit(b)?.enteredAt ?? 0) - (currentVisit(a)?.enteredAt ?? 0);
