import { withoutAmounts } from '../core/access.ts';
import type { Card } from '../core/alerts/card.ts';
import { cardLine } from '../core/alerts/card-line.ts';
import { nextDay, saysFrom } from '../core/alerts/quiet-hours.ts';
import { type Change, newDelivery } from '../core/change.ts';
import type { Delivery, Message, Receipt, Reply } from '../core/delivery.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { cardInstead } from './after-failure.ts';
import type { AmountsInSight } from './amounts-in-sight.ts';
import { threadOf } from './digest-thread.ts';
import { DeliveryError } from './errors.ts';
import type { Notifier, PostTarget, RenderedFor } from './notifier.ts';
import { type Outcome, putOff, released, sent, skipped, targetOf } from './outcome.ts';
import type { Clock, Store } from './ports.ts';
import { reaching, unreachedBy } from './reaching.ts';
import { stillSo } from './still-so.ts';

export type SendDependencies = {
  store: Store;
  notifier: Notifier;
  amountsInSight: AmountsInSight;
  config(): JourneyConfig;
  clock: Clock;
  newId(): string;
};

/** How long a reply waits for the digest in whose thread it belongs, before it looks again. */
const parentMs = 2000;

/**
 * Says one delivery in Slack, as it is true by then, and answers what is to be written for it; one that nobody needs any more is not said. A delivery that
 * was tried before and may have arrived is looked up in the channel's history by its id before it is sent again. @throws DeliveryError
 */
