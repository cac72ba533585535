import type { webApi } from '@slack/bolt';
import { messageOf } from '../../../app/errors.ts';
import type { Clock, Logger } from '../../../app/ports.ts';
import type { Answers, Records } from '../../../app/use-cases.ts';
import type { HomeState } from '../views/app-home-state.ts';
import type { View } from '../views/blocks.ts';
import { accountModal, findAccountModal } from '../views/find-account.ts';
import type { PublishHome } from './app-home-publishing.ts';
import { redrawForm } from './show-form.ts';

type RedrawOptions = {
  answers: Pick<Answers, 'accountById'>;
  records: Pick<Records, 'takenIn'>;
  publishHome: PublishHome;
  client: webApi.WebClient;
  clock: Clock;
  logger: Logger;
};

/**
 * What a form came from. `account`: the form on which it was laid, and the account that that one shows; `home`: what was looked at on the Home tab, where one of
 * them was opened there. `said`: what became of it.
 */
type Origin = { userId: string; account: { viewId: string; id: string } | null; home: HomeState | undefined; said: View };

/** Draws anew what a form was opened from, as things are now. */
export type Redraw = (origin: Origin) => Promise<void>;

export function createRedraw({ answers, records, publishHome, client, clock, logger }: RedrawOptions): Redraw {
  return async ({ userId, account, home, said }) => {
    if (account === null && home === undefined) return;
    // What was entered is in the inbox: answers know of it when it was taken in.
    await records.takenIn();
    if (account !== null) await redrawAccount(account, home);
    if (home !== undefined) await publishHome({ userId, state: home, hash: null, notice: said });
  };

  async function redrawAccount({ viewId, id }: NonNullable<Origin['account']>, home: HomeState | undefined): Promise<void> {
    try {
      const found = (await answers.accountById(id)) ?? 'gone';
      const now = clock.now();
      await redrawForm(client, { id: viewId }, home === undefined ? findAccountModal(found, now) : accountModal(found, now, home));
    } catch (error) {
      logger.warn({ error: messageOf(error) }, 'cannot draw an account anew');
    }
  }
}
