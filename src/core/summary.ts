import type { CardAlert, CardContent } from './alerts/card.ts';
import type { ChainLine } from './alerts/chain-line.ts';
import type { Mute } from './change.ts';
import type { CardLine } from './delivery.ts';
import type { RuleLine } from './detectors/run-detectors.ts';
import type { Period } from './insight/period.ts';
import type { StageMetrics } from './insight/stage-metrics.ts';
import type { Direction } from './journey/signal.ts';
import type { EpochMs, IsoDay } from './time.ts';

/** What `/journey` answers show, as values: views draw them and decide nothing. */

/** One stage on a journey's track. `workingDays`: in it so far, or in all; `expected`: the stall limit in words, where there is one. */
export type TrackStep = {
  key: string;
  label: string;
  /** `unseen`: before the first stage that was observed. */
  state: 'done' | 'current' | 'skipped' | 'unseen' | 'ahead';
  enteredAt: EpochMs | null;
  workingDays: number | null;
  expected: string | null;
  overdue: boolean;
  /** The stall limit in working days, for drawing. Not there where there is none. */
  expectedDays?: number;
  /** How often they and we acted while the journey was there. */
  contacts?: { inbound: number; outbound: number };
  /** Its moments of truth: went well or badly, missing although the stage was reached, still ahead. */
  moments?: { label: string; state: 'well' | 'badly' | 'missing' | 'ahead' }[];
};

/** A role that somebody has, and where it came from: `from` is the CRM, as people call it. */
export type HeldRole = { key: string; label: string } & (
  | { origin: 'crm' | 'assigned'; from: string }
  | { origin: 'title' }
  | { origin: 'slack'; by: string; at: EpochMs }
);

export type CommitteeRow = {
  personId: string;
  name: string;
  title: string | null;
  roles: HeldRole[];
  lastHeardAt: EpochMs | null;
  lastReachedAt: EpochMs | null;
  /** The furthest stages that the person's own touchpoints have shown, one an open journey; not there where they have shown none. */
  ownStages?: string[];
};

export type JourneySummary = {
  journeyId: string;
  kind: 'deal' | 'account';
  name: string;
  url: string | null;
  mapLabel: string;
  outcome: 'open' | 'won' | 'lost' | 'deleted';
  stageLabel: string | null;
  amount: CardContent['amount'];
  ownerEmail: string | null;
  closeDate: IsoDay | null;
  nextStep: { title: string; due: IsoDay | null } | null;
  track: TrackStep[];
  /** What became of the journeys that stayed longer in its stage than it has by now, in whole working days. Not there where they are too few. */
  odds?: { days: number; ended: number; won: number };
  /** Expected roles of this and earlier stages that nobody has. */
  missingRoles: string[];
  alerts: CardAlert[];
  /** Alerts that something other than a mute holds back. Not there: none. */
  held?: number;
  /** Alerts that somebody resolved, and that are still true. Not there: none. */
  resolvedByHand?: number;
  /** Old signals still come in, and nothing has been judged since. Not there: all is. */
  settling?: true;
  /** It is open, in a stage of the CRM that its map does not know: rules about stages say nothing. Not there: it is on the map. */
  offMap?: true;
};

/**
 * An account's health, 0 to 100, and what it usually is; null where too little is known. `reasons`: what pulls it down, in words, the worst first.
 * `missing`: what is not known, which counts for nothing.
 */
export type HealthSummary = { index: number | null; usual: number | null; reasons: string[]; missing: string[] };

export type AccountSummary = {
  account: { id: string; name: string; domain: string | null; url: string | null; ownerEmail: string | null };
  mute: Mute | null;
  journeys: JourneySummary[];
  /** Not there where journey.yml does not say what it is made of. */
  health?: HealthSummary;
  committee: CommitteeRow[];
  touchpoints: {
    at: EpochMs;
    type: string;
    direction: Direction;
    personName: string | null;
    asset: string | null;
    sentiment: number | null;
    /** What somebody wrote about it in Slack. */
    note?: string;
  }[];
  /** When they and we acted, oldest first: more of them, and less of each, than `touchpoints`. */
  contacts?: { at: EpochMs; direction: Direction; sentiment: number | null }[];
};

/** What the preview of a link to a record shows: its account; the journey of a linked deal comes first. `account` null: a deal without one. */
export type LinkSummary = { account: AccountSummary['account'] | null; mute: Mute | null; journeys: JourneySummary[] };

export type DealSummary = {
  accountName: string | null;
  accountId: string | null;
  journey: JourneySummary;
  committee: CommitteeRow[];
  touchpoints: AccountSummary['touchpoints'];
};

/** `/journey why`: each rule on the values it saw, what is held back and why, when it is next due. */
export type WhySummary = {
  journeyId: string;
  name: string;
  stageLabel: string | null;
  /** As in `JourneySummary`. */
  offMap?: true;
  /** Of an account that was asked for: how many more of its journeys are open, and the map that this one travels. Not there: none. */
  others?: { journeys: number; mapLabel: string };
  /** `title`: what people call the rule. */
  lines: (RuleLine & { title: string })[];
  held: { headline: string; reason: string; until: EpochMs | null }[];
  alerts: CardAlert[];
  recheckAt: EpochMs | null;
  evaluatedAt: EpochMs | null;
  channels: string[];
  audit: { at: EpochMs; who: string; what: string; why: string | null }[];
  /** What follows while nobody takes its alerts. Not there: nothing. */
  chains?: ChainLine[];
  /** When its CRM was last asked what it had not told, and when that last brought something for this journey. Not there: it never was. */
  compared?: { crm: string; at: EpochMs; fetchedAt: EpochMs | null };
};

/** One page of a list of journeys with something to do. */
export type ListSummary = {
  title: string;
  /** `also`: what else stands in this list about the journey. */
  lines: (CardLine & { stageLabel: string | null; ownerEmail: string | null; rules: string[]; alertCount: number; also?: string[] })[];
  total: number;
  page: number;
  pages: number;
  filter: string;
  /** Of an empty one: feeds that have gone silent, which hold back what may be in it. */
  silentFeeds?: { source: string; lastReceivedAt: EpochMs | null }[];
};

/** `/journey metrics`: the stages of a map in a period, against the one before. `fewest`: under so many there is no figure. */
export type MetricsSummary = {
  mapKey: string;
  mapLabel: string;
  segment: string | null;
  period: Period;
  before: Period;
  timezone: string;
  /** When the journeys were looked through. */
  at: EpochMs;
  fewest: number;
  stages: StageMetrics[];
  /** What else can be asked for. */
  otherMaps: string[];
  segments: string[];
};

export type Match = { kind: 'account' | 'deal'; id: string; name: string; detail: string | null };
/** What a search by name found. */
export type Found<Summary> =
  | { kind: 'one'; summary: Summary }
  | { kind: 'several'; query: string; matches: Match[] }
  | { kind: 'none'; query: string; nearest: Match[] };

/** A deal that was found where an account was asked for. `account` null: the CRM names none that is known. */
export type DealMatch = { deal: Match; account: { id: string; name: string } | null };
