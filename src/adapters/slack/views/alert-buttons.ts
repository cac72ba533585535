import type { ActionsBlock, Button } from '@slack/types';
import type { CardAlert } from '../../../core/alerts/card.ts';
import { missingRole } from '../../../core/detectors/missing-role.ts';
import { actionIds, type MoreChoice, moreValue, type ResolveChoice, resolveValue, type SnoozeChoice, snoozeValue } from '../action-values.ts';
import { actions, button, menu, more } from './blocks.ts';
import { reasonOptions } from './resolve-reasons.ts';

/**
 * What can be done about one alert that is not resolved, in one row: what is done every day in sight, the rest behind three dots. Everything carries the alert's
 * id, so a late click is noticed. `isFeed`: it is about no customer.
 */
export function alertButtons(alert: CardAlert, { isFeed, hasAccount }: { isFeed: boolean; hasAccount: boolean }): ActionsBlock {
  const named = { value: alert.id, about: alert.headline };
  const taking = alert.acknowledged === null ? [button('Acknowledge', { id: actionIds.acknowledge, ...named })] : [];
  const snooze = menu(
    'Snooze',
    actionIds.snooze,
    snoozeOptions.map(({ text, choice }) => ({ text, value: snoozeValue(choice, alert.id) })),
  );
  const resolve = menu(
    'Resolve',
    actionIds.resolve,
    resolveOptions.map(({ text, choice }) => ({ text, value: resolveValue(choice, alert.id) })),
  );
  const behindDots = moreOptions.filter(({ choice }) => (choice === 'mute' ? hasAccount : !isFeed || choice === 'useful' || choice === 'not-useful'));
  const rest = more(
    actionIds.more,
    behindDots.map(({ text, choice }) => ({ text, value: moreValue(choice, alert.id) })),
  );
  const assign = button(alert.assigned === undefined ? 'Assign' : 'Reassign', { id: actionIds.assign, ...named });
  // What this alert asks for, in sight.
  const filling = alert.rule === missingRole.name && !isFeed ? [button('Set the role', { id: actionIds.fillRole, ...named })] : [];
  return actions([...taking, ...filling, assign, snooze, resolve, rest], `alert:${alert.id}:${stateKey(alert)}`);
}

export const acknowledgeAll = (journeyId: string): Button => button('Acknowledge all', { id: actionIds.acknowledgeCard, value: journeyId });

const snoozeOptions: { text: string; choice: SnoozeChoice }[] = [
  { text: '2 working days', choice: '2bd' },
  { text: '5 working days', choice: '5bd' },
  { text: 'Until the stage changes', choice: 'stage-change' },
  { text: 'Until a day …', choice: 'day' },
];

const resolveOptions: { text: string; choice: ResolveChoice }[] = [
  ...reasonOptions.map(({ text, value }) => ({ text, choice: value })),
  { text: 'With a note …', choice: 'note' },
];

const moreOptions: { text: string; choice: MoreChoice }[] = [
  { text: '💬 Log a touchpoint …', choice: 'touchpoint' },
  { text: '👤 Set a role …', choice: 'role' },
  { text: '🔕 Mute the account …', choice: 'mute' },
  { text: '👍 Useful', choice: 'useful' },
  { text: '👎 Not useful', choice: 'not-useful' },
];

const stateKey = ({ state, snoozedUntil, episode, assigned }: CardAlert): string =>
  `${episode}:${state}:${snoozedUntil ?? 'awake'}:${assigned?.at ?? ''}`;