export function createSend({ store, notifier, amountsInSight, config, clock, newId }: SendDependencies): (delivery: Delivery) => Promise<Outcome> {
  return async (delivery) => {
    const { message } = delivery;
    switch (message.kind) {
      case 'card':
        return sendCard(delivery, message, await store.card(message.cardId));
      case 'reply':
        return sendReply(delivery, message, await store.card(message.cardId));
      case 'redraw':
        return redraw(delivery, message.deliveryId);
      case 'forget-picture':
        await notifier.forgetPicture(message.fileId);
        return skipped(delivery);
      case 'links':
        return skipped(delivery);
      case 'overflow':
        return sendOverflow(delivery, message.day);
      case 'digest-part':
        return sendPart(delivery, message.parentId);
      case 'import-summary':
      case 'digest':
      case 'notice':
      case 'welcome':
        return sent(delivery, await post(delivery, null, targetOf(delivery)));
    }
  };

  /** Posts a card or edits it, always with its newest content; what has cleared before it was posted is not posted at all. */
  async function sendCard(delivery: Delivery, { otherwise }: Extract<Message, { kind: 'card' }>, card: Card | null): Promise<Outcome> {
    if (card === null) return skipped(delivery);
    const { posted, content } = card;
    if (posted !== null) {
      if (posted.fingerprint === card.fingerprint) return skipped(delivery);
      await notifier.edit(await rendered(delivery, delivery.message, card), posted);
      return sent(delivery, posted, [standing(card, posted)]);
    }
    const earlier = delivery.attempts > 1 ? await notifier.find(delivery.id, targetOf(delivery)) : null;
    if (earlier === null) {
      if (card.hold !== null && card.hold.by !== 'quiet-hours') return skipped(delivery);
      if (content.state === 'clear') return skipped(delivery, released(card));
      // A step of a chain is for what nobody has taken until now.
      if (otherwise !== undefined && stillSo(otherwise.reply, card).length === 0) return skipped(delivery, released(card));
      const quiet = untilQuietEnds(delivery);
      if (quiet !== null) return { ...quiet.outcome, changes: [...quiet.outcome.changes, { kind: 'card.hold', cardId: card.id, hold: quiet.hold }] };
      const overBudget = await holdForBudget(delivery, card);
      if (overBudget !== null) return overBudget;
    }
    const receipt = earlier ?? (await notifier.post(await rendered(delivery, delivery.message, card), targetOf(delivery)));
    // What a former attempt posted may be older than the card is now.
    if (earlier !== null) await notifier.edit(await rendered(delivery, delivery.message, card), earlier);
    return sent(delivery, receipt, [standing(card, receipt), ...released(card)]);
  }

  function standing({ id, channel, fingerprint }: Card, receipt: Receipt): Change {
    const { delivery: edit } = newDelivery({ id: newId(), channel, message: { kind: 'card', cardId: id }, now: clock.now() });
    return { kind: 'card.posted', cardId: id, receipt, fingerprint, edit };
  }

  /** What was due before, while Slack was away or nobody was here, waits for the morning like everything else. */
  function untilQuietEnds(delivery: Delivery): { outcome: Outcome; hold: NonNullable<Card['hold']> } | null {
    const { alerts, calendar } = config();
    const now = clock.now();
    const until = saysFrom(now, alerts.quiet, calendar);
    return until === now ? null : { outcome: putOff(delivery, until, 'quiet hours'), hold: { by: 'quiet-hours', since: now, until } };
  }

  /** Over the day's budget a card waits for the next day, and stands on the channel's "and N more" message. */
  async function holdForBudget(delivery: Delivery, card: Card): Promise<Outcome | null> {
    const { alerts, calendar } = config();
    const now = clock.now();
    const today = calendar.dayOf(now);
    if ((await store.postedSince(delivery.channel, calendar.startOfDay(today))) < alerts.budget) return null;
    const tomorrow = nextDay(now, calendar);
    return {
      outcome: 'unchanged',
      changes: [
        { kind: 'delivery.sent', id: delivery.id, receipt: null },
        { kind: 'card.hold', cardId: card.id, hold: { by: 'budget', since: now, until: tomorrow } },
        newDelivery({ id: newId(), channel: delivery.channel, message: { kind: 'overflow', day: today, cards: [], total: 0 }, now }),
      ],
    };
  }

  /** One message a channel and day, which lists what waits for tomorrow; then, that nothing of it waits any more. */
  async function sendOverflow(delivery: Delivery, day: string): Promise<Outcome> {
    const { calendar } = config();
    const held = (await store.heldCards('budget', delivery.channel)).filter(
      ({ content, hold }) => content.state === 'active' && hold !== null && calendar.dayOf(hold.since) === day,
    );
    const lines = held.flatMap((card) => cardLine(card.content) ?? []);
    const message: Message = { kind: 'overflow', day, cards: lines.slice(0, 10), total: lines.length };
    const earlier = await store.receiptOf(delivery.channel, 'overflow', day);
    if (earlier === null && lines.length === 0) return skipped(delivery);
    if (earlier === null) return sent(delivery, await post({ ...delivery, message }, null, targetOf(delivery)), [], message);
    await notifier.edit(await rendered(delivery, message, null), earlier);
    return sent(delivery, earlier, [], message);
  }

  /**
   * It says what is still so: quiet hours or a failure may have kept it while somebody took the alert, or it cleared. A reply needs its card:
   * where that was deleted by hand there is no thread any more, and the card, posted anew, says it all.
   */
  async function sendReply(delivery: Delivery, message: Reply, card: Card | null): Promise<Outcome> {
    const alerts = card === null ? [] : stillSo(message, card);
    if (card === null || alerts.length === 0) return skipped(delivery);
    const quiet = untilQuietEnds(delivery);
    if (quiet !== null) return quiet.outcome;
    if (message.cardIn !== undefined) {
      const alone: Delivery = { ...delivery, message: { ...message, alerts } };
      return sent(delivery, await post(alone, card, targetOf(delivery)), [], alone.message);
    }
    if (card.posted === null) return skipped(delivery, card.hold === null ? [cardInstead(delivery, card.id, clock.now(), newId())] : []);
    const { channelId, ts } = card.posted;
    const { reply, more } = reaching(delivery, { ...message, alerts }, await unreachedBy(message, notifier), {
      config: config(),
      now: clock.now(),
      newId,
    });
    const receipt = await post({ ...delivery, message: reply }, card, { ...targetOf(delivery), threadTs: ts, channelId });
    return sent(delivery, receipt, more, reply);
  }

  /** As much of it as everybody who reads it may see. */
  async function rendered({ id, channel }: Pick<Delivery, 'id' | 'channel'>, message: Message, card: Card | null): Promise<RenderedFor> {
    const whole = { deliveryId: id, message, card };
    return (await amountsInSight(channel)) ? whole : withoutAmounts(whole);
  }

  /** A digest comes before what is said in its thread, and where it is said. */
  async function sendPart(delivery: Delivery, parentId: string): Promise<Outcome> {
    const thread = await threadOf(store, parentId);
    if (thread === null) return skipped(delivery);
    if (thread === 'wait') return putOff(delivery, clock.now() + parentMs, 'its digest is still under way');
    const { channelId, ts } = thread;
    return sent(delivery, await post(delivery, null, { ...targetOf(delivery), threadTs: ts, channelId }));
  }

  /** What was posted before is edited as it is kept now. Of what is still under way nobody knows yet where it will stand. */
  async function redraw(delivery: Delivery, deliveryId: string): Promise<Outcome> {
    const said = await store.saidBy(deliveryId);
    if (said?.pending === true) throw new DeliveryError('what is to be edited is still under way', { kind: 'retry', retryAfterMs: null });
    if (said === null || said.receipt === null) return skipped(delivery);
    await notifier.edit(await rendered({ ...delivery, id: deliveryId }, said.message, null), said.receipt);
    return sent(delivery, said.receipt);
  }

  async function post(delivery: Delivery, card: Card | null, target: PostTarget): Promise<Receipt> {
    const earlier = delivery.attempts > 1 ? await notifier.find(delivery.id, target) : null;
    return earlier ?? notifier.post(await rendered(delivery, delivery.message, card), target);
  }
}
