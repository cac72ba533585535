import type { App, BlockExternalSelectAction, webApi } from '@slack/bolt';
import type { Clock } from '../../../app/ports.ts';
import type { Answers, Records } from '../../../app/use-cases.ts';
import { actionIds, shortcutIds } from '../action-values.ts';
import { findAccountModal } from '../views/find-account.ts';
import { listenToAccountSearch } from './account-search.ts';
import type { Answering } from './answering.ts';
import { clickOf } from './click.ts';
import { redrawForm, showForm } from './show-form.ts';

type FindAccountOptions = {
  answers: Pick<Answers, 'accountById'>;
  records: Pick<Records, 'findAccountOptions'>;
  client: webApi.WebClient;
  clock: Clock;
  answering: Answering;
};

/** The shortcut "Find account": a form that searches while somebody types, and shows the account that is picked. */
export function listenToFindAccount(app: App, { answers, records, client, clock, answering }: FindAccountOptions): void {
  app.shortcut({ type: 'shortcut', callback_id: shortcutIds.findAccount }, async ({ body }) => {
    const click = clickOf(body);
    await answering(click, shortcutIds.findAccount, () => showForm(client, click, findAccountModal(null, clock.now())));
  });

  listenToAccountSearch(app, actionIds.pickAccount, { records });

  app.action<BlockExternalSelectAction>({ type: 'block_actions', action_id: actionIds.pickAccount }, async ({ action, body }) => {
    const id = action.selected_option?.value;
    const { view } = body;
    if (view === undefined) return;
    await answering(clickOf(body), actionIds.pickAccount, async () => {
      const found = id === undefined ? null : ((await answers.accountById(id)) ?? 'gone');
      return redrawForm(client, view, findAccountModal(found, clock.now()));
    });
  });
}
