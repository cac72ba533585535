import type { Finding } from '../detectors/detector.ts';
import type { EscalationStep, Notify } from '../journey/journey-map.ts';
import { shortHash } from '../short-hash.ts';
import type { EpochMs } from '../time.ts';
import type { Vote } from './vote.ts';

export const alertStates = ['open', 'acknowledged', 'resolved'] as const;
export type AlertState = (typeof alertStates)[number];

/** Reasons a person gives when resolving by hand. */
export const resolveReasons = ['done', 'wont-do', 'not-useful'] as const;
export type ResolveReason = (typeof resolveReasons)[number];

/** The life of a finding. At most one alert of an identity is not resolved. */
export type Alert = {
  id: string;
  /** `deal:d-1/missing-role/role:economic_buyer`: journey, rule, subject. A journey is a deal, or an account after the sale. */
  identity: string;
  journeyId: string;
  accountId: string | null;
  dealId: string | null;
  rule: string;
  subject: string;
  /** 1, 2, …: coming back is a new episode that names the one before. */
  episode: number;
  previousId: string | null;
  state: AlertState;
  finding: Finding;
  /** Where it goes, fixed when it is first to go anywhere. Empty: digests only. */
  routes: AlertRoute[];
  openedAt: EpochMs;
  acknowledged: { by: string; at: EpochMs } | null;
  /** Who is to see to it, and who said so: Slack user ids. Not there: nobody in particular. */
  assigned?: Assignment;
  snooze: Snooze | null;
  /** What holds it back for a reason of its own: a rule's name, `mute`, or a stale feed (`stale-feed`). */
  inhibitedBy: string | null;
  resolution: Resolution | null;
  /** Resolved by hand while its condition held: the same condition (same `since`) opens no new episode. */
  holds: boolean;
  /** When Slack was last told of it by a post or a reply. */
  saidAt: EpochMs | null;
  /** What follows while nobody takes it, fixed when it opens. Not there: nothing. */
  escalation?: Escalation;
  /** Whose numbers it was found by. Not there: of a feed, or opened before this was kept. */
  place?: AlertPlace;
  /** When Slack was first told of it, unless that was taken back before anybody saw it. */
  firstSaidAt?: EpochMs;
  /** Whether it was worth saying: one vote a person, the newest last. */
  votes?: Vote[];
};

/**
 * The map and stage of the journey when the alert opened, its segments, and the rule's number there, as journey.yml writes it. `stage` null: one that the map
 * does not know.
 */
export type AlertPlace = { map: string; stage: string | null; segments: string[]; number: string | number | null };

/** `others`: whom a message there mentions beside the owner. */
export type AlertRoute = { channel: string; notifyOwner: boolean; others?: Exclude<Notify, 'owner'>[] };

/** The chain of an alert: each step is said at most once, in their order. Who the owner, the manager and the team are is asked when a step is said. */
export type Escalation = {
  /** Where its card stands in whose thread steps without a channel are said. */
  channel: string;
  steps: EscalationStep[];
  /** Index of the first step that is still to come. */
  next: number;
  /** Who was told, and where: first the channel of its card, then each step that was said. */
  told: Told[];
  /** Since when the next step is waited for; null: it is not, for the alert is not said yet, or held back. */
  since: EpochMs | null;
  /** Somebody took it, or put it off: no more steps, also when a snooze is over. */
  stopped: { by: string; at: EpochMs } | null;
};

/**
 * `step`: its index; null: not by a step, but when the alert was said first. `emails`: of those who were mentioned. `saidIn`: where it was said instead, for
 * `channel` takes no messages.
 */
export type Told = { step: number | null; at: EpochMs; channel: string; notify: Notify[]; emails: string[]; saidIn?: string };

export type Assignment = { to: string; by: string; at: EpochMs };

/** `stage-change`: until the journey is in another stage than `stage`. */
export type Snooze = { by: string; at: EpochMs } & ({ until: EpochMs } | { until: 'stage-change'; stage: string | null });

export type Resolution =
  /** `inTime`: what was missed had happened in time, and was only told late. */
  | { at: EpochMs; how: 'cleared'; text: string; inTime?: true }
  | { at: EpochMs; how: 'by-hand'; by: string; reason: ResolveReason; note: string | null }
  | { at: EpochMs; how: 'ended'; text: string };

/** A slash within a CRM's id must not pass for one of ours, or two findings would be one. Rules have none, and after them nothing but the subject comes. */
export const identityOf = (journeyId: string, finding: Pick<Finding, 'rule' | 'subject'>): string =>
  `${journeyId.replaceAll(/[%/]/g, encodeURIComponent)}/${finding.rule}/${finding.subject}`;

/** `stalled.1k2j3h4g5f.1`: short whatever the CRM's ids are, for buttons and menus carry it. The same alert has the same id, whoever opens it. */
export const alertIdOf = (rule: string, identity: string, episode: number): string => `${rule}.${shortHash(identity)}.${episode}`;

/** `stalled.1k2j3h4g5f.1` → `stalled` */
export const ruleOfId = (alertId: string | null): string => alertId?.split('.')[0] ?? 'unknown';
