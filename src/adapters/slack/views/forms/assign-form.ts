import type { ModalView } from '@slack/types';
import type { AlertSubject } from '../../../../app/use-cases.ts';
import { formIds } from '../../action-values.ts';
import { alertHeading } from './alert-heading.ts';
import { form, userField } from './form.ts';

export const assignFields = { person: 'person' } as const;

/** Asks who is to see to an alert. */
export const assignForm = (subject: AlertSubject, metadata: string): ModalView =>
  form(formIds.assign, {
    title: 'Assign',
    submit: 'Assign',
    metadata,
    blocks: [
      alertHeading(subject),
      userField(
        {
          name: assignFields.person,
          label: 'Who sees to it?',
          hint: 'They are told once, in the thread of the card. The alert counts as taken: it is neither repeated nor taken to anybody else.',
        },
        subject.assignedTo,
      ),
    ],
  });
