import type { Alert } from '../core/alerts/alert.ts';
import type { AuditEntry } from '../core/alerts/audit.ts';
import type { Card, CardHold } from '../core/alerts/card.ts';
import type { Change, Mute, UnknownKind, UnknownValue } from '../core/change.ts';
import type { Delivery, Message, Receipt } from '../core/delivery.ts';
import type { RouteMatch } from '../core/journey/journey-map.ts';
import type { JourneyRow } from '../core/journey/journey-row.ts';
import type { AccountRecord, DealRecord, JourneyRecord, PersonRecord } from '../core/journey/record.ts';
import type { RecordKind, Signal, Source } from '../core/journey/signal.ts';
import type { PictureFile } from '../core/picture.ts';
import type { Subscription } from '../core/subscription.ts';
import type { EpochMs } from '../core/time.ts';
import type { OwnedAccount } from './owned-account.ts';

/** What the use cases need of the world, beside a CrmSource and a Notifier. Adapters fill these in; nothing here knows SQL, Slack or HTTP. */

/** `onJump`: of a clock that can be set, as in a demo. Calls `listen` after it was, returns how to stop. */
export type Clock = { now(): EpochMs; onJump?(listen: () => void): () => void };

/** pino's shape, as far as it is used. Never a secret, and no CRM personal data at info level or above. */
export type Logger = Record<'debug' | 'info' | 'warn' | 'error', (fields: Record<string, unknown>, message: string) => void>;

// ————————————————————————————————————————————————— store

/**
 * When a commit must outlive a power failure; the end of the process it outlives in any case. `at-once`: before it is answered. `later`: together with the next
 * one that is durable at once, for what would be done again, and the same way, from what is durable. Nobody outside may learn of it before: a delivery's
 * lease is durable at once.
 */
export type Durable = 'at-once' | 'later';

/**
 * Whole intentions, no queries, no transaction that leaves it. Every method may reject with `StoreError`; `commit` runs all changes or none.
 * All methods are safe to call again.
 */
