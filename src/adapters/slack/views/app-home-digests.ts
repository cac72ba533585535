import type { KnownBlock } from '@slack/types';
import type { Subscription } from '../../../core/subscription.ts';
import type { EpochMs } from '../../../core/time.ts';
import { actionIds } from '../action-values.ts';
import { part } from './app-home-lists.ts';
import type { HomeState } from './app-home-state.ts';
import { actions, section } from './blocks.ts';
import { bold, md } from './escape.ts';
import { newButton, subscriptionBlocks } from './subscriptions.ts';
import { andMore } from './words.ts';

const shown = 10;

/** The digests that somebody has asked for. */
export function digestBlocks(subscriptions: readonly Subscription[], state: HomeState, now: EpochMs): KnownBlock[] {
  const more = andMore(subscriptions.length - shown, '/journey subscribe');
  return part('digests', md`${bold('My digests')} (${subscriptions.length})`, state, () => [
    ...(subscriptions.length === 0 ? [section([md`None yet. A digest says once a week what moved, and what needs somebody.`])] : []),
    ...subscriptions.slice(0, shown).flatMap((subscription) => subscriptionBlocks(subscription, now, actionIds.homeEnd)),
    ...(more.length === 0 ? [] : [section(more)]),
    actions([newButton()]),
  ]);
}
