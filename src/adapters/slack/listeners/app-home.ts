import type { App, BlockButtonAction, webApi } from '@slack/bolt';
import type { Clock } from '../../../app/ports.ts';
import type { ActResult, Acts, Answers, Subscriptions } from '../../../app/use-cases.ts';
import { actionIds, buttonValues, readValue } from '../action-values.ts';
import { readHomeState } from '../views/app-home-state.ts';
import { accountModal, dealInForm, type ShownInForm } from '../views/find-account.ts';
import { actView } from '../views/said.ts';
import type { Answering } from './answering.ts';
import type { PublishHome } from './app-home-publishing.ts';
import { clickOf } from './click.ts';
import { showForm } from './show-form.ts';

type HomeOptions = {
  answers: Pick<Answers, 'accountById' | 'dealById'>;
  acts: Pick<Acts, 'acknowledge'>;
  subscriptions: Pick<Subscriptions, 'end'>;
  publishHome: PublishHome;
  client: webApi.WebClient;
  clock: Clock;
  answering: Answering;
};

const going = new RegExp(`^(?:${actionIds.homeGo}|${actionIds.homePrevious}|${actionIds.homeNext})$`);

/** The Home tab: drawn when it is opened, and after everything that is done on it, which its answer says. */
export function listenToHome(app: App, { answers, acts, subscriptions, publishHome, client, clock, answering }: HomeOptions): void {
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
      await answering(clickOf(body), actionId, async () => actView(await deed(action.value ?? '', body.user.id)));
    });
  }

  app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionIds.homeShow }, async ({ action, body }) => {
    const click = clickOf(body);
    await answering(click, actionIds.homeShow, async () => {
      const found = (await shown(action.value ?? '')) ?? 'gone';
      return showForm(client, click, accountModal(found, clock.now(), readHomeState(body.view?.private_metadata)));
    });
  });

  /** `account:a-1`, `deal:d-1` */
  async function shown(ref: string): Promise<ShownInForm | null> {
    const id = ref.slice(ref.indexOf(':') + 1);
    if (ref.startsWith('account:')) return answers.accountById(id);
    const deal = await answers.dealById(id);
    return deal && dealInForm(deal);
  }
}

/** Of the view that is there; null: none is. */
function hashOf(view: object | undefined): string | null {
  const hash: unknown = view === undefined ? null : Reflect.get(view, 'hash');
  return typeof hash === 'string' && hash !== '' ? hash : null;
}
