import type { Message, Reply } from '../delivery.ts';
import type { Notify } from '../journey/journey-map.ts';
import type { EpochMs } from '../time.ts';
import type { Alert } from './alert.ts';
import { type CardAlert, cardIdOf } from './card.ts';
import type { DueStep } from './escalate.ts';
import type { Mention } from './whom.ts';

/** What messages about steps of chains are made of. */
type StepSetting = {
  about: { id: string; name: string; ownerEmail: string | null };
  cardAlert(alert: Alert): CardAlert;
  mentionsOf(notify: readonly Notify[]): Mention[];
  now: EpochMs;
};

/** Steps that one channel is told of: a reply for all that mention the same people. The channel sees it where nobody is mentioned, or another one had the alert. */
export function stepReplies(steps: DueStep[], alerts: Alert[], setting: StepSetting): Reply[] {
  const groups = Map.groupBy(steps, ({ told }) => JSON.stringify([told.channel, told.notify]));
  return [...groups.values()].map((group) =>
    replyOf(group, alerts, setting, {
      channel: group[0]?.told.channel ?? '',
      broadcast: group.some(({ told, home }) => told.notify.length === 0 || told.channel !== home),
    }),
  );
}

/** What is said in the thread of the first card where the channel of a step takes no card. */
export function otherwise(steps: DueStep[], alerts: Alert[], setting: StepSetting): Pick<Extract<Message, { kind: 'card' }>, 'otherwise'> {
  const [first] = steps;
  if (first === undefined) return {};
  const channel = first.home;
  const reply = replyOf(steps, alerts, setting, { channel, broadcast: true });
  return { otherwise: { channel, reply: { ...reply, instead: { of: first.told.channel } } } };
}

/** For the audit: `step 1 of 2: manager mia@us.example in #deal-alerts`. */
export function stepInWords({ index, of, passedOver, told }: DueStep): string {
  const whom =
    told.notify.length === 0 ? '' : `${told.notify.join(' and ')}${told.emails.length === 0 ? ' (nobody known)' : ` ${told.emails.join(', ')}`} in `;
  return `step ${index + 1} of ${of}: ${whom}${told.channel}${passedOver === 0 ? '' : `; ${passedOver} before it came due while nobody looked`}`;
}

function replyOf(
  steps: DueStep[],
  alerts: Alert[],
  { about, cardAlert, mentionsOf, now }: StepSetting,
  { channel, broadcast }: { channel: string; broadcast: boolean },
): Reply {
  const ids = new Set(steps.map(({ alertId }) => alertId));
  const notify = [...new Set(steps.flatMap(({ told }) => told.notify))];
  const mentions = mentionsOf(notify);
  return {
    kind: 'reply',
    cardId: cardIdOf(about.id, channel),
    reason: 'escalated',
    broadcast,
    notifyOwner: notify.includes('owner'),
    ownerEmail: about.ownerEmail,
    ...(mentions.length === 0 ? {} : { mentions }),
    journeyName: about.name,
    alerts: alerts.filter(({ id }) => ids.has(id)).map((alert) => cardAlert(alert)),
    escalatedAt: now,
  };
}
