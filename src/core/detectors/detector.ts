import type { z } from 'zod';
import type { Calendar } from '../calendar.ts';
import type { Duration } from '../duration.ts';
import type { Journey } from '../journey/journey.ts';
import type { JourneyMap, RoleDefinition, Severity, StageDefinition } from '../journey/journey-map.ts';
import type { Lesson, Stays } from '../journey/past.ts';
import type { EpochMs, IsoDay } from '../time.ts';

export const listNames = ['stalled', 'gaps', 'silent'] as const;
export type ListName = (typeof listNames)[number];

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
  /**
   * Which list of `/journey` shows it, and no other: what does not move as it should (`stalled`), who or what is missing on the way (`gaps`), who was heard from
   * and is not any more (`silent`); good news stands in none of them.
   */
  list: ListName | 'good news';
  /** Of a rule that says nothing of deals. */
  only?: 'accounts';
  /**
   * True of a rule that brings good news: it is said only of a journey on which no other rule finds more than a hint, never repeated, and reads as what it is.
   */
  goodNews?: true;
  /** Rules that say nothing new about a journey of which this one speaks. */
  inhibits?: readonly string[];
  /** Rules that say nothing new about a subject (a role, a person) of which this one speaks. */
  inhibitsSameSubject?: readonly string[];
  /**
   * Of the rule about the time in a stage: how long a journey may stay there, for the track. `current`: of the stage that it is in, and since when; null:
   * of any other. Null where nobody says.
   */
  stageLimit?(params: Params, current: { journey: Journey; enteredAt: EpochMs } | null): StageLimit | null;
  /** Parameters as a nearer place writes them, put on top of those below it; default: each takes the place of its like. */
  layer?(below: Record<string, unknown>, above: Record<string, unknown>): Record<string, unknown>;
  /** Of a rule that learns: its parameters with what the team's own past says put in. They stay as good as they were. */
  learn?(params: Params, lesson: Lesson): Params;
  /** True of rules that clear only by what the customer does: a clear does not tell that somebody here acted on the alert. */
  theyClear?: true;
  /**
   * True of a rule about measurements, which are forgotten in time: what it finds is the same condition until it is found no more, also where it has forgotten
   * the beginning by now and finds a later `since`.
   */
  forgetsSince?: true;
  /**
   * The parameter that says how easily it speaks, and which way it speaks less often. `unset`: what holds where neither the parameter nor the stage's own
   * `within` says anything, of a rule that goes by these.
   */
  quieter?: { parameter: string; way: 'more' | 'less'; unset?: Duration };
  severity: Severity;
  params: z.ZodType<Params>;
  /** Of parameters that make no sense together: why, and which they are, the one to be changed first. A mistake only where one place writes all of them. */
  contradiction?(params: Params): { between: [string, ...string[]]; message: string } | null;
  /** Parameters in words, as `journey check` and `/journey why` say them: `in a stage longer than 15 working days`. */
  explain(params: Params): string;
  detect(journey: Journey, params: Params, context: DetectContext): Answer;
  /** What positively ended this finding, for the card: `moved to Negotiation`. Called only of an open journey, when `detect` no longer reports its subject. */
  cleared(finding: Finding, journey: Journey, context: DetectContext, params: Params): string;
  /** Whether what the finding missed had happened in time, and was only told late. Asked together with `cleared`. */
  wasInTime?(finding: Finding, journey: Journey, params: Params): boolean;
};

/**
 * Keeps the parameter type inside the rule: the list of detectors sees `unknown`, checked by each rule's own schema. Holds for every
 * rule: only an open journey has findings.
 */
export const defineDetector = <Params>({ stageLimit, learn, contradiction, wasInTime, ...rule }: Detector<Params>): Detector => ({
  ...rule,
  ...(stageLimit === undefined ? {} : { stageLimit: (params, current) => stageLimit(params as Params, current) }),
  ...(learn === undefined ? {} : { learn: (params, lesson) => learn(params as Params, lesson) }),
  ...(wasInTime === undefined ? {} : { wasInTime: (finding, journey, params) => wasInTime(finding, journey, params as Params) }),
  ...(contradiction === undefined ? {} : { contradiction: (params) => contradiction(params as Params) }),
  explain: (params) => rule.explain(params as Params),
  detect: (journey, params, context) =>
    journey.outcome.state === 'open' && speaksOf(rule, journey) ? rule.detect(journey, params as Params, context) : nothing,
  cleared: (finding, journey, context, params) => rule.cleared(finding, journey, context, params as Params),
});

/** Whether a rule can say anything of such a journey. */
export const speaksOf = ({ only }: Pick<Detector, 'only'>, { kind }: Pick<Journey, 'kind'>): boolean => only === undefined || kind === 'account';

export type DetectContext = {
  map: JourneyMap;
  /** The stage the journey is in; null where the map does not know it. */
  stage: StageDefinition | null;
  roles: RoleDefinition[];
  calendar: Calendar;
  now: EpochMs;
};

/**
 * `from`: when it begins to count; null where the journey is not in the stage. `past`: how long journeys like it stayed there, and from how many on that
 * says something.
 */
export type StageLimit = { from: EpochMs | null; after: Duration; past?: { stays: Stays; sample: number } };

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
  /** When the limit was passed, or what a next step put in its place. */
  dueAt: EpochMs;
  /** When the limit itself was passed, of a finding that a next step held back until `dueAt`. */
  limitAt?: EpochMs;
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
