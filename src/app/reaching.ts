import { parentChannel } from '../core/alerts/route.ts';
import { mentionedAtMost } from '../core/alerts/whom.ts';
import { type Change, newDelivery } from '../core/change.ts';
import type { Delivery, Reply } from '../core/delivery.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { EpochMs } from '../core/time.ts';
import type { Notifier } from './notifier.ts';

type Setting = { config: JourneyConfig; now: EpochMs; newId(): string };

/** Whom a step was to reach, where nobody of them is in Slack; null: somebody is, or it was to reach nobody. */
export async function unreachedBy(
  { reason, notifyOwner, ownerEmail, mentions = [] }: Reply,
  notifier: Pick<Notifier, 'knowsAny'>,
): Promise<string[] | null> {
  if (reason !== 'escalated' || (!notifyOwner && mentions.length === 0)) return null;
  const emails = [
    ...(notifyOwner && ownerEmail !== null ? [ownerEmail] : []),
    ...mentions.flatMap((mention) => mention.emails.slice(0, mentionedAtMost)),
  ];
  return (await notifier.knowsAny(emails)) ? null : emails;
}

/**
 * A step of a chain whose people are not in Slack is said to a channel instead: the parent's of its route, or, where there is none, all of its own.
 * `unreached`: their addresses; null: somebody is reached.
 */
export function reaching(
  { id, channel }: Pick<Delivery, 'id' | 'channel'>,
  reply: Reply,
  unreached: string[] | null,
  { config, now, newId }: Setting,
): { reply: Reply; more: Change[] } {
  if (unreached === null) return { reply, more: [] };
  const instead = { unreached };
  const above = parentChannel(config.routes, channel);
  const why = `${unreached.length === 0 ? 'nobody is named' : unreached.join(', ')}: not in Slack; said to ${above ?? channel} instead`;
  const noted = saidElsewhere(reply, why, now, newId);
  if (above === null) return { reply: { ...reply, instead, broadcast: true }, more: noted };
  const message: Reply = { ...reply, instead, broadcast: false, cardIn: channel };
  // The same id however often this is tried.
  return { reply: { ...reply, instead }, more: [newDelivery({ id: `${id}:above`, channel: above, message, now }), ...noted] };
}

/** For the audit: a step was said where it was not meant to be said. */
export const saidElsewhere = ({ cardId, alerts }: Reply, why: string, now: EpochMs, newId: () => string): Change[] =>
  alerts.map((alert) => ({
    kind: 'audit.add',
    entry: { id: newId(), at: now, journeyId: cardId.slice(0, cardId.lastIndexOf('|')), alertId: alert.id, who: 'bot', what: 'said elsewhere', why },
  }));
