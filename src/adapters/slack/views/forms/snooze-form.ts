import type { ModalView } from '@slack/types';
import type { AlertSubject } from '../../../../app/use-cases.ts';
import { formIds } from '../../action-values.ts';
import { alertHeading } from './alert-heading.ts';
import { dayField, form, radioField } from './form.ts';

export const snoozeFields = { until: 'until', day: 'day' } as const;

const choices = [
  { text: 'On a day', value: 'day' },
  { text: 'In 2 working days', value: '2bd' },
  { text: 'In 5 working days', value: '5bd' },
  { text: 'When the stage changes', value: 'stage-change' },
];

/** Asks until when an alert is to be quiet. */
export const snoozeForm = (subject: AlertSubject, metadata: string): ModalView =>
  form(formIds.snooze, {
    title: 'Snooze',
    submit: 'Snooze',
    metadata,
    blocks: [
      alertHeading(subject),
      radioField({ name: snoozeFields.until, label: 'When shall it come back?' }, choices, 'day'),
      dayField({ name: snoozeFields.day, label: 'Day', hint: 'It comes back that morning, if it is still true then.', optional: true }),
    ],
  });
