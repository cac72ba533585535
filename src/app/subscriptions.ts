import PQueue from 'p-queue';
import type { Visitor } from '../core/access.ts';
import { weekdays } from '../core/calendar.ts';
import { type Change, newDelivery } from '../core/change.ts';
import { isTimezone } from '../core/is-timezone.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { digestOfSubscription, type Subscription, weeklyInWords } from '../core/subscription.ts';
import type { SubscribedDigests } from './digests.ts';
import { readFilters } from './filters.ts';
import type { Clock, Store } from './ports.ts';
import type { ActResult, SubscriptionEntry, SubscriptionSaved, Subscriptions } from './use-cases.ts';

type SubscriptionDependencies = {
  store: Pick<Store, 'subscriptions' | 'subscription' | 'owners' | 'commit'>;
  /** Whether somebody may still be told of customers. Rejects when Slack cannot be asked. */
  isMember(userId: string): Promise<boolean>;
  config(): JourneyConfig;
  clock: Clock;
  newId(): string;
};

/** So many a person: more are a channel's work. */
export const subscriptionsAtMost = 5;

/** Digests that people have asked for in Slack, beside those of journey.yml. */
export function createSubscriptions({ store, isMember, config, clock, newId }: SubscriptionDependencies): Subscriptions & {
  digests: SubscribedDigests;
} {
  /** What somebody has is looked at before it is changed: of two changes at once each must see the other. */
  const inTurn = new PQueue({ concurrency: 1 });
  return {
    subscriptionsOf: (userId) => store.subscriptions(userId),
    zone: () => config().timezone,
    save: (entry, asker) => inTurn.add(() => save(entry, asker)),
    end: (id, by) => inTurn.add(() => end(id, by)),
    digests: {
      definitions: async () => (await store.subscriptions()).map(digestOfSubscription),
      async mayHave(userId) {
        if (await isMember(userId)) return true;
        await store.commit((await store.subscriptions(userId)).flatMap(ended));
        return false;
      },
    },
  };

  async function save(entry: SubscriptionEntry, asker: Visitor): Promise<SubscriptionSaved> {
    const { userId } = asker;
    const weekday = weekdays.find((known) => known === entry.weekday);
    if (weekday === undefined) return refuse('weekday', 'Choose a day of the week.');
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(entry.time)) return refuse('time', 'Choose an hour.');
    if (!isTimezone(entry.timezone)) return refuse('time', `I do not know the zone ${entry.timezone}.`);
    const read = await readFilters(entry.filter, { asker, config: config(), owners: () => store.owners() });
    if (!read.ok) return { ...read, field: 'filter' };
    const mine = await store.subscriptions(userId);
    const before = mine.find(({ id }) => id === entry.id);
    if (entry.id !== null && before === undefined) return refuse('filter', 'This subscription has ended meanwhile. Nothing was changed.');
    if (before === undefined && mine.length >= subscriptionsAtMost)
      return refuse('filter', `You have ${subscriptionsAtMost} already, which is as many as there may be: change or end one of them.`);
    const { channel, time, timezone, filter } = entry;
    const subscription: Subscription = {
      id: before?.id ?? newId(),
      by: userId,
      channel,
      weekday,
      time,
      timezone,
      filter: filter.trim(),
      match: read.match,
      createdAt: before?.createdAt ?? clock.now(),
    };
    const same = mine.find((other) => other.id !== subscription.id && isSame(other, subscription));
    if (same !== undefined) return refuse('filter', 'You have this very subscription already.');
    await store.commit([
      { kind: 'subscription.put', subscription },
      noted(userId, before === undefined ? 'subscribed' : 'changed a subscription', inWords(subscription)),
    ]);
    return { ok: true, subscription };
  }

  async function end(id: string, by: string): Promise<ActResult> {
    const subscription = await store.subscription(id);
    if (subscription === null) return { kind: 'stale', message: 'This subscription has ended already. Nothing was changed.' };
    if (subscription.by !== by) return { kind: 'refused', message: 'This is not yours: only whoever has subscribed can end it.' };
    await store.commit([{ kind: 'subscription.end', id }, noted(by, 'unsubscribed', inWords(subscription))]);
    return { kind: 'done', message: 'Ended: it will not be sent any more.' };
  }

  /** Whoever left, or became a guest, must hear of no customers any more; a channel that got theirs should know why it stops. */
  function ended(subscription: Subscription): Change[] {
    const now = clock.now();
    const { adminChannel } = config();
    const line = `It was subscribed to by ${subscription.by}, who is no full member of this workspace any more: ${inWords(subscription)}. Somebody else can subscribe to it: /journey subscribe.`;
    const message = {
      kind: 'notice' as const,
      severity: 'info' as const,
      title: 'A digest has ended',
      lines: [line],
      ids: [subscription.by, ...(subscription.channel === null ? [] : [subscription.channel])],
    };
    return [
      { kind: 'subscription.end', id: subscription.id },
      noted('bot', 'ended a subscription', `${subscription.by} is no full member any more; ${inWords(subscription)}`),
      ...(adminChannel === null ? [] : [newDelivery({ id: `subscription-ended:${subscription.id}`, channel: adminChannel, message, now })]),
    ];
  }

  function noted(who: string, what: string, why: string): Change {
    return { kind: 'audit.add', entry: { id: newId(), at: clock.now(), journeyId: null, alertId: null, who, what, why } };
  }
}

const refuse = (field: Extract<SubscriptionSaved, { ok: false }>['field'], message: string): SubscriptionSaved => ({ ok: false, field, message });

const isSame = (a: Subscription, b: Subscription): boolean =>
  a.channel === b.channel &&
  a.weekday === b.weekday &&
  a.time === b.time &&
  a.timezone === b.timezone &&
  JSON.stringify(a.match) === JSON.stringify(b.match);

const inWords = (subscription: Subscription): string =>
  `${weeklyInWords(subscription)}, ${subscription.channel ?? 'as a direct message'}, ${subscription.filter === '' ? 'all journeys' : subscription.filter}`;