export type Store = {
  // inbox
  /**
   * Durable when it resolves. Entries whose key is known already are left alone (their body is already in). Calls that come together share one transaction.
   * `onFresh`: there is something to process, which need not wait for the disk: whatever is written after a body is durable only with it.
   */
  accept(source: Source, entries: InboxEntry[], at: EpochMs, onFresh?: () => void): Promise<{ fresh: number }>;
  /** Bodies to be processed, those due longest first. */
  pendingInbox(source: Source, now: EpochMs, limit: number): Promise<InboxRow[]>;
  inboxBacklog(): Promise<{ pending: number; dead: number; oldestReceivedAt: EpochMs | null }>;
  /** By source; those without any are not among them. */
  inboxCounts(): Promise<{ source: Source; pending: number; dead: number }[]>;
  /** In the order in which they came in; those after the one with id `after`, of one source where given. */
  deadLetters(limit: number, only?: { after?: number; source?: Source }): Promise<DeadLetter[]>;
  deadLetter(id: number): Promise<DeadLetter | null>;
  /** False where there is no such dead letter. */
  replayDeadLetter(id: number, now: EpochMs): Promise<boolean>;
  dropDeadLetter(id: number): Promise<boolean>;

  // records and journeys
  /**
   * Everything that evaluating the journeys of these records needs: the records named (aliases resolved), the accounts of the deals and people
   * among them, and all deals and people of those accounts; their journeys, open or held alerts, cards and mutes.
   */
  loadNeighbourhood(refs: RecordRef[]): Promise<Neighbourhood>;
  /**
   * Journeys whose `recheckAt` is not after `now`, the most overdue first: their records to be loaded with `loadNeighbourhood`. Those that are
   * settling only if they have been since `settlingBefore` or earlier (`settlingSince <= settlingBefore`).
   */
  dueJourneys(now: EpochMs, limit: number, settlingBefore: EpochMs): Promise<JourneyRow[]>;
  /** The next `recheckAt` there is. */
  nextRecheckAt(): Promise<EpochMs | null>;
  /** Makes journeys due at `at` (not later than they are): all that are open, or those with an alert inhibited by `inhibitedBy`. Returns how many. */
  recheckOpen(at: EpochMs, inhibitedBy?: string): Promise<number>;
  /** Records by id, in slices, with the accounts of deals: all but erased ones, for those who look back at where journeys have been. */
  travellingAfter(kind: 'deal' | 'account', afterId: string | null, limit: number): Promise<Travelling[]>;
  /** People by id, in slices: all but erased ones. */
  peopleAfter(afterId: string | null, limit: number): Promise<PersonRecord[]>;
  /** Open journeys that are in this stage, by id, in slices. */
  openInStage(mapKey: string, stage: string, afterId: string | null, limit: number): Promise<JourneyRow[]>;
  /** What belongs to one journey, or to a feed (`feed:hubspot`): its row, its alerts as in a neighbourhood, its cards. */
  journeyState(journeyId: string): Promise<JourneyState>;
  /** How many journeys are settling. */
  settling(): Promise<number>;
  /** Whether there is any journey, or has been one. */
  knowsJourneys(): Promise<boolean>;
  /** All or nothing. Rejects with `ConflictError` when a revision has moved: reload and decide again. */
  commit(changes: Change[], durable?: Durable): Promise<void>;

  // outbox
  /** Takes up to `limit` due deliveries, oldest first, at most one a channel and none of `busyChannels`; nobody else gets them until `leaseUntil`. `attempts` counts this one. */
  leaseDeliveries(now: EpochMs, leaseUntil: EpochMs, limit: number, busyChannels: string[]): Promise<Delivery[]>;
  /** Gives up leases of a former run of this process, at its start. */
  releaseLeases(): Promise<number>;
  nextDeliveryAt(): Promise<EpochMs | null>;
  outboxBacklog(): Promise<{ pending: number; failed: number; oldestCreatedAt: EpochMs | null }>;
  card(cardId: string): Promise<Card | null>;
  /** Cards held by `by`, oldest first; of one channel where given. */
  heldCards(by: CardHold['by'], channel?: string): Promise<Card[]>;
  /** In slices, oldest first: those after `after`, as it was when it came. */
  heldCardsAfter(by: CardHold['by'], after: Card | null, limit: number): Promise<Card[]>;
  /** Cards first posted in a channel since `since`. */
  postedSince(channel: string, since: EpochMs): Promise<number>;
  /** Where the message of a former delivery of this kind and key stands: `overflow` by day, … */
  receiptOf(channel: string, kind: Message['kind'], key: string): Promise<Receipt | null>;

  // answers
  alert(id: string): Promise<Alert | null>;
  /** Words that begin with `prefix` (lower case); ids of what they name. `gone`: also of what was deleted. */
  findByTerm(kind: RecordKind, prefix: string, limit: number, gone?: boolean): Promise<{ id: string; name: string; accountName: string | null }[]>;
  /** People who have this e-mail address now, in whatever case. Looks through all of them: not for what happens often. `gone`: as above. */
  peopleWithEmail(email: string, limit: number, gone?: boolean): Promise<string[]>;
  /** Names by id, in slices, for a search that forgives typos. */
  namesAfter(kind: RecordKind, afterId: string | null, limit: number): Promise<{ id: string; name: string; accountName: string | null }[]>;
  /** What accounts are called, by id; of those that are gone or have no name, nothing. */
  accountNames(ids: readonly string[]): Promise<Map<string, string>>;
  /**
   * Alerts that are not resolved and that nothing holds back, with their journeys; in their order, the worst and oldest first where none is given.
   * `total`: how many there are, beyond `limit`; `journeys`: how many journeys they are about.
   */
  openAlerts(
    filter: AlertFilter,
    limit: number,
    offset: number,
    order?: ListOrder,
  ): Promise<{ rows: { alert: Alert; journey: JourneyRow }[]; total: number; journeys: number }>;
  /** Whom the cards that were posted in a channel (by any of its names) are about; of the one at `ts`, where given. */
  accountsOnCards(channels: readonly string[], ts: string | null, limit: number): Promise<string[]>;
  /** In whatever case the address is written. What nobody has taken first: the worst, then the oldest; what is all clear last, by name. */
  accountsOfOwner(ownerEmail: string, limit: number, offset: number): Promise<{ rows: OwnedAccount[]; total: number }>;
  /** Who owns a journey that is open: e-mail addresses, in lower case. */
  owners(): Promise<string[]>;
  journeysOfAccount(accountId: string): Promise<JourneyRow[]>;
  audit(journeyId: string, limit: number): Promise<AuditEntry[]>;
  /** Alerts that opened in a period, by id, in slices. */
  alertsOpened(period: { from: EpochMs; to: EpochMs }, afterId: string | null, limit: number): Promise<OpenedAlerts>;
  /** Rules of which there ever was an alert. */
  rulesSeen(): Promise<string[]>;
  feeds(): Promise<Feed[]>;
  /** What the map did not know, the newest first. */
  unknownValues(limit: number): Promise<UnknownValue[]>;
  /** Some records that have it, as `kind:id`. */
  unknownOn(value: UnknownValue, limit: number): Promise<string[]>;
  /** How many there are, by kind. */
  unknownCounts(): Promise<Partial<Record<UnknownKind, number>>>;
  /** The map knows these now. */
  forgetUnknown(values: UnknownValue[]): Promise<void>;
  /** The newest of a record; of an account also those of its deals and people. */
  signalsOf(ref: RecordRef, limit: number): Promise<Signal[]>;
  /** All signals in the order in which they came in, in slices; `sequence` of the last one that is known, or 0. */
  signalsAfter(sequence: number, limit: number): Promise<KeptSignal[]>;
  /** The signals that are filed under these very ids, in the order in which they came in. */
  signalsNaming(refs: RecordRef[]): Promise<KeptSignal[]>;

  // erasing
  /**
   * Goes on with erasures that are due, about three milliseconds' worth: takes what is to be forgotten out of everything that is kept beside the records, and
   * has Slack messages edited that name it. A second round after some minutes finds what was under way at the first one. Resumed where it was,
   * whatever ends the process.
   */
  eraseSome(now: EpochMs): Promise<{ more: boolean }>;
  nextErasureAt(): Promise<EpochMs | null>;
  /** The newest erasure of a record. */
  erasureOf(ref: RecordRef): Promise<ErasureReport | null>;
  /** What names a record now: what erasing it would count. Looks through everything, in slices. */
  previewErasure(ref: RecordRef): Promise<ErasureReport['counts']>;
  /** What a former delivery has posted, where it stands, and whether it may still be under way; null: nothing is known of it. */
  saidBy(deliveryId: string): Promise<{ pending: boolean; message: Message; receipt: Receipt | null } | null>;

  // digests
  /** Journeys that are open, or ended in a period. */
  digestJourneys(from: EpochMs, to: EpochMs): Promise<JourneyRow[]>;
  /** Alerts that are open now, or opened or were resolved in a period, by id, in slices. */
  alertsOfPeriod(period: { from: EpochMs; to: EpochMs }, afterId: string | null, limit: number): Promise<Alert[]>;
  /** Oldest first; of one person where given. */
  subscriptions(by?: string): Promise<Subscription[]>;
  subscription(id: string): Promise<Subscription | null>;
  digestLastSent(digestId: string): Promise<{ scheduledFor: EpochMs; at: EpochMs } | null>;

  // pictures
  /** The one in Slack that shows this, by what it shows; null: none was uploaded, or it was forgotten. */
  picture(hash: string): Promise<PictureFile | null>;

  // housekeeping
  meta(key: string): Promise<string | null>;
  /** Removes inbox rows that were done, and deliveries that were sent or failed, before `before`; what names people in Slack is kept apart. Returns how many. */
  prune(before: EpochMs): Promise<number>;
  /** A consistent copy, while running. */
  backup(file: string): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
};

