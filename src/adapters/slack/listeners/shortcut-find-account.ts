import type { App, BlockExternalSelectAction, webApi } from '@slack/bolt';
import type { Clock } from '../../../app/ports.ts';
import type { Answers, Records } from '../../../app/use-cases.ts';
import { actionIds, shortcutIds } from '../action-values.ts';
import { findAccountModal } from '../views/find-account.ts';
import { slackErrorCode } from '../web-client.ts';
import { listenToAccountSearch } from './account-search.ts';

type FindAccountOptions = {
  answers: Pick<Answers, 'accountById'>;
  records: Pick<Records, 'findAccountOptions'>;
  client: webApi.WebClient;
  clock: Clock;
};

/** The shortcut "Find account": a form that searches while somebody types, and shows the account that is picked. */
export function listenToFindAccount(app: App, { answers, records, client, clock }: FindAccountOptions): void {
  app.shortcut({ type: 'shortcut', callback_id: shortcutIds.findAccount }, async ({ shortcut }) => {
    await client.views.open({ trigger_id: shortcut.trigger_id, view: findAccountModal(null, clock.now()) });
  });

  listenToAccountSearch(app, actionIds.pickAccount, { records });

  app.action<BlockExternalSelectAction>({ type: 'block_actions', action_id: actionIds.pickAccount }, async ({ action, body }) => {
    const id = action.selected_option?.value;
    const { view } = body;
    if (view === undefined) return;
    const found = id === undefined ? null : ((await answers.accountById(id)) ?? 'gone');
    // Where somebody has picked another one meanwhile, or closed the form, this one is not wanted any more.
    await client.views.update({ view_id: view.id, hash: view.hash, view: findAccountModal(found, clock.now()) }).catch((error: unknown) => {
      if (!outdated.has(slackErrorCode(error) ?? '')) throw error;
    });
  });
}

const outdated = new Set(['hash_conflict', 'not_found', 'view_not_found']);
