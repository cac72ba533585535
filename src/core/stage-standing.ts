import type { StageVisit } from './journey/journey.ts';
import type { JourneyMap } from './journey/journey-map.ts';

/**
 * Where a stage of the map stands for a journey, whoever asks (its track, its path, its picture):
 * - `reached`: it was there.
 * - `skipped`: it was beyond, and before; whether it was jumped over or only not observed, nobody can tell.
 * - `unseen`: before the first stage that was observed: the journey was there before anybody looked, or never.
 * - `ahead`: still to come.
 */
export type StageStanding = 'reached' | 'skipped' | 'unseen' | 'ahead';

/** One for each stage of the map, in its order. */
export function stageStandings(visits: readonly StageVisit[], { stages }: Pick<JourneyMap, 'stages'>): StageStanding[] {
  const visited = visits.map(({ stage }) => stages.findIndex(({ key }) => key === stage)).filter((index) => index >= 0);
  const first = visited[0] ?? stages.length;
  const furthest = Math.max(-1, ...visited);
  return stages.map((_stage, index) => {
    if (visited.includes(index)) return 'reached';
    if (index > furthest) return 'ahead';
    return index < first ? 'unseen' : 'skipped';
  });
}

/** What is said of a stage that the journey was not in. */
export const standingInWords: Record<Exclude<StageStanding, 'reached'>, string> = {
  skipped: 'skipped or not observed',
  unseen: 'before we looked',
  ahead: 'ahead',
};