/** `sequence`: in the order in which they came in. */
export type KeptSignal = { sequence: number; signal: Signal; receivedAt: EpochMs };

/** `counts`, by kind: what named it when it was erased. `done`: everything was looked through once. */
export type ErasureReport = { at: EpochMs; done: boolean; counts: Record<string, number> };

export type JourneyState = { row: JourneyRow | null; alerts: Alert[]; cards: Card[] };

/** A deal and its account, or an account alone. */
export type Travelling = { id: string; deal: DealRecord | null; account: AccountRecord | null };

export type RecordRef = { kind: RecordKind; id: string };

export type InboxEntry = { key: string; body: string };
export type InboxRow = { id: number; source: Source; key: string; body: string; receivedAt: EpochMs; attempts: number };
export type DeadLetter = { id: number; source: Source; key: string; body: string; receivedAt: EpochMs; diedAt: EpochMs; error: string };

export type Stored<Kept extends JourneyRecord> = { record: Kept; revision: number };
export type Neighbourhood = {
  /** By id as stored. */
  accounts: Map<string, Stored<AccountRecord>>;
  deals: Map<string, Stored<DealRecord>>;
  people: Map<string, Stored<PersonRecord>>;
  /** `kind:id` → the id it goes by now, for those of the refs, and of the ids the records name, that were merged. */
  aliases: Map<string, string>;
  journeys: Map<string, JourneyRow>;
  /** By journey id: not resolved, or resolved by hand and still holding, and the newest resolved episode an identity. */
  alerts: Map<string, Alert[]>;
  cards: Map<string, Card[]>;
  /** By account id. */
  mutes: Map<string, Mute>;
};

export type AlertFilter = {
  rules?: string[];
  ownerEmail?: string;
  /** Of journeys that somebody owns, or assigned to them. */
  mine?: { ownerEmail: string | null; userId: string };
  /** What a person asked for: the same words as routes and digests use. */
  match?: RouteMatch;
  journeyIds?: string[];
};

/** The worst first, the largest amount first, or what has been so for longest first. */
export const listOrders = ['severity', 'amount', 'age'] as const;
export type ListOrder = (typeof listOrders)[number];

/** With what people did to them, and since when their journeys have a card in Slack (not among them: it has none). */
export type OpenedAlerts = { alerts: Alert[]; deeds: AuditEntry[]; postedAt: Map<string, EpochMs> };

export type Feed = { source: Source; lastReceivedAt: EpochMs | null; lateAt: EpochMs | null };
