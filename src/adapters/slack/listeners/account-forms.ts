import type { App, BlockButtonAction } from '@slack/bolt';
import { actionIds, buttonValues, readValue } from '../action-values.ts';
import type { View } from '../views/blocks.ts';
import { md } from '../views/escape.ts';
import { saidView } from '../views/said.ts';
import type { Answering } from './answering.ts';
import { type Click, clickOf, whereTo } from './click.ts';
import type { OpenForm } from './open-form.ts';

type AccountFormOptions = { openForm: OpenForm; answering: Answering };

const unreadable = (): View => saidView(md`This button is from an older version. Please ask again.`);
const nobody = { role: null, personId: null };

/** Buttons that open forms about an account: under its answer, on the Home tab, and in the forms that show it. */
export function listenToAccountForms(app: App, { openForm, answering }: AccountFormOptions): void {
  const open: Record<string, (accountId: string, click: Click) => Promise<View | null>> = {
    [actionIds.logTouchpoint]: (id, click) => openForm.touchpoint({ kind: 'account', id }, {}, click),
    [actionIds.setRole]: (id, click) => openForm.role({ kind: 'account', id }, nobody, click),
    [actionIds.muteAccount]: (id, click) => openForm.mute(id, click),
  };
  for (const [actionId, show] of Object.entries(open)) {
    app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionId }, async ({ action, body, respond }) => {
      await answering(whereTo(respond, body), actionId, async () => {
        const asked = readValue(buttonValues.account, action.value);
        return asked === null ? unreadable() : show(asked.accountId, clickOf(body));
      });
    });
  }
}
