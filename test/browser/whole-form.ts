import type { InputBlock, ModalView } from '@slack/types';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ text: plain(value), value });
const input = (block_id: string, label: string, element: InputBlock['element'], more: Partial<InputBlock> = {}): InputBlock => ({
  type: 'input',
  block_id,
  label: plain(label),
  element,
  ...more,
});

/** A form with each kind of field that Slack has and a bot like ours uses. */
export const wholeForm: ModalView = {
  type: 'modal',
  callback_id: 'whole',
  title: plain('Find account'),
  submit: plain('Save'),
  close: plain('Cancel'),
  blocks: [
    { type: 'section', text: { type: 'mrkdwn', text: 'What do you want to know?' } },
    input('account', 'Account', { type: 'external_select', action_id: 'account', min_query_length: 1, placeholder: plain('Type a name') }),
    input('others', 'Others', { type: 'multi_external_select', action_id: 'account-more', min_query_length: 1 }, { optional: true }),
    input('owner', 'Owner', { type: 'users_select', action_id: 'user' }),
    input('from', 'From', { type: 'datepicker', action_id: 'date', initial_date: '2026-11-20' }),
    input('at', 'At', { type: 'timepicker', action_id: 'time', initial_time: '09:30' }),
    input('mood', 'Mood', { type: 'radio_buttons', action_id: 'mood', options: [option('good'), option('bad')], initial_option: option('good') }),
    input('tell', 'Tell', { type: 'checkboxes', action_id: 'tell', options: [option('owner'), option('manager')] }, { optional: true }),
    input('roles', 'Roles', { type: 'multi_static_select', action_id: 'roles', options: [option('champion'), option('legal')] }, { optional: true }),
    input(
      'days',
      'Days',
      { type: 'number_input', action_id: 'value', is_decimal_allowed: false, min_value: '1' },
      { hint: plain('Working days, at most 90') },
    ),
  ],
};
