import type { Visitor } from '../core/access.ts';
import type { AccountPeople } from '../core/account-people.ts';
import type { ResolveReason } from '../core/alerts/alert.ts';
import type { CardLine, Receipt } from '../core/delivery.ts';
import type { ListName } from '../core/detectors/detector.ts';
import type { Digest } from '../core/digest/digest.ts';
import type { DigestDetail } from '../core/digest/digest-detail.ts';
import type { Direction } from '../core/journey/signal.ts';
import type { PathSummary } from '../core/journey-path.ts';
import type { ReviewSummary } from '../core/review.ts';
import type { Subscription } from '../core/subscription.ts';
import type { AccountSummary, DealMatch, DealSummary, Found, LinkSummary, ListSummary, Match, MetricsSummary, WhySummary } from '../core/summary.ts';
import type { EpochMs, IsoDay } from '../core/time.ts';
import type { HomePages, HomeSummary } from './home-summary.ts';
import type { KeptQuiet } from './kept-quiet.ts';
import type { PutOff } from './until.ts';

/** What the Slack listeners may call: everything that a person can ask or do. `user` is a Slack user id that was let in already. */
export type Answers = {
  /** `/journey` alone: the journeys a person owns (by e-mail) that need something, each with its worst alert; how many there are, and all open alerts. `nothingKnown`: no journey of anybody. `settling`: none of theirs needs anything yet, and not all that came in is judged. */
  /** `quiet`: of somebody without an open alert, what is not told. */
  home(user: {
    email: string | null;
  }): Promise<{ mine: CardLine[]; mineTotal: number; openTotal: number; nothingKnown?: true; settling?: true; quiet?: KeptQuiet }>;
  account(query: string): Promise<Found<AccountSummary>>;
  accountById(id: string): Promise<AccountSummary | null>;
  deal(query: string): Promise<Found<DealSummary>>;
  dealById(id: string): Promise<DealSummary | null>;
  /** The real path of a deal, or of an account, against the ideal one. */
  path(query: string): Promise<Found<PathSummary>>;
  pathById(match: Pick<Match, 'kind' | 'id'>): Promise<PathSummary | null>;
  /** Journeys with something to do of one kind. `filter` as typed: `owner:@me segment:enterprise amount:>50000 sort:age`, page from 1. */
  list(which: ListName, filter: string, page: number, asker: Visitor): Promise<{ ok: true; list: ListSummary } | NotAnswered>;
  why(query: string): Promise<Found<WhySummary>>;
  whyById(match: Pick<Match, 'kind' | 'id'>): Promise<WhySummary | null>;
  /** `filter` as typed: `new-business segment:enterprise period:2026-Q3`. */
  metrics(filter: string): Promise<{ ok: true; metrics: MetricsSummary } | NotAnswered>;
  /** The digests that somebody has subscribed to. */
  subscriptionsOf(userId: string): Promise<Subscription[]>;
  /** What the journey map says and reality does not. */
  review(): Promise<ReviewSummary>;
  /** The digest as it would be now: of the filter, as typed; without one that of the channel asked in where it has one, else of everything. */
  digestNow(channel: { id: string; name: string | null }, filter: string, asker: Visitor): Promise<DigestNow>;
};

/** Why, in words, with what is to be typed between backticks. `denied`: not for want of sense, but because they may not. */
export type NotAnswered = { ok: false; message: string; denied?: true };

export type DigestNow =
  | {
      ok: true;
      digest: Digest;
      details: DigestDetail[];
      scheduled: { channel: string; schedule: string; timezone: string; nextAt: EpochMs | null }[];
    }
  | NotAnswered;

export type ActResult =
  /** `unseen`: no card stands in Slack that shows it. `when`: ends the sentence with a day, which everybody reads in their own zone: `until`, and the day. */
  | { kind: 'done'; message: string; when?: { words: string; at: EpochMs }; unseen?: true }
  /** The alert is in another state by now: nothing was changed, the card is brought up to date. `by`: whoever was first. */
  | { kind: 'stale'; message: string; by?: string | null }
  /** `about`: the field of a form that it is about. */
  | { kind: 'refused'; message: string; about?: string };

/** Buttons, menus and `/journey mute`. */
export type Acts = {
  acknowledge(alertId: string, by: string): Promise<ActResult>;
  /** To a Slack user id. `seen`: what people had made of the alert when a form about it was opened; where that has changed, nothing is done. */
  assign(alertId: string, to: string, by: string, seen?: string): Promise<ActResult>;
  /** `2bd`, `5bd`, … counted in the calendar, until a day begins, or until the stage changes. */
  snooze(alertId: string, until: PutOff | 'stage-change', by: string, seen?: string): Promise<ActResult>;
  resolve(alertId: string, reason: ResolveReason, note: string | null, by: string, seen?: string): Promise<ActResult>;
  /** Whether an alert was worth saying; also when it is over. A newer vote of the same person takes the place of the older. */
  vote(alertId: string, useful: boolean, by: string): Promise<ActResult>;
  /** All alerts of a card at once: of the one that stands there. `place` null: nobody knows where, and all that was said of the journey is meant. */
  acknowledgeCard(journeyId: string, by: string, place: Pick<Receipt, 'channelId' | 'ts'> | null): Promise<ActResult>;
  /** `duration` as typed (`5bd`), or a day; null: until unmuted. */
  mute(accountId: string, duration: string | { day: IsoDay } | null, reason: string, by: string): Promise<ActResult>;
  unmute(accountId: string, by: string): Promise<ActResult>;
  /** The journey map was reviewed: the next one is due in ninety days. */
  reviewDone(by: string): Promise<ActResult>;
  /** For the mute command: the account a name means; or else whose the deals are that it means (`isNamed`), or that are called most alike. */
  findAccount(query: string): Promise<Found<Match> | { kind: 'deals'; query: string; isNamed: boolean; deals: DealMatch[] }>;
  /** What a form about an alert has to know; null: it is over, or never was. */
  subjectOf(alertId: string): Promise<AlertSubject | null>;
};

