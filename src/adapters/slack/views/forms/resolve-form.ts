import type { ModalView } from '@slack/types';
import type { AlertSubject } from '../../../../app/use-cases.ts';
import { formIds } from '../../action-values.ts';
import { reasonOptions } from '../resolve-reasons.ts';
import { alertHeading } from './alert-heading.ts';
import { form, radioField, textField } from './form.ts';

export const resolveFields = { reason: 'reason', note: 'note' } as const;

const noteRoom = 500;

/** Asks why an alert is resolved. */
export const resolveForm = (subject: AlertSubject, metadata: string): ModalView =>
  form(formIds.resolve, {
    title: 'Resolve',
    submit: 'Resolve',
    metadata,
    blocks: [
      alertHeading(subject),
      radioField({ name: resolveFields.reason, label: 'Reason', hint: 'It stays resolved until its condition changes.' }, reasonOptions),
      textField({ name: resolveFields.note, label: 'Note', hint: 'Stands on the card.', optional: true }, { room: noteRoom, lines: 'many' }),
    ],
  });
