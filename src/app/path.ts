import { mapOf } from '../core/alerts/decide.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { journeyPath } from '../core/journey-path.ts';
import type { JourneysAround } from './journeys-around.ts';
import type { Clock } from './ports.ts';
import type { Answers } from './use-cases.ts';

type PathDependencies = { journeys: Pick<JourneysAround, 'load'>; config(): JourneyConfig; clock: Clock };

/** `/journey path`: the real path against the ideal one. */
export function createPath({ journeys, config, clock }: PathDependencies): Pick<Answers, 'pathById'> {
  return {
    async pathById(match) {
      const found = await journeys.load(match);
      return found === null ? null : journeyPath(found.journey, mapOf(found.journey, config()), config(), clock.now());
    },
  };
}