/** `role`: the one that it misses; `personId`: whom it is about, or asks about first. `standing`: what people have made of it so far. */
export type AlertSubject = {
  alertId: string;
  headline: string;
  journeyName: string | null;
  accountId: string | null;
  dealId: string | null;
  role: string | null;
  personId: string | null;
  assignedTo: string | null;
  standing: string;
};

/** Links to records, as people paste them. */
export type Links = {
  /** Null: it shows no record, or one that is not known, deleted or erased. */
  summary(url: string): Promise<LinkSummary | null>;
  /** Before it is shown below a message: when somebody in it is erased, it is drawn anew. */
  noteShown(at: { channelId: string; ts: string }, shown: ReadonlyMap<string, LinkSummary>): Promise<void>;
};

/** `at`: when it happened. `sentiment`: −2 … +2. `id`: makes the same entry, submitted twice, one. */
export type TouchpointEntry = {
  accountId: string | null;
  dealId: string | null;
  personId: string | null;
  type: string;
  channel: string | null;
  direction: Direction;
  sentiment: number | null;
  at: EpochMs;
  note: string | null;
  id?: string;
};

/**
 * What somebody notes about a customer. `direction`: they acted or we did; null: neither was said, so it counts as no answer and as no attempt. `mood`: −2 … +2.
 * `with`: a part of a person's name.
 */
export type Note = { text: string; mood: number | null; direction: 'inbound' | 'outbound' | null; with: string | null; type: string | null };

/** What a form has, unchecked. `id`: of the one that is changed; null: a new one. `channel`: an id; null: as a direct message. */
export type SubscriptionEntry = { id: string | null; channel: string | null; weekday: string; time: string; timezone: string; filter: string };

/** `field`: of the form, that the message is about. */
export type SubscriptionSaved = { ok: true; subscription: Subscription } | (NotAnswered & { field: 'channel' | 'weekday' | 'time' | 'filter' });

/** Weekly digests that people have asked for. */
export type Subscriptions = {
  /** Oldest first. */
  subscriptionsOf(userId: string): Promise<Subscription[]>;
  /** The team's, for those of whom Slack does not say one. */
  zone(): string;
  save(entry: SubscriptionEntry, by: Visitor): Promise<SubscriptionSaved>;
  end(id: string, by: string): Promise<ActResult>;
};

export type Notes = {
  note(query: string, note: Note, by: string): Promise<Found<ActResult>>;
  noteOn(match: Pick<Match, 'kind' | 'id'>, note: Note, by: string): Promise<ActResult>;
};

/** What people enter in Slack: signals with an author, durable before anybody is told that it is done. `by`: a Slack user id. */
export type Records = {
  logTouchpoint(entry: TouchpointEntry, by: string): Promise<ActResult>;
  /** Refused where it would change nothing. */
  setRole(entry: { personId: string; role: string; held: boolean; id?: string }, by: string): Promise<ActResult>;
  /** Accounts that the beginning of a name may mean, the likeliest first: as many as a menu takes. `detail` tells those apart that look the same. */
  findAccountOptions(query: string): Promise<Match[]>;
  /** Null: there is no such account any more. */
  peopleOfAccount(accountId: string): Promise<AccountPeople | null>;
  /** The same, also for a deal, which may belong to no account. */
  around(ref: { kind: 'account' | 'deal'; id: string }): Promise<AccountPeople | null>;
  /** Resolves when answers know of all that was entered until now. */
  takenIn(): Promise<void>;
};

/** The Home tab. */
export type Homes = {
  /** What is theirs, by their e-mail address, or assigned to them; `isAdmin`: of the workspace, who see how the bot's connections are. */
  summary(asker: { userId: string; email: string | null; isAdmin: boolean }, pages: HomePages): Promise<HomeSummary>;
};

export type MessagePlaces = {
  /**
   * The account that a message is likely to be about, and the person who wrote it; null: nothing tells. `channels`: the channel's names and id. `threadTs`: of
   * the thread's first message. `authorEmail`: of somebody of another organisation.
   */
  placeOf(message: { channels: readonly string[]; threadTs: string | null; authorEmail: string | null }): Promise<{
    accountId: string;
    personId: string | null;
  } | null>;
};
