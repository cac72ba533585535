import { type ChangedLimit, changedLimits, teach } from '../detectors/teach.ts';
import { renewed } from '../insight/stages-past.ts';
import type { JourneyConfig } from '../journey/journey-map.ts';
import { type Past, placeOf, type StagePast } from '../journey/past.ts';
import type { EpochMs } from '../time.ts';

/** From when on a config was in force, with what had been learned by then. `changed`: for which journeys its limits are others than before. */
export type Era = { from: EpochMs; config: JourneyConfig; changed: ChangedLimit[] };

/** A journey that was won or lost stayed so long in a stage, known since `at`. `count` −1: it is so no more, the journey was opened again. */
export type Ending = { at: EpochMs; mapKey: string; stage: string; segments: readonly string[]; days: number; won: boolean; count: 1 | -1 };

type Group = { segments: string[]; stays: Map<number, [won: number, lost: number]> };

/** Whether anything in a config depends on what is learned: a past unlike any other would change a limit. */
export function learns(config: JourneyConfig): boolean {
  const groups = [[], ...config.segments.map(({ key }) => [key])].map((segments) => ({
    segments,
    stays: [[unlikely, 10_000, 0] as [number, number, number]],
  }));
  const stages: Past['stages'] = {};
  for (const map of config.maps) for (const { key } of map.stages) stages[placeOf(map.key, key)] = { learnedOn: '1970-01-01', groups };
  return changedLimits(config, teach(config, { version: '', lookedOn: '1970-01-01', config: config.version, stages })).length > 0;
}

/** Working days in a stage that no map says. */
const unlikely = 54_321;

/**
 * The versions of a config that the nights of the past have made of it, as the bot would have learned them: each from what had ended before that night,
 * and from nothing later.
 */
export function erasOf(config: JourneyConfig, endings: readonly Ending[]): Era[] {
  const { calendar } = config;
  const eras: Era[] = [{ from: Number.NEGATIVE_INFINITY, config, changed: [] }];
  const groups = new Map<string, Map<string, Group>>();
  const stages: Past['stages'] = {};
  const nights = Map.groupBy(
    endings.toSorted((a, b) => a.at - b.at),
    ({ at }) => calendar.endOfDay(calendar.dayOf(at)),
  );
  for (const [night, ended] of nights) {
    const day = calendar.dayOf(night);
    let isNew = false;
    for (const place of new Set(ended.map((ending) => count(groups, ending)))) {
      const past = renewed(stages[place], pastOf(groups.get(place), day));
      isNew ||= past !== stages[place];
      stages[place] = past;
    }
    if (!isNew) continue;
    const taught = teach(config, { version: '', lookedOn: day, config: config.version, stages: { ...stages } });
    const changed = changedLimits(eras.at(-1)?.config ?? config, taught);
    if (changed.length > 0) eras.push({ from: night, config: taught, changed });
  }
  return eras;
}

function count(groups: Map<string, Map<string, Group>>, { mapKey, stage, segments, days, won, count: by }: Ending): string {
  const place = placeOf(mapKey, stage);
  const ofPlace = groups.get(place) ?? new Map<string, Group>();
  groups.set(place, ofPlace);
  const name = segments.join(' ');
  const group = ofPlace.get(name) ?? { segments: [...segments], stays: new Map() };
  ofPlace.set(name, group);
  const stay = group.stays.get(days) ?? [0, 0];
  group.stays.set(days, stay);
  stay[won ? 0 : 1] += by;
  return place;
}

function pastOf(groups: Map<string, Group> | undefined, learnedOn: string): StagePast {
  const sorted = [...(groups ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    learnedOn,
    groups: sorted.map(([, { segments, stays }]) => ({
      segments,
      stays: [...stays]
        .filter(([, [won, lost]]) => won + lost > 0)
        .sort(([a], [b]) => a - b)
        .map(([days, [won, lost]]) => [days, won, lost]),
    })),
  };
}
