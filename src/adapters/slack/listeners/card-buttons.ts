import type { App, BlockButtonAction, BlockOverflowAction, BlockStaticSelectAction, webApi } from '@slack/bolt';
import type { ActResult, Acts } from '../../../app/use-cases.ts';
import { actionIds, readResolve, readSnooze, readVote } from '../action-values.ts';
import type { View } from '../views/blocks.ts';
import { md } from '../views/escape.ts';
import { resolveModal } from '../views/resolve-modal.ts';
import { actView, saidView } from '../views/said.ts';
import type { Answering } from './answering.ts';
import { writeResolveMetadata } from './resolve-submission.ts';

type CardButtonOptions = { acts: Acts; client: webApi.WebClient; answering: Answering };

const unreadable = (): View => saidView(md`This button is from an older version of the card. Please use the newest card.`);

/** Says nothing of what is done, since the card itself shows it; a late or refused click gets an answer. */
const onlyTrouble = (result: ActResult): View | null => (result.kind === 'done' ? null : actView(result));

/** Buttons and menus of a card. */
export function listenToCardButtons(app: App, { acts, client, answering }: CardButtonOptions): void {
  app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionIds.acknowledge }, async ({ action, body, respond }) => {
    const alertId = action.value ?? '';
    await answering(respond, actionIds.acknowledge, async () => onlyTrouble(await acts.acknowledge(alertId, body.user.id)));
  });

  app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionIds.acknowledgeCard }, async ({ action, body, respond }) => {
    const journeyId = action.value ?? '';
    await answering(respond, actionIds.acknowledgeCard, async () => onlyTrouble(await acts.acknowledgeCard(journeyId, body.user.id)));
  });

  app.action<BlockStaticSelectAction>({ type: 'block_actions', action_id: actionIds.snooze }, async ({ action, body, respond }) => {
    await answering(respond, actionIds.snooze, async () => {
      const asked = readSnooze(action.selected_option.value);
      if (asked === null) return unreadable();
      const until = asked.choice === 'stage-change' ? asked.choice : { duration: asked.choice };
      return onlyTrouble(await acts.snooze(asked.alertId, until, body.user.id));
    });
  });

  app.action<BlockStaticSelectAction>({ type: 'block_actions', action_id: actionIds.resolve }, async ({ action, body, respond }) => {
    await answering(respond, actionIds.resolve, async () => {
      const asked = readResolve(action.selected_option.value);
      if (asked === null) return unreadable();
      if (asked.choice !== 'note') return onlyTrouble(await acts.resolve(asked.alertId, asked.choice, null, body.user.id));
      const metadata = writeResolveMetadata({ alertId: asked.alertId, channelId: body.channel?.id ?? null });
      await client.views.open({ trigger_id: body.trigger_id, view: resolveModal(metadata) });
      return null;
    });
  });

  // The card does not show votes: whoever votes is told that it counts.
  app.action<BlockOverflowAction>({ type: 'block_actions', action_id: actionIds.vote }, async ({ action, body, respond }) => {
    await answering(respond, actionIds.vote, async () => {
      const said = readVote(action.selected_option.value);
      return said === null ? unreadable() : actView(await acts.vote(said.alertId, said.choice === 'useful', body.user.id));
    });
  });
}
