import { detectors } from './detectors/index.ts';
import type { RuleRate } from './insight/action-rate.ts';
import { fewestForMetrics, type StageFigures, stageFigures } from './insight/stage-metrics.ts';
import type { StayLog } from './insight/stay-log.ts';
import type { PersonRole } from './journey/journey.ts';
import type { JourneyConfig, JourneyMap } from './journey/journey-map.ts';
import type { Suggestion } from './suggestion.ts';
import { dayMs, type EpochMs } from './time.ts';

/** How long after one review the next one is due, and how far a review looks back. */
export const reviewEveryMs = 90 * dayMs;

/** `/journey review`: what the map says and reality does not. */
export type ReviewSummary = {
  at: EpochMs;
  /** When it was last done, and by whom; null: never yet. */
  done: { at: EpochMs; by: string } | null;
  dueAt: EpochMs;
  /** Stages that no journey has entered in the last ninety days, although some had before. */
  unusedStages: MapStage[];
  /** Of the alerts of the last ninety days by the numbers in force, the worst first. */
  rates: (RuleRate & { title: string })[];
  suggestion: Suggestion | null;
  friction: Friction[];
  unconfirmed: Unconfirmed;
};

type MapStage = { map: string; stage: string };

/** The stage of a map where journeys of the last ninety days stayed longest, and that where most were lost; null: too few to say. */
export type Friction = {
  map: string;
  slowest: { stage: string; days: number; n: number } | null;
  leakiest: { stage: string; dropped: number; n: number } | null;
  /** The stage with the most stays of which fewer than half are over: it has no median yet. Not there: there is none. */
  waiting?: { stage: string; n: number };
};

/** What journey.yml expects and nothing has ever borne out. */
export type Unconfirmed = {
  /** Stages that no journey was ever in. */
  stages: MapStage[];
  /** Roles that a stage expects and nobody has; those that are only told by job titles. */
  roles: string[];
  rolesByTitle: string[];
  segments: string[];
  /** Titles of rules that are on and have never found anything. */
  rules: string[];
};

/** How one stage was used. */
export type StageUse = { label: string; ever: boolean; figures: StageFigures };

/** Of one stage: a look through all its stays. */
export function stageUse(log: StayLog, map: JourneyMap, { key, label }: JourneyMap['stages'][number], from: EpochMs): StageUse {
  const recent = [...log.stays(map.key, key, { from, to: Number.POSITIVE_INFINITY })];
  const ever = recent.length > 0 || log.stays(map.key, key).next().done !== true;
  return { label, ever, figures: stageFigures(recent, fewestForMetrics) };
}

export const isUnused = ({ ever, figures }: StageUse): boolean => ever && figures.entered + figures.loops === 0;

export function frictionOf(map: string, stages: readonly StageUse[]): Friction {
  const slowest = stages
    .flatMap(({ label: stage, figures: { median } }) =>
      median.kind === 'known' && median.value !== null ? [{ stage, days: median.value, n: median.n }] : [],
    )
    .sort((a, b) => b.days - a.days)[0];
  const leakiest = stages
    .flatMap(({ label: stage, figures: { conversion, dropped } }) =>
      conversion.kind === 'known' && dropped > 0 ? [{ stage, dropped, n: conversion.n }] : [],
    )
    .sort((a, b) => b.dropped / b.n - a.dropped / a.n)[0];
  const waiting = mostWaiting(stages);
  return { map, slowest: slowest ?? null, leakiest: leakiest ?? null, ...(waiting === null ? {} : { waiting }) };
}

/** The stage with the most stays of which fewer than half are over; null: there is none, or too few to say. */
export function mostWaiting(stages: readonly Pick<StageUse, 'label' | 'figures'>[]): { stage: string; n: number } | null {
  const waiting = stages.flatMap(({ label: stage, figures: { median } }) =>
    median.kind === 'known' && median.value === null ? [{ stage, n: median.n }] : [],
  );
  return waiting.sort((a, b) => b.n - a.n)[0] ?? null;
}

/** Roles that stages expect. */
export const expectedRoles = ({ maps }: Pick<JourneyConfig, 'maps'>): string[] => [
  ...new Set(maps.flatMap((map) => map.stages.flatMap(({ expects }) => expects.roles))),
];

/** `origins`: by role, how anybody was ever found to have it. */
export function unconfirmedRoles(
  config: JourneyConfig,
  origins: ReadonlyMap<string, ReadonlySet<PersonRole['origin']>>,
): Pick<Unconfirmed, 'roles' | 'rolesByTitle'> {
  const labelOf = (role: string): string => config.roles.find(({ key }) => key === role)?.label ?? role;
  const expected = expectedRoles(config);
  return {
    roles: expected.filter((role) => !origins.has(role)).map(labelOf),
    rolesByTitle: expected.filter((role) => origins.get(role)?.size === 1 && origins.get(role)?.has('title')).map(labelOf),
  };
}

/** Segments that no journey that was ever in a stage belongs to. */
export function unconfirmedSegments({ maps, segments }: JourneyConfig, log: StayLog): string[] {
  const missing = new Set(segments.map(({ key }) => key));
  for (const map of maps)
    for (const { key } of map.stages) {
      if (missing.size === 0) return [];
      for (const stay of log.stays(map.key, key)) for (const segment of stay.segments) missing.delete(segment);
    }
  return [...missing];
}

/** `seen`: rules of which there ever was an alert. */
export function silentRules({ maps }: JourneyConfig, seen: readonly string[]): string[] {
  const isOn = (map: JourneyMap, rule: string): boolean =>
    [map, ...map.stages].some(
      ({ rules }) => rules[rule] !== undefined && [rules[rule].base, ...Object.values(rules[rule].segments)].some((settings) => settings !== null),
    );
  return detectors
    .filter(({ name, only }) => !seen.includes(name) && maps.some((map) => (only === undefined || map.for.kind === only) && isOn(map, name)))
    .map(({ title }) => title);
}
