import type { CardAlert } from '../core/alerts/card.ts';
import type { Severity } from '../core/journey/journey-map.ts';
import type { Source } from '../core/journey/signal.ts';
import type { Subscription } from '../core/subscription.ts';
import type { EpochMs } from '../core/time.ts';

/** What a person's Home tab shows, as a value: `page` counts from 1 and is one that there is. */
export type HomeSummary = {
  /** Null: their Slack profile shows none, and nothing is known to be theirs. */
  email: string | null;
  alerts: HomePage<HomeAlert>;
  accounts: HomePage<HomeAccount>;
  /** The digests that they have asked for. */
  subscriptions: Subscription[];
  /** Null: only workspace admins see it. */
  health: HomeHealth | null;
};

export type HomePage<Row> = { rows: Row[]; total: number; page: number; pages: number };
/** Which page of each is wanted. */
export type HomePages = { alerts: number; accounts: number };

export type HomeAlert = { alert: CardAlert; journeyId: string; accountId: string | null; name: string; url: string | null };

export type HomeAccount = {
  accountId: string | null;
  /** The first of their open journeys. */
  journeyId: string;
  name: string;
  /** Where those journeys are, each stage once. */
  stages: string[];
  /** How many are open; `worst` null: all clear. */
  alerts: number;
  worst: { severity: Severity; headline: string; since: EpochMs } | null;
  /** Somebody is on all of it. */
  isTaken: boolean;
  /** Something is wrong, and a mute keeps it quiet. */
  isMuted: boolean;
  /** Something was found, and holds until a CRM that has gone silent sends again: nobody knows whether it is so. */
  isHeld: boolean;
};

export type HomeHealth = {
  store: boolean;
  inbox: { pending: number; dead: number; oldestReceivedAt: EpochMs | null };
  outbox: { pending: number; failed: number };
  feeds: FeedHealth[];
};

/** `comparedAt` null: it was never asked what it had not told. `unknown`: values that the journey map does not know. */
export type FeedHealth = {
  source: Source;
  lastReceivedAt: EpochMs | null;
  isStale: boolean;
  comparedAt: EpochMs | null;
  pending: number;
  dead: number;
  unknown: number;
};
