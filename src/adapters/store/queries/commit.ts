import type { Change } from '../../../core/change.ts';
import { changesWithout } from '../changes-without.ts';
import type { Steps } from '../query.ts';
import type { ToErase } from './erase.ts';
import type { Intentions } from './intentions.ts';
import { takenOutBy } from './taken-out.ts';

/**
 * Runs changes in their order.
 * @throws ConflictError
 */
export function* commit(parts: Intentions, told: Change[]): Steps<void> {
  // Who is to be erased has to be asked before a tombstone in the same list has taken the name.
  const found = new Map<Change, ToErase>();
  for (const change of told) if (change.kind === 'record.erase') found.set(change, yield* parts.erase.find(change.record, change.id));
  const changes = changesWithout(told, [...found.values()]);
  const erased: Erasing = new Map();
  const counted = new Set<string>();
  for (const [change, erasure] of found) {
    // A record that was merged is erased under each of its ids, and each of them finds all: what named it counts once.
    const ids = [...erasure.ids].map((id) => `${erasure.kind}:${id}`);
    erased.set(change, { found: erasure, takenOut: ids.some((id) => counted.has(id)) ? {} : yield* takenOutBy(changes, parts, erasure) });
    for (const id of ids) counted.add(id);
  }
  for (const change of changes) yield* apply(parts, change, erased);
}

type Erasure = { found: ToErase; takenOut: Record<string, number> };
type Erasing = Map<Change, Erasure>;

function apply(
  { alerts, alias, cards, erase, inbox, journeys, memory, outbox, pictures, records, signals, subscriptions, unknowns }: Intentions,
  change: Change,
  erased: Erasing,
): Steps<unknown> {
  switch (change.kind) {
    case 'record.put':
      return records.put(change);
    case 'record.alias':
      return alias.put(change.record, change.from, change.into);
    case 'record.erase': {
      const { found, takenOut } = erased.get(change) as Erasure;
      return erase.put(found, takenOut);
    }
    case 'signal.add':
      return signals.add(change.signal, change.receivedAt);
    case 'journey.put':
      return journeys.put(change.row);
    case 'journey.recheck':
      return journeys.recheck(change.journeyId, change.at);
    case 'alert.put':
      return alerts.put(change.alert);
    case 'audit.add':
      return alerts.addAudit(change.entry);
    case 'card.put':
      return cards.put(change.card);
    case 'card.posted':
      return posted(change, cards, outbox);
    case 'card.hold':
      return cards.hold(change.cardId, change.hold);
    case 'cards.hold':
      return cards.holdAll(change);
    case 'delivery.add':
      return outbox.add(change.delivery);
    case 'delivery.sent':
      return outbox.sent(change.id, change.receipt, change.said);
    case 'delivery.retry':
      return outbox.retry(change.id, change.dueAt, change.error);
    case 'delivery.failed':
      return outbox.fail(change.id, change.error, change.at);
    case 'inbox.done':
      return inbox.done(change.id, change.at);
    case 'inbox.retry':
      return inbox.retry(change.id, change.dueAt, change.error);
    case 'inbox.dead':
      return inbox.die(change.id, change.error, change.at);
    case 'mute.put':
      return memory.putMute(change.mute);
    case 'digest.sent':
      return memory.sendDigest(change);
    case 'subscription.put':
      return subscriptions.put(change.subscription);
    case 'subscription.end':
      return subscriptions.end(change.id);
    case 'feed.heard':
      return memory.hear(change.source, change.at, change.lateAt);
    case 'unknown.seen':
      return unknowns.see(change);
    case 'unknown.told':
      return unknowns.tell(change);
    case 'picture.put':
      return pictures.put(change.picture);
    case 'pictures.expire':
      return pictures.expire(change.before, change.now);
    case 'meta.put':
      return memory.putMeta(change.key, change.value);
  }
}

function* posted(
  { cardId, receipt, fingerprint, edit }: Extract<Change, { kind: 'card.posted' }>,
  cards: Intentions['cards'],
  outbox: Intentions['outbox'],
): Steps<void> {
  const isOther = yield* cards.posted(cardId, receipt, fingerprint);
  if (isOther && edit !== undefined) yield* outbox.add(edit);
}
