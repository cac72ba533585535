import type { ResolveReason } from '../core/alerts/alert.ts';
import type { CardLine } from '../core/delivery.ts';
import type { Digest } from '../core/digest.ts';
import type { ReviewSummary } from '../core/review.ts';
import type { AccountSummary, DealSummary, Found, ListSummary, Match, MetricsSummary, WhySummary } from '../core/summary.ts';
import type { EpochMs } from '../core/time.ts';

/** What the Slack listeners may call: everything that a person can ask or do. `user` is a Slack user id that was let in already. */
export type Answers = {
  /** `/journey` alone: the journeys a person owns (by e-mail) that need something, each with its worst alert; how many there are, and all open alerts. */
  home(user: { email: string | null }): Promise<{ mine: CardLine[]; mineTotal: number; openTotal: number }>;
  account(query: string): Promise<Found<AccountSummary>>;
  accountById(id: string): Promise<AccountSummary | null>;
  deal(query: string): Promise<Found<DealSummary>>;
  dealById(id: string): Promise<DealSummary | null>;
  /** `stalled`: journeys with a rule about time; `gaps`: with a rule about people. `filter` as typed: `owner:@me segment:enterprise stage:decision`, page from 1. */
  list(
    which: 'stalled' | 'gaps',
    filter: string,
    page: number,
    user: { email: string | null },
  ): Promise<{ ok: true; list: ListSummary } | { ok: false; message: string }>;
  why(query: string): Promise<Found<WhySummary>>;
  whyById(match: Pick<Match, 'kind' | 'id'>): Promise<WhySummary | null>;
  /** `filter` as typed: `new-business segment:enterprise period:2026-Q3`. */
  metrics(filter: string): Promise<{ ok: true; metrics: MetricsSummary } | { ok: false; message: string }>;
  /** What the journey map says and reality does not. */
  review(): Promise<ReviewSummary>;
  /** The digest as it would be now, of the channel asked in where it has one, else of everything. */
  digestNow(channel: {
    id: string;
    name: string | null;
  }): Promise<{ digest: Digest; scheduled: { channel: string; schedule: string; timezone: string; nextAt: EpochMs | null }[] }>;
};

export type ActResult =
  | { kind: 'done'; message: string }
  /** The alert is in another state by now: nothing was changed, the card is brought up to date. `by`: whoever was first. */
  | { kind: 'stale'; message: string; by?: string | null }
  | { kind: 'refused'; message: string };

/** Buttons, menus and `/journey mute`. */
export type Acts = {
  acknowledge(alertId: string, by: string): Promise<ActResult>;
  /** `2bd`, `5bd`, … counted in the calendar, or until the stage changes. */
  snooze(alertId: string, until: { duration: string } | 'stage-change', by: string): Promise<ActResult>;
  resolve(alertId: string, reason: ResolveReason, note: string | null, by: string): Promise<ActResult>;
  /** Whether an alert was worth saying; also when it is over. A newer vote of the same person takes the place of the older. */
  vote(alertId: string, useful: boolean, by: string): Promise<ActResult>;
  /** All alerts of a card at once. */
  acknowledgeCard(journeyId: string, by: string): Promise<ActResult>;
  /** `duration` null: until unmuted. */
  mute(accountId: string, duration: string | null, reason: string, by: string): Promise<ActResult>;
  unmute(accountId: string, by: string): Promise<ActResult>;
  /** The journey map was reviewed: the next one is due in ninety days. */
  reviewDone(by: string): Promise<ActResult>;
  /** For the mute command: the account a name means. */
  findAccount(query: string): Promise<Found<Match>>;
};
