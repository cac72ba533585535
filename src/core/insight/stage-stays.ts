import type { Calendar } from '../calendar.ts';
import type { Journey } from '../journey/journey.ts';
import type { JourneyMap } from '../journey/journey-map.ts';
import type { EpochMs } from '../time.ts';

/** Time in one stage without leaving it, however many of the CRM's stages the map folds into it. */
export type StageStay = {
  stage: string;
  enteredAt: EpochMs;
  /**
   * In working days. Of a stay that ended: within how many it was left, so that a begun day counts. Of one that goes on, or was lost from sight:
   * how many it lasted at least.
   */
  days: number;
  /** The stage was left, or the journey won or lost in it. Not so where the journey still is there, or was deleted. */
  ended: boolean;
  /** The journey's first stay in this stage; the others are loops. */
  first: boolean;
  /** The journey's longest in this stage. Each stage has one. */
  longest: boolean;
  fate: Fate;
  won: boolean;
  /** The journey was won or lost. */
  closed: boolean;
};

/**
 * What became of a journey that came into a stage. Moved on: it reached a later stage, or was won. Dropped: it did not, and was lost or deleted.
 * Open: it still may.
 */
export const fates = ['open', 'moved-on', 'dropped'] as const;
export type Fate = (typeof fates)[number];

/** More would say nothing more: about 250 years. */
const longestDays = 65_535;

/** The stays of a journey in the stages of its map, oldest first, as they are at `now`. */
export function stageStays(journey: Journey, map: JourneyMap, calendar: Calendar, now: EpochMs): StageStay[] {
  const order = new Map(map.stages.map(({ key }, index) => [key, index]));
  const { state } = journey.outcome;
  const endedAt = journey.outcome.state === 'open' ? now : journey.outcome.at;
  const stays: StageStay[] = [];
  const longest = new Map<string, StageStay>();
  let furthest = -1;
  // From the newest: what came after a stay says what became of it.
  for (const { stage, enteredAt, leftAt } of foldedVisits(journey).reverse()) {
    const place = order.get(stage);
    if (place === undefined) continue;
    const until = Math.max(enteredAt, leftAt ?? endedAt);
    const ended = leftAt !== null || state === 'won' || state === 'lost';
    const whole = calendar.workingDaysBetween(enteredAt, until);
    const stay: StageStay = {
      stage,
      enteredAt,
      days: Math.min(longestDays, ended ? whole + 1 : whole),
      ended,
      first: false,
      longest: false,
      fate: state === 'won' || furthest > place ? 'moved-on' : state === 'open' ? 'open' : 'dropped',
      won: state === 'won',
      closed: state === 'won' || state === 'lost',
    };
    furthest = Math.max(furthest, place);
    stays.unshift(stay);
    if (stay.days >= (longest.get(stage)?.days ?? 0)) longest.set(stage, stay);
  }
  for (const stay of longest.values()) stay.longest = true;
  const seen = new Set<string>();
  for (const stay of stays) {
    stay.first = !seen.has(stay.stage);
    seen.add(stay.stage);
  }
  return stays;
}

type Folded = { stage: string; enteredAt: EpochMs; leftAt: EpochMs | null };

/** Visits that follow each other at once in the same stage are one. Between two that do not, the journey was won or lost, and came back. */
function foldedVisits({ visits }: Journey): Folded[] {
  const folded: Folded[] = [];
  let before: string | null = null;
  for (const { stage, enteredAt, leftAt } of visits) {
    const last = folded.at(-1);
    if (stage !== null && stage === before && last?.leftAt === enteredAt) last.leftAt = leftAt;
    else if (stage !== null) folded.push({ stage, enteredAt, leftAt });
    before = stage;
  }
  return folded;
}
