import type { ActionsBlock, Button } from '@slack/types';
import type { CardAlert } from '../../../core/alerts/card.ts';
import { actionIds, type ResolveChoice, resolveValue, type SnoozeChoice, snoozeValue, voteChoices, voteValue } from '../action-values.ts';
import { actions, button, menu, more } from './blocks.ts';
import { reasonOptions } from './resolve-reasons.ts';

/** What can be done about one alert that is not resolved. Everything carries the alert's id, so a late click is noticed. */
export function alertButtons(alert: CardAlert): ActionsBlock {
  const acknowledge =
    alert.acknowledged === null ? [button('Acknowledge', { id: actionIds.acknowledge, value: alert.id, about: alert.headline })] : [];
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
  // Behind three dots: worth asking, not worth a button each on every card.
  const vote = more(
    actionIds.vote,
    voteChoices.map((choice) => ({ text: voteWords[choice], value: voteValue(choice, alert.id) })),
  );
  return actions([...acknowledge, snooze, resolve, vote], `alert:${alert.id}:${stateKey(alert)}`);
}

export const acknowledgeAll = (journeyId: string): Button => button('Acknowledge all', { id: actionIds.acknowledgeCard, value: journeyId });

const snoozeOptions: { text: string; choice: SnoozeChoice }[] = [
  { text: '2 working days', choice: '2bd' },
  { text: '5 working days', choice: '5bd' },
  { text: 'Until the stage changes', choice: 'stage-change' },
];

const resolveOptions: { text: string; choice: ResolveChoice }[] = [
  ...reasonOptions.map(({ text, value }) => ({ text, choice: value })),
  { text: 'With a note …', choice: 'note' },
];

const voteWords: Record<(typeof voteChoices)[number], string> = { useful: '👍 Useful', 'not-useful': '👎 Not useful' };

const stateKey = ({ state, snoozedUntil, episode }: CardAlert): string => `${episode}:${state}:${snoozedUntil ?? 'awake'}`;
