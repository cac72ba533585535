import type { Alert } from './alerts/alert.ts';
import type { AuditEntry } from './alerts/audit.ts';
import type { Card, CardHold } from './alerts/card.ts';
import type { Delivery, Message, Receipt } from './delivery.ts';
import type { JourneyRow } from './journey/journey-row.ts';
import type { JourneyRecord } from './journey/record.ts';
import type { RecordKind, Signal, Source } from './journey/signal.ts';
import type { PictureFile } from './picture.ts';
import type { Subscription } from './subscription.ts';
import type { EpochMs } from './time.ts';

/** Every write there is, as data. A store runs a list of them in one transaction: all or nothing. */
export type Change =
  /** Insert or replace. `revision` is the one that was read (0: none); another one in the store is a conflict. */
  | {
      kind: 'record.put';
      record: JourneyRecord;
      revision: number;
      /** Of a deal or person: its account, by the id that goes by now. */
      accountId: string | null;
      /** Words to find it by, lower case; null: those it has. */
      terms: string[] | null;
      /** The same account and deals as when it was read: nothing has to be looked at beside the record. */
      stays?: boolean;
    }
  /** `from` is now known as `into`: its record goes, look-ups by `from` find `into`. */
  | { kind: 'record.alias'; record: RecordKind; from: string; into: string }
  /** Has a record purged from signals, raw bodies, evidence and messages; its tombstone stays (`record.put` comes beside it). Done by `Store.eraseSome`. */
  | { kind: 'record.erase'; record: RecordKind; id: string }
  /** Kept for good, once an id; repeating one is not an error. */
  | { kind: 'signal.add'; signal: Signal; receivedAt: EpochMs }
  /** `row.revision` is the one that was read; the store adds one. Another one in the store is a conflict. */
  | { kind: 'journey.put'; row: JourneyRow }
  /** Makes it due at `at`; what is due sooner stays so. */
  | { kind: 'journey.recheck'; journeyId: string; at: EpochMs }
  | { kind: 'alert.put'; alert: Alert }
  | { kind: 'audit.add'; entry: AuditEntry }
  /** Of a card that is there already neither `posted` nor `hold` changes: `card.posted` and `card.hold` say these. */
  | { kind: 'card.put'; card: Card }
  /**
   * A card's receipt and what it showed; touches nothing else of the card. Null: it stands nowhere any more. `edit` is added where the card has changed while
   * it was on its way to Slack: whoever changed it saw one that was still to be sent, and left it at that.
   */
  | { kind: 'card.posted'; cardId: string; receipt: Receipt | null; fingerprint: string; edit?: Delivery }
  | { kind: 'card.hold'; cardId: string; hold: Card['hold'] }
  /** Of all cards of a channel that are held by `heldBy`, since `until` or before. */
  | { kind: 'cards.hold'; channel: string; heldBy: CardHold['by']; until: EpochMs; hold: CardHold }
  /** Nothing, when its id is known, or a `card` message for the same card is waiting already (which is then due at the earlier time). */
  | { kind: 'delivery.add'; delivery: Delivery }
  /** `said`: what was posted, where that is another message than the one that waited. */
  | { kind: 'delivery.sent'; id: string; receipt: Receipt | null; said?: Message }
  | { kind: 'delivery.retry'; id: string; dueAt: EpochMs; error: string }
  | { kind: 'delivery.failed'; id: string; error: string; at: EpochMs }
  | { kind: 'inbox.done'; id: number; at: EpochMs }
  | { kind: 'inbox.retry'; id: number; dueAt: EpochMs; error: string }
  | { kind: 'inbox.dead'; id: number; error: string; at: EpochMs }
  | { kind: 'mute.put'; mute: Mute }
  /** A conflict when this or a later one was sent already; `instead`: the one that was noted by a clock that was wrong, which it takes the place of. */
  | { kind: 'digest.sent'; digestId: string; scheduledFor: EpochMs; at: EpochMs; instead?: EpochMs }
  /** Insert or replace. */
  | { kind: 'subscription.put'; subscription: Subscription }
  | { kind: 'subscription.end'; id: string }
  /** `at`: null for what was asked for, which does not tell that the CRM still sends. `lateAt`: when a signal older than fifteen minutes last came in. */
  | { kind: 'feed.heard'; source: Source; at: EpochMs | null; lateAt: EpochMs | null }
  /** A value the map does not know: kept aside, never guessed, and counted once a record (`kind:id`). `mapKey`: of a stage, the map that does not know it. */
  | { kind: 'unknown.seen'; source: Source; what: UnknownKind; value: string; mapKey?: string; journeyId: string; at: EpochMs }
  /** As they were read: what was seen on another record since then stays to be told. */
  | { kind: 'unknown.told'; values: readonly UnknownValue[]; at: EpochMs }
  /** Takes the place of one with the same hash, whose file is deleted. */
  | { kind: 'picture.put'; picture: PictureFile }
  /** Pictures that were uploaded before `before` are deleted in Slack. */
  | { kind: 'pictures.expire'; before: EpochMs; now: EpochMs }
  | { kind: 'meta.put'; key: string; value: string };

/** What a journey map can fail to know. */
export const unknownKinds = ['stage', 'pipeline', 'role', 'owner'] as const;
export type UnknownKind = (typeof unknownKinds)[number];
/**
 * A value that the map does not know. `mapKey`: of a stage, the map that does not know it. `count`: on how many records; `lastSeenAt`: when it was first seen on
 * the newest of them. `toldAt`: when it was last told of; null: not since then.
 */
export type UnknownValue = {
  source: Source;
  what: UnknownKind;
  value: string;
  mapKey: string | null;
  count: number;
  lastSeenAt: EpochMs;
  toldAt: EpochMs | null;
};

/** Puts a message into the outbox: due at once, where `dueAt` does not say later. */
export const newDelivery = ({ id, channel, message, now, dueAt = now }: NewDelivery): Extract<Change, { kind: 'delivery.add' }> => ({
  kind: 'delivery.add',
  delivery: { id, channel, message, dueAt, createdAt: now, attempts: 0 },
});

type NewDelivery = { id: string; channel: string; message: Message; now: EpochMs; dueAt?: EpochMs };

export type Mute = { accountId: string; until: EpochMs | null; reason: string; by: string; at: EpochMs };
