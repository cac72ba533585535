import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { AccountPeople } from '../../../core/account-people.ts';
import { actionIds, formIds } from '../action-values.ts';
import { accountSearch } from './account-search.ts';
import { button, plainText, section } from './blocks.ts';
import { bold, long, md } from './escape.ts';
import { touchpointForm } from './forms/touchpoint-form.ts';
import { limits } from './limits.ts';

/** What a message says of the touchpoint that it is: Slack carries it along while an account is being chosen. `entryId` names the message. */
export const messageDraft = z.strictObject({
  entryId: z.string(),
  at: z.number(),
  direction: z.enum(['inbound', 'outbound']),
  note: z.string(),
  personId: z.string().nullable(),
});
export type MessageDraft = z.infer<typeof messageDraft>;

/** Asks with whom it was, by a search. `gone`: whom somebody has picked is not known any more. */
export const chooseAccountForm = (draft: MessageDraft, gone = false): ModalView => ({
  type: 'modal',
  callback_id: formIds.logMessage,
  private_metadata: JSON.stringify(draft),
  title: plainText('Log a touchpoint', limits.modalTitle),
  close: plainText('Cancel', limits.modalButton),
  blocks: [
    searchBlock,
    ...(gone ? [section([md`This one is not known any more: it may have been merged or deleted in the CRM.`])] : []),
    ...(draft.note === '' ? [] : [section([md`“${long(draft.note, 400)}”`])]),
  ],
});

const searchBlock = accountSearch('With which account?', actionIds.pickMessageAccount);

/** The form for touchpoints, filled in with the message; another account is one click away. */
export function logMessageForm(around: AccountPeople, { at, direction, note, personId }: MessageDraft, metadata: string): ModalView {
  const form = touchpointForm(around, { at, direction, note, personId, type: 'message', channel: 'chat' }, metadata);
  const name = around.account?.name ?? '';
  const other = button('Another account', { id: actionIds.otherAccount, value: 'other', about: `not ${name}` });
  return { ...form, blocks: [section([md`With ${bold(name)}`], other), ...form.blocks.slice(1)] };
}
