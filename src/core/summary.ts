import type { CardAlert, CardContent } from './alerts/card.ts';
import type { Mute } from './change.ts';
import type { CardLine } from './delivery.ts';
import type { RuleLine } from './detectors/run-detectors.ts';
import type { Period } from './insight/period.ts';
import type { StageMetrics } from './insight/stage-metrics.ts';
import type { PersonRole } from './journey/journey.ts';
import type { EpochMs, IsoDay } from './time.ts';

/** What `/journey` answers show, as values: views draw them and decide nothing. */

/** One stage on a journey's track. `workingDays`: in it so far, or in all; `expected`: the stall limit in words, where there is one. */
export type TrackStep = {
  key: string;
  label: string;
  state: 'done' | 'current' | 'skipped' | 'ahead';
  enteredAt: EpochMs | null;
  workingDays: number | null;
  expected: string | null;
  overdue: boolean;
};

export type CommitteeRow = {
  personId: string;
  name: string;
  title: string | null;
  roles: { label: string; origin: PersonRole['origin'] }[];
  lastHeardAt: EpochMs | null;
  lastReachedAt: EpochMs | null;
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
  /** Expected roles of this and earlier stages that nobody has. */
  missingRoles: string[];
  alerts: CardAlert[];
};

export type AccountSummary = {
  account: { id: string; name: string; domain: string | null; url: string | null; ownerEmail: string | null };
  mute: Mute | null;
  journeys: JourneySummary[];
  committee: CommitteeRow[];
  touchpoints: {
    at: EpochMs;
    type: string;
    direction: 'inbound' | 'outbound';
    personName: string | null;
    asset: string | null;
    sentiment: number | null;
  }[];
};

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
  lines: RuleLine[];
  held: { headline: string; reason: string; until: EpochMs | null }[];
  alerts: CardAlert[];
  recheckAt: EpochMs | null;
  evaluatedAt: EpochMs | null;
  channels: string[];
  audit: { at: EpochMs; who: string; what: string; why: string | null }[];
  /** When its CRM was last asked what it had not told, and when that last brought something for this journey. Not there: it never was. */
  compared?: { crm: string; at: EpochMs; fetchedAt: EpochMs | null };
};

/** One page of a list of journeys with something to do. */
export type ListSummary = {
  title: string;
  lines: (CardLine & { stageLabel: string | null; ownerEmail: string | null; rules: string[]; alertCount: number })[];
  total: number;
  page: number;
  pages: number;
  filter: string;
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
