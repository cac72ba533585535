import type { Evidence } from '../detectors/detector.ts';
import type { Severity } from '../journey/journey-map.ts';
import type { Source } from '../journey/signal.ts';
import type { EpochMs, IsoDay } from '../time.ts';
import type { Alert, AlertState, Assignment, ResolveReason, Told } from './alert.ts';
import type { Mention } from './whom.ts';

/** The one Slack message that a channel has about one journey. */
export type Card = {
  /** journey id + channel */
  id: string;
  journeyId: string;
  /** As journey.yml names it: `#deal-alerts` or an id. */
  channel: string;
  content: CardContent;
  /** Of `content`: equal fingerprints need no edit. */
  fingerprint: string;
  /** Where it stands in Slack, once posted. */
  posted: { channelId: string; ts: string; at: EpochMs; fingerprint: string } | null;
  /** Why it is not posted yet, although it has something to say. */
  hold: CardHold | null;
  /** When the channel was last told something new: by the post, a reply, a repeat. */
  saidAt: EpochMs | null;
};

/** `quiet-hours`: its post is due when they end; `history`: found while old signals were still coming in; `import-summary`: told in a summary, posted when something new happens. */
export type CardHold = { by: 'quiet-hours' | 'budget' | 'history' | 'import-summary'; since: EpochMs; until: EpochMs | null };

/** Everything a card shows, as a value: views turn it into blocks and add nothing. */
export type CardContent = {
  journeyId: string;
  /** `feed`: about a CRM that has gone quiet, not about a customer. */
  kind: 'deal' | 'account' | 'feed';
  /** `active`: something needs doing; `clear`: all resolved. */
  state: 'active' | 'clear';
  name: string;
  url: string | null;
  account: { id: string; name: string; url: string | null } | null;
  amount: { value: number; currency: string | null } | null;
  ownerEmail: string | null;
  notifyOwner: boolean;
  /** Whom it mentions beside the owner. */
  mentions?: Mention[];
  mapLabel: string;
  stage: { label: string; enteredAt: EpochMs } | null;
  nextStep: { title: string; due: IsoDay | null } | null;
  closeDate: IsoDay | null;
  outcome: 'open' | 'won' | 'lost' | 'deleted';
  /** Of one that was deleted: where. */
  deletedIn?: Source;
  /** `unmuted`: until somebody unmutes it. */
  mutedUntil: EpochMs | 'unmuted' | null;
  /** Of a clear one: how many alerts of the journey are not over, which other channels or only digests tell of, or which something holds back. */
  elsewhere?: number;
  /** Of a clear one: the map does not know the CRM's stage, so nobody knows whether all is well. */
  offMap?: true;
  /** Worst and oldest first; resolved ones last. */
  alerts: CardAlert[];
};

export type CardAlert = {
  id: string;
  rule: string;
  severity: Severity;
  state: AlertState;
  /** It brings good news, and nothing is wrong. */
  goodNews?: true;
  headline: string;
  since: EpochMs;
  dueAt: EpochMs;
  /** When the limit was passed, of one that a next step held back until `dueAt`. */
  limitAt?: EpochMs;
  expected: string;
  /** Names and titles of whom it is about. */
  people: { name: string; title: string | null }[];
  evidence: Evidence[];
  nextStep: string;
  acknowledged: { by: string; at: EpochMs } | null;
  assigned?: Assignment;
  snoozedUntil: EpochMs | 'stage-change' | null;
  resolution:
    | null
    | { at: EpochMs; how: 'cleared' | 'ended'; text: string }
    | { at: EpochMs; how: 'by-hand'; by: string; reason: ResolveReason; note: string | null };
  episode: number;
  /** Of one that nobody has taken, once it was escalated: who was told, and where. */
  told?: Told[];
};

/** Unambiguous whatever the journey's id holds: a channel's name has no bar. */
export const cardIdOf = (journeyId: string, channel: string): string => `${journeyId}|${channel}`;

/** Alerts that a card lists: those that its channel was told of, or is being told of now, by a step of their chain, too. */
export const belongsOnCard = (alert: Alert, channel: string): boolean =>
  alert.saidAt !== null &&
  (alert.routes.some((route) => route.channel === channel) || (alert.escalation?.told.some((told) => told.channel === channel) ?? false));
