import type { Journey } from '../journey/journey.ts';
import type { JourneyMap } from '../journey/journey-map.ts';
import type { EpochMs } from '../time.ts';

/** Time in one stage of the map without leaving it, however many of the CRM's stages the map folds into it. */
type Stay = { stage: string | null; enteredAt: EpochMs };

/** Where the journey is now, and since when; null before anything was said of its stage. */
export function currentStay({ visits }: Journey): Stay | null {
  const last = visits.at(-1);
  if (last === undefined) return null;
  let enteredAt = last.enteredAt;
  for (let index = visits.length - 2; index >= 0; index -= 1) {
    const visit = visits[index];
    // A gap between two visits: it was won or lost in between, and has come back.
    if (visit === undefined || visit.stage !== last.stage || visit.leftAt !== enteredAt) break;
    enteredAt = visit.enteredAt;
  }
  return { stage: last.stage, enteredAt };
}

/** A stay in a stage of this map, with its place in the map's order, and whether the journey came from a stage the map does not know. */
export type KnownStay = { stage: string; index: number; enteredAt: EpochMs; afterUnknown: boolean };

/** The stays in stages that the map knows, oldest first. An unknown stage between two of them is no stay, and separates no stay from itself. */
export function knownStays({ visits }: Journey, map: JourneyMap): KnownStay[] {
  const stays: KnownStay[] = [];
  let afterUnknown = false;
  for (const { stage, enteredAt } of visits) {
    const index = stage === null ? -1 : stageIndex(map, stage);
    if (stage === null || index < 0) {
      afterUnknown = true;
      continue;
    }
    if (stays.at(-1)?.stage !== stage) stays.push({ stage, index, enteredAt, afterUnknown });
    afterUnknown = false;
  }
  return stays;
}

/** -1 where the map has no such stage. */
export const stageIndex = (map: JourneyMap, key: string): number => map.stages.findIndex((stage) => stage.key === key);
