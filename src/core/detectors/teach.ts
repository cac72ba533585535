import type { JourneyConfig, JourneyMap, ResolvedRule, RuleSettings, StageDefinition } from '../journey/journey-map.ts';
import { joinStays, type Lesson, type Past, placeOf } from '../journey/past.ts';
import type { Detector } from './detector.ts';
import { detectors } from './index.ts';
import { overridingSegment } from './run-detectors.ts';

/**
 * The config with what the past says put into the parameters of the rules that learn. Each of a rule's settings learns from the journeys that it is for:
 * a segment with numbers of its own from its own, the rest from the rest.
 */
export function teach(config: JourneyConfig, past: Past | null): JourneyConfig {
  if (past === null) return config;
  return { ...config, maps: config.maps.map((map) => ({ ...map, stages: map.stages.map((stage) => taughtStage(map, stage, past)) })) };
}

function taughtStage(map: JourneyMap, stage: StageDefinition, { lookedOn, stages }: Past): StageDefinition {
  const past = stages[placeOf(map.key, stage.key)] ?? { learnedOn: lookedOn, groups: [] };
  const rules = { ...stage.rules };
  for (const { name, learn } of detectors) {
    const rule = rules[name];
    if (learn !== undefined && rule !== undefined) rules[name] = taughtRule(rule, learn, (segment) => lessonOf(rule, segment));
  }
  return { ...stage, rules };

  function lessonOf(rule: ResolvedRule, segment: string | null): Lesson {
    const own = past.groups.filter(({ segments }) => overridingSegment(rule, segments) === segment);
    return { travellers: map.for.kind, stageLabel: stage.label, learnedOn: past.learnedOn, stays: joinStays(own.map(({ stays }) => stays)) };
  }
}

function taughtRule({ base, segments }: ResolvedRule, learn: NonNullable<Detector['learn']>, lessonOf: (segment: string | null) => Lesson) {
  const taught = (settings: RuleSettings | null, segment: string | null): RuleSettings | null =>
    settings === null ? null : { ...settings, params: learn(settings.params, lessonOf(segment)) };
  return {
    base: taught(base, null),
    segments: Object.fromEntries(Object.entries(segments).map(([segment, settings]) => [segment, taught(settings, segment)])),
  };
}

/** Where a rule has another limit than before, and for the journeys of which segments. */
export type ChangedLimit = { mapKey: string; stage: string; holdsFor(segments: readonly string[]): boolean };

/** Where what was learned makes a difference: two versions of one config are compared by what they expect, not by what they know. */
export function changedLimits(before: JourneyConfig, after: JourneyConfig): ChangedLimit[] {
  return after.maps.flatMap((map) =>
    map.stages.flatMap((stage) => {
      const former = before.maps.find(({ key }) => key === map.key)?.stages.find(({ key }) => key === stage.key);
      return detectors.flatMap((detector) => {
        const [rule, was] = [stage.rules[detector.name], former?.rules[detector.name]];
        if (detector.learn === undefined || rule === undefined) return [];
        const limitIn = (of: ResolvedRule | undefined, segment: string | null): string => {
          const settings = segment === null ? of?.base : of?.segments[segment];
          return settings == null ? 'off' : JSON.stringify(detector.stageLimit?.(settings.params, null)?.after ?? null);
        };
        const changed = [null, ...Object.keys(rule.segments)].filter((segment) => limitIn(rule, segment) !== limitIn(was, segment));
        if (changed.length === 0) return [];
        return [
          { mapKey: map.key, stage: stage.key, holdsFor: (segments: readonly string[]) => changed.includes(overridingSegment(rule, segments)) },
        ];
      });
    }),
  );
}
