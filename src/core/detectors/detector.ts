import type { z } from 'zod';
import type { Calendar } from '../calendar.ts';
import type { Duration } from '../duration.ts';
import type { Journey } from '../journey/journey.ts';
import type { JourneyMap, RoleDefinition, Severity, StageDefinition } from '../journey/journey-map.ts';
import type { EpochMs, IsoDay } from '../time.ts';

/**
 * A rule as a value. `detect` says what is true of a journey at `now`, and until when that answer holds if nothing new is heard.
 * A finding therefore never carries a number that grows with time, only instants and limits: readers see "since 3 Nov", not "18 days".
 */
export type Detector<Params = unknown> = {
  name: string;
  /** Over a list of its findings, in digests and summaries: `Stalled`. */
  title: string;
  /** One line for docs and `journey check`. */
  summary: string;
  /** True of rules that speak because nothing was heard; a stale feed inhibits them. */
  silence: boolean;
  /** True of rules about what has happened and cannot be undone: to acknowledge it is to be done with it. */
  endsWhenAcknowledged?: true;
  /** Which list of `/journey` shows it: about time (`stalled`) or about people (`gaps`). */
  list: 'stalled' | 'gaps';
  /** Rules that say nothing new about a journey of which this one speaks. */
  inhibits?: readonly string[];
  /**
   * Of the rule about the time in a stage: how long a journey may stay there, for the track. `current`: of the stage that it is in, and since when; null:
   * of any other. Null where nobody says.
   */
  stageLimit?(params: Params, current: { journey: Journey; enteredAt: EpochMs } | null): StageLimit | null;
  severity: Severity;
  params: z.ZodType<Params>;
  /** Parameters in words, as `journey check` and `/journey why` say them: `in a stage longer than 15 working days`. */
  explain(params: Params): string;
  detect(journey: Journey, params: Params, context: DetectContext): Answer;
  /** What positively ended this finding, for the card: `moved to Negotiation`. Called only when `detect` no longer reports its subject. */
  cleared(finding: Finding, journey: Journey, context: DetectContext): string;
};

/**
 * Keeps the parameter type inside the rule: the list of detectors sees `unknown`, checked by each rule's own schema. Holds for every
 * rule: only an open journey has findings, and its end ends them.
 */
export const defineDetector = <Params>({ stageLimit, ...rule }: Detector<Params>): Detector => ({
  ...rule,
  ...(stageLimit === undefined ? {} : { stageLimit: (params, current) => stageLimit(params as Params, current) }),
  explain: (params) => rule.explain(params as Params),
  detect: (journey, params, context) => (journey.outcome.state === 'open' ? rule.detect(journey, params as Params, context) : nothing),
  cleared: (finding, journey, context) => endOf(journey) ?? rule.cleared(finding, journey, context),
});

export type DetectContext = {
  map: JourneyMap;
  /** The stage the journey is in; null where the map does not know it. */
  stage: StageDefinition | null;
  roles: RoleDefinition[];
  calendar: Calendar;
  now: EpochMs;
};

/** `from`: when it begins to count; null where the journey is not in the stage. */
export type StageLimit = { from: EpochMs | null; after: Duration };

export type Answer = {
  findings: Omit<Finding, 'rule' | 'severity'>[];
  /** The earliest instant after `now` at which time alone can change this answer; null: never. */
  recheckAt: EpochMs | null;
  /** Subjects of which nothing can be said for want of data: their alerts stay as they are. `all`: none can be judged. */
  undecided?: string[] | 'all';
};

export type Finding = {
  rule: string;
  severity: Severity;
  /** What within the journey: a role, a person, a touchpoint, or `journey`. Never a number that moves, nor a label. */
  subject: string;
  /** When the condition's cause happened: the last touchpoint, the stage's entry. A different `since` is a different condition. */
  since: EpochMs;
  /** When the limit was passed. */
  dueAt: EpochMs;
  /** What happened, plain text, no elapsed numbers: `Stalled in Decision`. */
  headline: string;
  /** What was expected: `leaves Decision within 15 working days`. */
  expected: string;
  /** Person ids it is about. */
  people: string[];
  evidence: Evidence[];
  /** One suggested step: `Ask Priya Nair for the decision date`. */
  nextStep: string;
};

/** The values compared. Views format instants in the reader's zone and escape text. */
export type Evidence =
  | { label: string; at: EpochMs }
  | { label: string; day: IsoDay }
  | { label: string; count: number; limit?: number }
  | { label: string; text: string };

export const nothing: Answer = { findings: [], recheckAt: null };

/** For want of data nothing can be said of any subject. */
export const undecided: Answer = { findings: [], recheckAt: null, undecided: 'all' };

function endOf({ kind, outcome }: Journey): string | null {
  switch (outcome.state) {
    case 'open':
      return null;
    case 'won':
    case 'lost':
      return `the ${kind} was ${outcome.state}`;
    case 'deleted':
      return `the ${kind} was deleted in the CRM`;
  }
}
