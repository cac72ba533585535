import { isStepChannel, parentChannel } from '../core/alerts/route.ts';
import { type Change, newDelivery } from '../core/change.ts';
import type { Delivery, Message } from '../core/delivery.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { type EpochMs, minuteMs } from '../core/time.ts';
import { channelNotice } from './channel-notice.ts';
import { saidInsteadOf } from './digest-thread.ts';
import type { DeliveryFailure } from './errors.ts';
import { saidElsewhere } from './reaching.ts';

type Setting = { config: JourneyConfig; now: EpochMs; newId(): string };

/** 2 s, 4 s, … at most 10 minutes. */
const backOffMs = (attempts: number): number => Math.min(10 * minuteMs, 1000 * 2 ** Math.min(attempts, 12));

/** What may have arrived is looked for in the channel's history, which may show a message some seconds late. */
const historyLagMs = 5_000;

/** What becomes of a delivery that did not get through. */
export function afterFailure({ id, message, attempts, channel }: Delivery, failure: DeliveryFailure, error: string, setting: Setting): Change[] {
  const { now } = setting;
  const failed: Change = { kind: 'delivery.failed', id, error, at: now };
  switch (failure.kind) {
    case 'retry':
      return [{ kind: 'delivery.retry', id, dueAt: now + (failure.retryAfterMs ?? backOffMs(attempts)), error }];
    case 'ambiguous':
      return [{ kind: 'delivery.retry', id, dueAt: now + Math.max(historyLagMs, backOffMs(attempts)), error }];
    case 'channel':
      if (message.kind === 'reply' && message.cardIn !== undefined) return [failed];
      return [
        failed,
        ...forgotten(message),
        ...(message.kind === 'card' && message.otherwise !== undefined
          ? saidOtherwise(id, message.otherwise, channel, failure.code, setting)
          : fallBack({ id, message, channel }, failure.code, setting)),
      ];
    case 'message-gone':
      // Somebody deleted the card: the next news posts a new one. A reply is news.
      return [failed, ...forgotten(message), ...(message.kind === 'reply' ? [cardInstead({ channel }, message.cardId, now, setting.newId())] : [])];
    case 'content':
      return [failed];
  }
}

/** What cannot be said in a card's thread is said by the card, which is posted where it stands nowhere. */
export const cardInstead = ({ channel }: Pick<Delivery, 'channel'>, cardId: string, now: EpochMs, id: string): Change =>
  newDelivery({ id, channel, message: { kind: 'card', cardId }, now });

/** A card that stands where it cannot be edited, or nowhere, stands nowhere. */
const forgotten = (message: Message): Change[] =>
  message.kind === 'card' || message.kind === 'reply' ? [{ kind: 'card.posted', cardId: message.cardId, receipt: null, fingerprint: '' }] : [];

/** A channel that cannot be posted to: its parent in the routing tree, or the admin channel, hears of it, with the way to mend it. */
function fallBack({ id, message, channel: from }: Pick<Delivery, 'id' | 'message' | 'channel'>, code: string, setting: Setting): Change[] {
  const { config, now, newId } = setting;
  const subscriber = message.kind === 'digest' && message.by !== from ? message.by : undefined;
  const channel = subscriber ?? parentChannel(config.routes, from) ?? config.adminChannel;
  if (channel === null || channel === from || message.kind === 'notice' || message.kind === 'redraw' || message.kind === 'forget-picture') return [];
  const notices = noticesOf(channel, from, code, setting);
  const instead = isStepChannel(config.routes, from) ? null : redirected(message);
  return instead === null
    ? notices
    : [...notices, newDelivery({ id: message.kind === 'digest' ? saidInsteadOf(id) : newId(), channel, message: instead, now })];
}

/** A step of a chain whose channel cannot be posted to is said in the thread of the card that was there first. */
function saidOtherwise(id: string, { channel, reply }: Otherwise, from: string, code: string, setting: Setting): Change[] {
  const { now, newId } = setting;
  return [
    ...noticesOf(channel, from, code, setting),
    // The same id however often this is tried.
    newDelivery({ id: `${id}:otherwise`, channel, message: reply, now }),
    ...saidElsewhere(reply, `${from} takes no messages (${code}); said in ${channel} instead`, now, newId),
  ];
}

type Otherwise = NonNullable<Extract<Message, { kind: 'card' }>['otherwise']>;

const whyWords: Partial<Record<string, string>> = {
  channel_not_found: 'It does not exist, or is private and I am not in it.',
  is_archived: 'It is archived.',
  not_in_channel: 'I am not in it.',
};

/** Where its messages come instead hears of it, and whoever runs the bot. */
function noticesOf(channel: string, from: string, code: string, { config, now }: Setting): Change[] {
  const { adminChannel } = config;
  const trouble = { channel: from, why: whyWords[code] ?? `Slack says: ${code}.`, isArchived: code === 'is_archived' };
  const admin = adminChannel === null || adminChannel === from || adminChannel === channel ? [] : [adminChannel];
  return [
    channelNotice(channel, { ...trouble, instead: 'What was meant for it comes here until that is mended.' }, config, now),
    ...admin.map((to) =>
      channelNotice(to, { ...trouble, instead: `What was meant for it goes to ${channel} until that is mended.`, ids: [channel] }, config, now),
    ),
  ];
}

/** What was meant for a card's thread goes elsewhere as the card, which says it all; what waits for the next day is tried then. */
function redirected(message: Message): Message | null {
  switch (message.kind) {
    case 'reply':
      return { kind: 'card', cardId: message.cardId };
    case 'overflow':
    case 'welcome':
    // It goes where its digest went.
    case 'digest-part':
      return null;
    default:
      return message;
  }
}
