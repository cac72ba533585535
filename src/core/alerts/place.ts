import { detectors } from '../detectors/index.ts';
import { readAmount } from '../detectors/quieter.ts';
import { overridingSegment } from '../detectors/run-detectors.ts';
import type { JourneyMap, RuleSettings, StageDefinition } from '../journey/journey-map.ts';
import type { AlertPlace } from './alert.ts';

type Where = Pick<AlertPlace, 'stage'> & { segments: readonly string[] };

/** A rule's numbers for journeys of these segments in a stage. `segment`: whose own they are; null: everybody else's. `settings` null: it is off. */
export type RuleIn = { stage: StageDefinition | null; segment: string | null; settings: RuleSettings | null };

export function ruleIn(map: JourneyMap, rule: string, where: Where): RuleIn {
  const stage = map.stages.find(({ key }) => key === where.stage) ?? null;
  const resolved = (stage?.rules ?? map.rules)[rule];
  const segment = resolved === undefined ? null : overridingSegment(resolved, where.segments);
  const settings = segment === null ? resolved?.base : resolved?.segments[segment];
  return { stage, segment, settings: settings ?? null };
}

/** The number by which a rule speaks there, as journey.yml writes it; null: it has none. */
export function numberIn(map: JourneyMap, rule: string, where: Where): string | number | null {
  const { stage, settings } = ruleIn(map, rule, where);
  const detector = detectors.find(({ name }) => name === rule);
  return detector === undefined || settings === null ? null : (readAmount(detector, settings.params, stage?.expects.within ?? null)?.text ?? null);
}
