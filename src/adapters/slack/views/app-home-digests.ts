import type { KnownBlock } from '@slack/types';
import { type Subscription, weeklyInWords } from '../../../core/subscription.ts';
import type { EpochMs } from '../../../core/time.ts';
import { nextWeekly } from '../../../core/weekly.ts';
import { actionIds, writeValue } from '../action-values.ts';
import { part } from './app-home-lists.ts';
import type { HomeState } from './app-home-state.ts';
import { actions, button, section } from './blocks.ts';
import { bold, md } from './escape.ts';
import { newButton, subscriptionText } from './subscriptions.ts';
import { andMore, moment } from './words.ts';

const shown = 10;

/** The digests that somebody has asked for. */
export function digestBlocks(subscriptions: readonly Subscription[], state: HomeState, now: EpochMs): KnownBlock[] {
  const more = andMore(subscriptions.length - shown, '/journey subscribe');
  return part('digests', md`${bold('My digests')} (${subscriptions.length})`, state, () => [
    ...(subscriptions.length === 0 ? [section([md`None yet. A digest says once a week what moved, and what needs somebody.`])] : []),
    ...subscriptions.slice(0, shown).flatMap((subscription) => oneDigest(subscription, now)),
    ...(more.length === 0 ? [] : [section(more)]),
    actions([newButton()]),
  ]);
}

function oneDigest(subscription: Subscription, now: EpochMs): KnownBlock[] {
  const value = writeValue({ subscriptionId: subscription.id }) ?? '';
  const about = weeklyInWords(subscription);
  return [
    section([subscriptionText(subscription), moment(nextWeekly(subscription, subscription.timezone, now), 'Next: ')]),
    actions([
      button('Change', { id: actionIds.editSubscription, value, about }),
      button('End', { id: actionIds.homeEnd, value, about, style: 'danger' }),
    ]),
  ];
}
