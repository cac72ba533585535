import type { Access } from '../access.ts';
import type { Calendar } from '../calendar.ts';
import type { Duration } from '../duration.ts';
import type { EpochMs } from '../time.ts';
import type { Weekly } from '../weekly.ts';
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
  teams: TeamDefinition[];
  managers: Managers;
  maps: JourneyMap[];
  routes: RouteNode[];
  digests: DigestDefinition[];
  /** Channel that hears of broken config, unmapped stages, channels that cannot be posted to. */
  adminChannel: string | null;
  alerts: AlertPolicy;
  /** Who may do and see what in Slack. */
  access: Access;
  feed: { staleAfter: Duration };
  /** What to do about a finding, in the team's own words. */
  playbook: PlaybookEntry[];
  /** How often a CRM is asked what has changed, beside what it tells by itself. Null, or not there: never. */
  reconcile: Partial<Record<Source, Duration | null>>;
};

export type RoleDefinition = { key: string; label: string; crm: string[]; titles: string[] };

/** `crm`: the owner as the CRM names it, an id or a name. */
export type OwnerDefinition = { crm: string; email: string };

/** `byOwner`: the manager's e-mail address by the owner's, in lower case. `others`: of those who are not among them. */
export type Managers = { byOwner: Record<string, string>; others: string | null };

/** Null: of whatever role, in whatever stage. Of several entries that hold, the most specific one counts: a role before a stage. */
export type PlaybookEntry = { rule: string; role: string | null; stage: string | null; text: string };

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
  /** Of accounts: milestones that complete the journey. */
  endsAt?: string[];
  /** Of accounts; not there: their health is not looked at. */
  health?: HealthDefinition;
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
  /** Touchpoint types and assets that show that a person has come this far; moments of truth and assets of the catalogue do, too. */
  signs: string[];
  /** What the catalogue has for it. */
  assets: AssetDefinition[];
  /** Which of our teams has the journey while it is here; null: the map does not say. */
  team: TeamDefinition | null;
  /** Of accounts: what begins it beside the CRM's lifecycle stage. */
  begins?: Beginnings;
  /** Resolved for this stage, by rule and then by segment: what detectors get. Every rule is present. */
  rules: Record<string, ResolvedRule>;
};

/** Any of these begins the stage: a milestone, a deal of the account that is won, so many days before the renewal date. */
export type Beginnings = { milestones: string[]; won: boolean; renewalDays: number | null };

/** What an account's health is made of. `enough`: the share of all weight (0 to 1) that must be known, or there is no index. */
export type HealthDefinition = {
  metrics: HealthMetric[];
  /** Of the buying committee: how many people should have been heard from within so many days. */
  committee: { weight: number; people: number; withinDays: number } | null;
  /** A measurement that is older says nothing any more. */
  freshDays: number;
  enough: number;
};
/** `scale`: the values that count as 0 and as 100; null: it is compared with what is usual for the account. `less`: then the less of it the better. */
export type HealthMetric = { metric: string; label: string; weight: number; scale: { bad: number; good: number } | null; less: boolean };

/** Something that we show to customers, and to people of which roles. `names`: what touchpoints call it, as their asset or as their type. */
export type AssetDefinition = { key: string; label: string; names: string[]; roles: string[] };

/** `members`: e-mail addresses, in lower case. `channels`: channels of touchpoints that only this team uses, in lower case. */
export type TeamDefinition = { key: string; label: string; members: string[]; channels: string[] };

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
  /** Whom the message mentions, beside those that the nodes above mention. */
  notify: Notify[];
  /** What follows while nobody takes an alert; empty: nothing; null: as the node above says. */
  escalate: EscalationStep[] | null;
  continue: boolean;
  routes: RouteNode[];
};

/** The owner in the CRM, the owner's manager, the team of the stage. */
export const notifiable = ['owner', 'manager', 'team'] as const;
export type Notify = (typeof notifiable)[number];

/** `after`: since the step before, or since the alert could first be read. `channel`: null: in the thread of the card. */
export type EscalationStep = { after: Duration; channel: string | null; notify: Notify[] };

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
  /** Made of channel and match, so that a digest whose schedule is changed stays the same one; with a number where several are equal in these. */
  id: string;
  channel: string;
  /** Five-field cron expression, in `timezone`. */
  schedule: string;
  timezone: string;
  match: RouteMatch;
  /** Of one that somebody has subscribed to in Slack: their user id, since when, and its schedule. */
  subscribed?: { by: string; since: EpochMs; weekly: Weekly };
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
