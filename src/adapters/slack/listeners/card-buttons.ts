import type { App, BlockAction, BlockButtonAction, BlockOverflowAction, BlockStaticSelectAction } from '@slack/bolt';
import type { ActResult, Acts } from '../../../app/use-cases.ts';
import { actionIds, readMore, readResolve, readSnooze } from '../action-values.ts';
import type { View } from '../views/blocks.ts';
import { md } from '../views/escape.ts';
import { actView, saidView } from '../views/said.ts';
import type { Answering } from './answering.ts';
import { clickOf, whereTo } from './click.ts';
import type { OpenForm } from './open-form.ts';

type CardButtonOptions = { acts: Acts; openForm: OpenForm; answering: Answering };

const unreadable = (): View => saidView(md`This button is from an older version of the card. Please use the newest card.`);

/** Says nothing of what is done where the card itself shows it; a late or refused click gets an answer. */
const onlyTrouble = (result: ActResult): View | null => (result.kind === 'done' && result.unseen !== true ? null : actView(result));

const placeOf = ({ channel, message }: BlockAction): Parameters<Acts['acknowledgeCard']>[2] =>
  channel === undefined || message === undefined ? null : { channelId: channel.id, ts: message.ts };

/** Buttons and menus of a card. */
export function listenToCardButtons(app: App, { acts, openForm, answering }: CardButtonOptions): void {
  app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionIds.acknowledge }, async ({ action, body, respond }) => {
    const alertId = action.value ?? '';
    await answering(respond, actionIds.acknowledge, async () => onlyTrouble(await acts.acknowledge(alertId, body.user.id)));
  });

  app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionIds.acknowledgeCard }, async ({ action, body, respond }) => {
    const journeyId = action.value ?? '';
    await answering(respond, actionIds.acknowledgeCard, async () => onlyTrouble(await acts.acknowledgeCard(journeyId, body.user.id, placeOf(body))));
  });

  app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionIds.assign }, async ({ action, body, respond }) => {
    // It stands on the Home tab, too.
    await answering(whereTo(respond, body), actionIds.assign, () => openForm.onAlert('assign', action.value ?? '', clickOf(body)));
  });

  app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionIds.fillRole }, async ({ action, body, respond }) => {
    await answering(respond, actionIds.fillRole, () => openForm.onAlert('role', action.value ?? '', clickOf(body)));
  });

  app.action<BlockStaticSelectAction>({ type: 'block_actions', action_id: actionIds.snooze }, async ({ action, body, respond }) => {
    await answering(respond, actionIds.snooze, async () => {
      const asked = readSnooze(action.selected_option.value);
      if (asked === null) return unreadable();
      if (asked.choice === 'day') return openForm.onAlert('snooze', asked.alertId, clickOf(body));
      const until = asked.choice === 'stage-change' ? asked.choice : { duration: asked.choice };
      return onlyTrouble(await acts.snooze(asked.alertId, until, body.user.id));
    });
  });

  app.action<BlockStaticSelectAction>({ type: 'block_actions', action_id: actionIds.resolve }, async ({ action, body, respond }) => {
    await answering(respond, actionIds.resolve, async () => {
      const asked = readResolve(action.selected_option.value);
      if (asked === null) return unreadable();
      if (asked.choice === 'note') return openForm.onAlert('resolve', asked.alertId, clickOf(body));
      return onlyTrouble(await acts.resolve(asked.alertId, asked.choice, null, body.user.id));
    });
  });

  app.action<BlockOverflowAction>({ type: 'block_actions', action_id: actionIds.more }, async ({ action, body, respond }) => {
    await answering(respond, actionIds.more, async () => {
      const said = readMore(action.selected_option.value);
      switch (said?.choice) {
        case undefined:
          return unreadable();
        case 'touchpoint':
        case 'role':
        case 'mute':
          return openForm.onAlert(said.choice, said.alertId, clickOf(body));
        // The card does not show votes: whoever votes is told that it counts.
        case 'useful':
        case 'not-useful':
          return actView(await acts.vote(said.alertId, said.choice === 'useful', body.user.id));
      }
    });
  });
}
