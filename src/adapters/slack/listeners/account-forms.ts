import type { App, BlockButtonAction } from '@slack/bolt';
import { actionIds, buttonValues, readValue } from '../action-values.ts';
import type { View } from '../views/blocks.ts';
import { md } from '../views/escape.ts';
import { saidView } from '../views/said.ts';
import type { Answering } from './answering.ts';
import type { OpenForm } from './open-form.ts';

type AccountFormOptions = { openForm: OpenForm; answering: Answering };

const unreadable = (): View => saidView(md`This button is from an older version. Please ask again.`);
const nobody = { role: null, personId: null };

/** Buttons under an account's answer that open forms. */
export function listenToAccountForms(app: App, { openForm, answering }: AccountFormOptions): void {
  const open: Record<string, (accountId: string, triggerId: string) => Promise<View | null>> = {
    [actionIds.logTouchpoint]: (id, triggerId) => openForm.touchpoint({ kind: 'account', id }, {}, triggerId),
    [actionIds.setRole]: (id, triggerId) => openForm.role({ kind: 'account', id }, nobody, triggerId),
    [actionIds.muteAccount]: (id, triggerId) => openForm.mute(id, triggerId),
  };
  for (const [actionId, show] of Object.entries(open)) {
    app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionId }, async ({ action, body, respond }) => {
      await answering(respond, actionId, async () => {
        const asked = readValue(buttonValues.account, action.value);
        return asked === null ? unreadable() : show(asked.accountId, body.trigger_id);
      });
    });
  }
}
