import type { InputBlock, ModalView } from '@slack/types';
import { weekdays } from '../../../../core/calendar.ts';
import type { Subscription } from '../../../../core/subscription.ts';
import { formIds } from '../../action-values.ts';
import { section } from '../blocks.ts';
import { md } from '../escape.ts';
import { filterHint } from '../filter-hint.ts';
import { form, input, menuField, radioField, textField } from './form.ts';

export const subscriptionFields = { to: 'to', channel: 'channel', weekday: 'weekday', time: 'time', filter: 'filter' } as const;

/** What a form begins with. */
export type SubscriptionDraft = Pick<Subscription, 'channel' | 'weekday' | 'time' | 'timezone' | 'filter'>;

const filterRoom = 300;

const places = [
  { text: 'To me, as a direct message', value: 'me' },
  { text: 'To a channel', value: 'channel' },
];

const dayNames: Record<Subscription['weekday'], string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** Asks for a weekly digest: where to, when, and about what. `isNew`: none that is changed. `amounts`: whoever fills it in may see them. */
export function subscriptionForm(draft: SubscriptionDraft, isNew: boolean, metadata: string, amounts = true): ModalView {
  const days = weekdays.map((value) => ({ text: dayNames[value], value }));
  const blocks = [
    section([md`What moved, was won and lost, stands still, whom we miss, and what became of the alerts: once a week.`]),
    radioField({ name: subscriptionFields.to, label: 'Where to?' }, places, draft.channel === null ? 'me' : 'channel'),
    channelField(draft.channel),
    menuField({ name: subscriptionFields.weekday, label: 'On which day?' }, days, draft.weekday),
    input(
      { name: subscriptionFields.time, label: 'When?', hint: `By the clocks of ${draft.timezone}` },
      { type: 'timepicker', action_id: subscriptionFields.time, initial_time: draft.time },
    ),
    filterField(draft.filter, amounts),
  ];
  return form(formIds.subscription, {
    title: isNew ? 'Subscribe to a digest' : 'Change the digest',
    submit: isNew ? 'Subscribe' : 'Change',
    metadata,
    blocks: blocks.filter((block) => block !== null),
  });
}

const channelField = (chosen: string | null): InputBlock =>
  input(
    { name: subscriptionFields.channel, label: 'Channel', hint: 'Where it goes to a channel. Everybody there reads it.', optional: true },
    {
      type: 'conversations_select',
      action_id: subscriptionFields.channel,
      filter: { include: ['public', 'private'], exclude_external_shared_channels: true, exclude_bot_users: true },
      ...(chosen === null ? {} : { initial_conversation: chosen }),
    },
  );

function filterField(filter: string, amounts: boolean): InputBlock {
  const hint = `Empty: everything. ${filterHint(amounts, 'unsorted')}`;
  const block = textField({ name: subscriptionFields.filter, label: 'Only about', hint, optional: true }, { room: filterRoom });
  return filter === '' ? block : { ...block, element: { ...block.element, initial_value: filter.slice(0, filterRoom) } as InputBlock['element'] };
}
