import type { ModalView } from '@slack/types';
import { resolveModalId } from '../action-values.ts';
import { option, plainText } from './blocks.ts';
import { limits } from './limits.ts';
import { reasonOptions } from './resolve-reasons.ts';

export const resolveFields = { reason: 'reason', note: 'note' } as const;

const noteRoom = 500;

/** Asks why an alert is resolved. `metadata` comes back with the answer. */
export function resolveModal(metadata: string): ModalView {
  const options = reasonOptions.map(option);
  return {
    type: 'modal',
    callback_id: resolveModalId,
    private_metadata: metadata,
    title: plainText('Resolve alert', limits.modalTitle),
    submit: plainText('Resolve', limits.modalButton),
    close: plainText('Cancel', limits.modalButton),
    blocks: [
      {
        type: 'input',
        block_id: resolveFields.reason,
        label: plainText('Reason', limits.inputLabel),
        element: { type: 'radio_buttons', action_id: resolveFields.reason, options, ...(options[0] ? { initial_option: options[0] } : {}) },
      },
      {
        type: 'input',
        block_id: resolveFields.note,
        optional: true,
        label: plainText('Note', limits.inputLabel),
        element: { type: 'plain_text_input', action_id: resolveFields.note, multiline: true, max_length: noteRoom },
      },
    ],
  };
}
