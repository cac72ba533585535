import type { ModalView } from '@slack/types';
import { formIds } from '../../action-values.ts';
import { section } from '../blocks.ts';
import { bold, md } from '../escape.ts';
import { dayField, form, radioField, textField } from './form.ts';

export const muteFields = { until: 'until', day: 'day', reason: 'reason' } as const;

const reasonRoom = 200;

const choices = [
  { text: '5 working days', value: '5bd' },
  { text: '20 working days', value: '20bd' },
  { text: 'Until a day', value: 'day' },
  { text: 'Until somebody unmutes it', value: 'unmuted' },
];

/** Asks for how long nothing is to be said of an account, and why. */
export const muteForm = (account: { name: string }, metadata: string): ModalView =>
  form(formIds.mute, {
    title: 'Mute account',
    submit: 'Mute',
    metadata,
    blocks: [
      section([md`Nothing is said about ${bold(account.name)} in any channel until then. Its alerts go on, and stand in answers.`]),
      radioField({ name: muteFields.until, label: 'For how long?' }, choices, '5bd'),
      dayField({ name: muteFields.day, label: 'Day', hint: 'Where it is until a day.', optional: true }),
      textField({ name: muteFields.reason, label: 'Why?', hint: 'Everybody who looks the account up reads it.' }, { room: reasonRoom }),
    ],
  });
