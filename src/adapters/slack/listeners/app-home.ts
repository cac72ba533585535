import { randomUUID } from 'node:crypto';
import type { App, BlockButtonAction, webApi } from '@slack/bolt';
import type { Clock, Logger } from '../../../app/ports.ts';
import type { ActResult, Acts, Answers, Subscriptions } from '../../../app/use-cases.ts';
import { actionIds, buttonValues, readValue } from '../action-values.ts';
import { readHomeState } from '../views/app-home-state.ts';
import type { Mrkdwn } from '../views/escape.ts';
import { accountModal, dealInForm, type ShownInForm } from '../views/find-account.ts';
import { actText, failureText } from '../views/said.ts';
import type { PublishHome } from './app-home-publishing.ts';

type HomeOptions = {
  answers: Pick<Answers, 'accountById' | 'dealById'>;
  acts: Pick<Acts, 'acknowledge'>;
  subscriptions: Pick<Subscriptions, 'end'>;
  publishHome: PublishHome;
  client: webApi.WebClient;
  clock: Clock;
  logger: Logger;
};

const going = new RegExp(`^(?:${actionIds.homeGo}|${actionIds.homePrevious}|${actionIds.homeNext})$`);

/** The Home tab: drawn when it is opened, and after everything that is done on it. */
export function listenToHome(app: App, { answers, acts, subscriptions, publishHome, client, clock, logger }: HomeOptions): void {
  app.event('app_home_opened', async ({ event }) => {
    if (event.tab !== 'home') return;
    const { folded } = readHomeState(event.view?.private_metadata);
    await publishHome({ userId: event.user, state: { alerts: 1, accounts: 1, folded }, hash: hashOf(event.view) });
  });

  app.action<BlockButtonAction>({ type: 'block_actions', action_id: going }, async ({ action, body }) => {
    await publishHome({ userId: body.user.id, state: readHomeState(action.value), hash: hashOf(body.view) });
  });

  const deeds: Record<string, (value: string, by: string) => Promise<ActResult>> = {
    [actionIds.homeAcknowledge]: (alertId, by) => acts.acknowledge(alertId, by),
    [actionIds.homeEnd]: (value, by) => subscriptions.end(readValue(buttonValues.subscription, value)?.subscriptionId ?? '', by),
  };
  for (const [actionId, deed] of Object.entries(deeds)) {
    app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionId }, async ({ action, body }) => {
      const notice = await acted(actionId, () => deed(action.value ?? '', body.user.id));
      await publishHome({ userId: body.user.id, state: readHomeState(body.view?.private_metadata), hash: hashOf(body.view), notice });
    });
  }

  app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionIds.homeShow }, async ({ action, body }) => {
    const found = await shown(action.value ?? '').catch((error: unknown) => {
      logger.error({ what: actionIds.homeShow, err: error }, 'a Slack request failed');
      return null;
    });
    await client.views.open({ trigger_id: body.trigger_id, view: accountModal(found ?? 'gone', clock.now()) });
  });

  /** `account:a-1`, `deal:d-1` */
  async function shown(ref: string): Promise<ShownInForm | null> {
    const id = ref.slice(ref.indexOf(':') + 1);
    if (ref.startsWith('account:')) return answers.accountById(id);
    const deal = await answers.dealById(id);
    return deal && dealInForm(deal);
  }

  async function acted(what: string, act: () => Promise<ActResult>): Promise<Mrkdwn> {
    try {
      return actText(await act());
    } catch (error) {
      const reference = randomUUID().slice(0, 8);
      logger.error({ what, reference, err: error }, 'a Slack request failed');
      return failureText(reference);
    }
  }
}

/** Of the view that is there; null: none is. */
function hashOf(view: object | undefined): string | null {
  const hash: unknown = view === undefined ? null : Reflect.get(view, 'hash');
  return typeof hash === 'string' && hash !== '' ? hash : null;
}
