import type { IsoDay } from '../time.ts';

/**
 * What the team's own past says of the stages of its maps, as it was learned once. Of each stage, and of each combination of segments in it: for how
 * long journeys that have ended stayed there at most at a time, and how many of them were won. Plain JSON.
 */
export type Past = {
  /** Of what was learned: it changes when that does. */
  version: string;
  /** When the journeys were last looked through. */
  lookedOn: IsoDay;
  /** The version of the config whose maps it was read off. */
  config: string;
  /** By map and stage: see `placeOf`. */
  stages: Record<string, StagePast>;
};

/** As it was learned on a day: see `renewed`. */
export type StagePast = { learnedOn: IsoDay; groups: { segments: string[]; stays: Stays }[] };

/** Within how many working days (a begun one counts), ascending, and how many journeys were won, and lost. */
export type Stays = [days: number, won: number, lost: number][];

/** What a rule learns of the journeys that its numbers are for: those of one stage, and of the segments it has no other numbers for. */
export type Lesson = { travellers: 'deals' | 'accounts'; stageLabel: string; learnedOn: IsoDay; stays: Stays };

// Keys of maps and stages hold no blank.
export const placeOf = (mapKey: string, stage: string): string => `${mapKey} ${stage}`;

/** Of the journeys that were won: how many there are, and within how many working days `percent` of them had left. */
export function wonWithin({ stays }: Lesson, percent: number): { won: number; days: number } {
  const won = stays.reduce((sum, [, count]) => sum + count, 0);
  let left = 0;
  for (const [days, count] of stays) {
    left += count;
    if (left * 100 >= won * percent) return { won, days };
  }
  return { won, days: 0 };
}

/** Of the journeys that stayed longer than so many working days: how many there are, and how many of them were won in the end. */
export function wonAfter(stays: Stays, days: number): { ended: number; won: number } {
  let [ended, won] = [0, 0];
  for (const [within, wins, losses] of stays) {
    if (within <= days) continue;
    won += wins;
    ended += wins + losses;
  }
  return { ended, won };
}

/** Stays of several groups as those of one. */
export function joinStays(groups: readonly Stays[]): Stays {
  const byDays = new Map<number, [won: number, lost: number]>();
  for (const [days, won, lost] of groups.flat()) {
    const [wins, losses] = byDays.get(days) ?? [0, 0];
    byDays.set(days, [wins + won, losses + lost]);
  }
  return [...byDays].sort(([a], [b]) => a - b).map(([days, [won, lost]]) => [days, won, lost]);
}
