import type { Calendar } from '../calendar.ts';
import type { Duration } from '../duration.ts';
import type { Source } from './signal.ts';

/** journey.yml, read, checked and resolved: templates extended, defaults filled in. Plain values but for the calendar. */
export type JourneyConfig = {
  /** Changes whenever the file's meaning does: a hash of the resolved content. */
  version: string;
  timezone: string;
  calendar: Calendar;
  roles: RoleDefinition[];
  /** Whom the CRM's owners are: for those that it names by an id or a name. */
  owners: OwnerDefinition[];
  segments: SegmentDefinition[];
  maps: JourneyMap[];
  routes: RouteNode[];
  digests: DigestDefinition[];
  /** Channel that hears of broken config, unmapped stages, channels that cannot be posted to. */
  adminChannel: string | null;
  alerts: AlertPolicy;
  feed: { staleAfter: Duration };
  /** How often a CRM is asked what has changed, beside what it tells by itself. Null, or not there: never. */
  reconcile: Partial<Record<Source, Duration | null>>;
};

export type RoleDefinition = { key: string; label: string; crm: string[]; titles: string[] };

/** `crm`: the owner as the CRM names it, an id or a name. */
export type OwnerDefinition = { crm: string; email: string };

/** All conditions given must hold. */
export type SegmentDefinition = { key: string; when: Condition };
export type Condition = {
  amount?: Comparison;
  segment?: string[];
  ownerEmail?: string[];
  pipeline?: string[];
};
export type Comparison = { operator: '>=' | '>' | '<=' | '<' | '=='; value: number };

export type JourneyMap = {
  key: string;
  label: string;
  /** Which deals (by pipeline id; empty: all) or accounts travel it. */
  for: { kind: 'deals'; pipelines: string[] } | { kind: 'accounts' };
  /** In their order. */
  stages: StageDefinition[];
  /** CRM stage ids that mean the journey has ended. */
  outcomes: { won: StageIds; lost: StageIds };
  /** Edges backwards that are fine: `decision>consideration`. */
  allowedMoves: { from: string; to: string }[];
  /** The map's own rules, before any stage's: for journeys in a stage that the map does not know. Every rule is present. */
  rules: Record<string, ResolvedRule>;
};

/** CRM stage ids by source; `any` holds for every source. */
export type StageIds = Partial<Record<Source | 'any', string[]>>;

export type StageDefinition = {
  key: string;
  label: string;
  from: StageIds;
  /** Called required: jumping over it is worth saying. */
  required: boolean;
  expects: { roles: string[]; within: Duration | null; moments: string[] };
  /** Resolved for this stage, by rule and then by segment: what detectors get. Every rule is present. */
  rules: Record<string, ResolvedRule>;
};

/** A rule's parameters in one stage: the base, and for each segment that overrides it the whole again. `null`: switched off. */
export type ResolvedRule = { base: RuleSettings | null; segments: Record<string, RuleSettings | null> };
/** `params` have passed the detector's own schema. */
export type RuleSettings = { severity: Severity; params: unknown };

export const severities = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** One node of the routing tree. The first child that matches takes the alert; `continue` lets its siblings have it, too. */
export type RouteNode = {
  channel: string | null;
  match: RouteMatch;
  notifyOwner: boolean;
  continue: boolean;
  routes: RouteNode[];
};
export type RouteMatch = {
  segment?: string[];
  map?: string[];
  stage?: string[];
  rule?: string[];
  severity?: Severity[];
  owner?: string[];
  amount?: Comparison;
};

export type DigestDefinition = {
  /** Stable: made of channel, schedule and match. */
  id: string;
  channel: string;
  /** Five-field cron expression, in `timezone`. */
  schedule: string;
  timezone: string;
  match: RouteMatch;
};

export type AlertPolicy = {
  /** An unchanged open alert is said again after this. `null`: never. */
  repeat: Duration | null;
  /** Findings that come this soon after a card's first post edit the card without a reply in its thread. */
  gather: Duration;
  /** Local wall-clock times in the config's zone between which nothing new is posted: `{from: '19:00', to: '08:00'}`; also off working days if `offDays`. */
  quiet: { from: string; to: string; offDays: boolean } | null;
  /** New cards a channel and local day; what is over goes onto one "and N more" message. */
  budget: number;
  /** Severities that only digests tell of. */
  digestOnly: Severity[];
  /** History that arrives late is evaluated when its feed has been quiet this long. */
  settle: Duration;
  /** More new cards than this out of one batch of history: one summary a channel. */
  importSummaryOver: number;
};
