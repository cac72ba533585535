import type { KnownBlock } from '@slack/types';
import { type Subscription, weeklyInWords } from '../../../core/subscription.ts';
import type { EpochMs } from '../../../core/time.ts';
import { nextWeekly } from '../../../core/weekly.ts';
import { actionIds, writeValue } from '../action-values.ts';
import { actions, button, section, type View, view } from './blocks.ts';
import { bold, channelNamed, type Mrkdwn, md } from './escape.ts';
import { count, moment } from './words.ts';

/** What somebody has subscribed to, each with what can be done about it. `filter`: what a new one is to be about. */
export function subscriptionsView(subscriptions: readonly Subscription[], now: EpochMs, filter = ''): View {
  const said =
    subscriptions.length === 0 ? md`You have subscribed to no digest.` : md`You have subscribed to ${count(subscriptions.length, 'digest')}.`;
  return view(said, [section([said]), ...subscriptions.flatMap((one) => subscriptionBlocks(one, now)), actions([newButton(filter)])]);
}

export const newButton = (filter = '') => button('New digest', { id: actionIds.subscribe, value: writeValue({ filter }) ?? '' });

/** One section and its buttons. `endId`: how ending it is called where it stands. */
export function subscriptionBlocks(subscription: Subscription, now: EpochMs, endId: string = actionIds.endSubscription): KnownBlock[] {
  const value = writeValue({ subscriptionId: subscription.id }) ?? '';
  const about = weeklyInWords(subscription);
  return [
    section([subscriptionText(subscription), moment(nextWeekly(subscription, subscription.timezone, now), 'Next: ')]),
    actions([button('Change', { id: actionIds.editSubscription, value, about }), button('End', { id: endId, value, about, style: 'danger' })]),
  ];
}

/** `Mondays at 09:00 (Europe/Berlin) · to me · segment:enterprise` */
const subscriptionText = (subscription: Subscription): Mrkdwn => {
  const where = subscription.channel === null ? md`to me` : channelNamed(subscription.channel);
  const about = subscription.filter === '' ? md`all journeys` : md`${subscription.filter}`;
  return md`${bold(weeklyInWords(subscription))} · ${where} · ${about}`;
};
