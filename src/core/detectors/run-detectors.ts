import { currentVisit, type Journey } from '../journey/journey.ts';
import type { JourneyMap, ResolvedRule, RuleSettings } from '../journey/journey-map.ts';
import { type EpochMs, earliest } from '../time.ts';
import { type Answer, type DetectContext, type Detector, type Finding, speaksOf } from './detector.ts';
import { detectors } from './index.ts';

/** What all rules say of a journey now. */
export type Assessment = {
  findings: Finding[];
  /** The earliest instant at which time alone can change any of it; null: never. */
  recheckAt: EpochMs | null;
  /** By rule: the subjects of which nothing can be said; their alerts stay as they are. */
  undecided: Map<string, string[] | 'all'>;
  /** One line a rule, for `/journey why`. */
  rules: RuleLine[];
};

/** `undecided`: some or all of its subjects cannot be judged, and none is found. `explain`: its parameters in words; its summary when off. */
export type RuleLine = { rule: string; state: 'off' | 'clear' | 'found' | 'undecided'; explain: string; recheckAt: EpochMs | null };

/** A rule's settings for one journey; null: switched off. */
export type SettingsOf = (rule: string) => RuleSettings | null;

/** Runs every rule that is on, with the settings of the journey's stage and segments, and stamps rule and severity on what it finds. */
export function runDetectors(
  journey: Journey,
  base: Omit<DetectContext, 'stage'>,
  settingsOf: SettingsOf = settingsFor(journey, base.map),
): Assessment {
  const context: DetectContext = { ...base, stage: stageOf(journey, base.map) };
  const assessment: Assessment = { findings: [], recheckAt: null, undecided: new Map(), rules: [] };
  for (const detector of inTurn) {
    const settings = speaksOf(detector, journey) ? settingsOf(detector.name) : null;
    if (settings === null) {
      assessment.rules.push({ rule: detector.name, state: 'off', explain: whyOff(detector, journey, context), recheckAt: null });
      continue;
    }
    const answer = unlessTroubled(detector, detector.detect(journey, settings.params, context), assessment);
    for (const finding of answer.findings) assessment.findings.push({ rule: detector.name, severity: settings.severity, ...finding });
    if (answer.undecided !== undefined) assessment.undecided.set(detector.name, answer.undecided);
    assessment.recheckAt = earliest(assessment.recheckAt, answer.recheckAt);
    assessment.rules.push(lineOf(detector, settings, answer));
  }
  return assessment;
}

/** Good news comes last: it depends on what else there is. */
const inTurn = [...detectors.filter(({ goodNews }) => goodNews === undefined), ...detectors.filter(({ goodNews }) => goodNews)];

const unlessTroubled = ({ goodNews }: Detector, answer: Answer, { findings }: Assessment): Answer =>
  goodNews && findings.some(({ severity }) => severity !== 'info') ? { ...answer, findings: [] } : answer;

function whyOff({ name, summary, ...detector }: Detector, journey: Journey, { map, stage }: DetectContext): string {
  if (!speaksOf(detector, journey)) return `it is about customers, and this is a deal · ${summary}`;
  const rule = (stage?.rules ?? map.rules)[name];
  const segment = rule === undefined ? null : overridingSegment(rule, journey.segments);
  const where =
    segment !== null
      ? `for the segment ${segment}`
      : stage !== null && map.rules[name]?.base !== null
        ? `in ${stage.label}`
        : `on the map ${map.label}`;
  return `switched off ${where} · ${summary}`;
}

/** The rules of its stage, or the map's own where the map does not know the stage; the first of the journey's segments that overrides one wins. */
export function settingsFor(journey: Journey, map: JourneyMap): SettingsOf {
  const rules: Record<string, ResolvedRule> = stageOf(journey, map)?.rules ?? map.rules;
  return (name) => {
    const rule = rules[name];
    if (rule === undefined) return null;
    const segment = overridingSegment(rule, journey.segments);
    return segment === null ? rule.base : (rule.segments[segment] ?? null);
  };
}

/** The segment whose numbers a rule takes for a journey of these; null: it has none of their own. */
export const overridingSegment = (rule: ResolvedRule, segments: readonly string[]): string | null =>
  segments.find((key) => Object.hasOwn(rule.segments, key)) ?? null;

function stageOf(journey: Journey, map: JourneyMap): DetectContext['stage'] {
  const key = currentVisit(journey)?.stage ?? null;
  return key === null ? null : (map.stages.find((stage) => stage.key === key) ?? null);
}

function lineOf(detector: Detector, settings: RuleSettings, { findings, undecided, recheckAt }: Answer): RuleLine {
  const state = findings.length > 0 ? 'found' : undecided !== undefined ? 'undecided' : 'clear';
  return { rule: detector.name, state, explain: inWords(detector, settings), recheckAt };
}

/** Said once a config: settings are asked about at every evaluation, and their words at hardly any. */
const words = new WeakMap<RuleSettings, string>();

function inWords({ explain }: Detector, settings: RuleSettings): string {
  const said = words.get(settings) ?? explain(settings.params);
  words.set(settings, said);
  return said;
}
