import type { Answer, DetectContext, Detector, Finding } from '../../../src/core/detectors/detector.ts';
import type { Journey } from '../../../src/core/journey/journey.ts';
import type { EpochMs } from '../../../src/core/time.ts';
import { aMap, at, officeHours, someRoles } from '../builders.ts';

/** Parameters as journey.yml writes them; `map` and the rest where they matter. */
type Question = { now: string | EpochMs; params?: Record<string, unknown> } & Partial<Omit<DetectContext, 'now' | 'stage'>>;

/** What the rule says of the journey, with its own defaults for what is not given. */
export function ask(detector: Detector, journey: Journey, question: Question): Answer {
  return detector.detect(journey, detector.params.parse(question.params ?? {}), contextOf(journey, question));
}

export const subjectsOf = ({ findings }: Answer): string[] => findings.map(({ subject }) => subject);

/** The only finding there is, stamped as `runDetectors` does it. */
export function onlyFinding(detector: Detector, journey: Journey, question: Question): Finding {
  const { findings } = ask(detector, journey, question);
  const [finding] = findings;
  if (finding === undefined || findings.length > 1) throw new Error(`expected one finding, got ${findings.length}`);
  return { rule: detector.name, severity: detector.severity, ...finding };
}

/** What the rule says has ended a finding of `before`, now that the journey is `after`. */
export function clearedBy(detector: Detector, before: Journey, after: Journey, question: Question): string {
  const finding = onlyFinding(detector, before, question);
  if (subjectsOf(ask(detector, after, question)).includes(finding.subject)) throw new Error(`${finding.subject} is still found`);
  return detector.cleared(finding, after, contextOf(after, question), detector.params.parse(question.params ?? {}));
}

export function contextOf(journey: Journey, { now, map = aMap(), roles = someRoles, calendar = officeHours }: Question): DetectContext {
  const key = journey.visits.at(-1)?.stage ?? null;
  return { map, roles, calendar, stage: map.stages.find((stage) => stage.key === key) ?? null, now: typeof now === 'number' ? now : at(now) };
}
