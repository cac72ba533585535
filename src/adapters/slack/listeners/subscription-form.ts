import type { App, BlockButtonAction, webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Clock, Logger } from '../../../app/ports.ts';
import type { SubscriptionEntry, Subscriptions } from '../../../app/use-cases.ts';
import { weeklyInWords } from '../../../core/subscription.ts';
import { actionIds, buttonValues, formIds, readValue } from '../action-values.ts';
import type { People } from '../people.ts';
import { md } from '../views/escape.ts';
import { saidForm } from '../views/forms/form.ts';
import { type SubscriptionDraft, subscriptionFields, subscriptionForm } from '../views/forms/subscription-form.ts';
import { actView, saidView } from '../views/said.ts';
import { subscriptionsView } from '../views/subscriptions.ts';
import type { Answering } from './answering.ts';

type SubscriptionFormOptions = {
  subscriptions: Subscriptions;
  people: People;
  client: webApi.WebClient;
  /** Why a digest cannot go to a channel; null: it can. */
  whyNotTo(channelId: string): Promise<string | null>;
  clock: Clock;
  answering: Answering;
  logger: Logger;
};

export type OpenSubscriptionForm = (trigger: { id: string; userId: string }, filter: string) => Promise<void>;

const metadataSchema = z.strictObject({ id: z.string().nullable(), timezone: z.string() });

/** Buttons of subscriptions, and the form behind them. */
export function listenToSubscriptions(
  app: App,
  { subscriptions, people, client, whyNotTo, clock, answering, logger }: SubscriptionFormOptions,
): OpenSubscriptionForm {
  app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionIds.subscribe }, async ({ action, body, respond }) => {
    await answering(respond, actionIds.subscribe, async () => {
      await openNew({ id: body.trigger_id, userId: body.user.id }, readValue(buttonValues.newSubscription, action.value)?.filter ?? '');
      return null;
    });
  });

  app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionIds.editSubscription }, async ({ action, body, respond }) => {
    await answering(respond, actionIds.editSubscription, async () => {
      const wanted = readValue(buttonValues.subscription, action.value)?.subscriptionId;
      const subscription = (await subscriptions.subscriptionsOf(body.user.id)).find(({ id }) => id === wanted);
      if (subscription === undefined) return saidView(md`This subscription has ended, or is not yours. Nothing was changed.`);
      await open(body.trigger_id, subscription, subscription.id);
      return null;
    });
  });

  app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionIds.endSubscription }, async ({ action, body, respond }) => {
    await answering(
      respond,
      actionIds.endSubscription,
      async () => {
        const result = await subscriptions.end(readValue(buttonValues.subscription, action.value)?.subscriptionId ?? '', body.user.id);
        if (result.kind !== 'done') return actView(result);
        const rest = subscriptionsView(await subscriptions.subscriptionsOf(body.user.id), clock.now());
        return { text: result.message, blocks: [...actView(result).blocks, ...rest.blocks] };
      },
      'replace',
    );
  });

  app.view({ type: 'view_submission', callback_id: formIds.subscription }, async ({ view, body, ack }) => {
    try {
      await ack(await answerTo(view, body.user.id));
    } catch (error) {
      logger.error({ what: formIds.subscription, err: error }, 'a Slack request failed');
      await ack({
        response_action: 'errors',
        errors: { [subscriptionFields.filter]: 'Something went wrong here, nothing was changed. Please try again.' },
      });
    }
  });

  return openNew;

  async function openNew({ id, userId }: { id: string; userId: string }, filter: string): Promise<void> {
    const timezone = (await people.byId(userId))?.timezone ?? subscriptions.zone();
    await open(id, { channel: null, weekday: 'mon', time: '09:00', timezone, filter }, null);
  }

  async function open(trigger: string, draft: SubscriptionDraft, id: string | null): Promise<void> {
    const metadata = JSON.stringify({ id, timezone: draft.timezone } satisfies z.infer<typeof metadataSchema>);
    await client.views.open({ trigger_id: trigger, view: subscriptionForm(draft, id === null, metadata) });
  }

  async function answerTo(view: Submitted, userId: string) {
    const entry = entryOf(view);
    if (entry === null) return errors('filter', 'This form is from an older version. Please open it again.');
    if (entry.channel === '') return errors('channel', 'Choose the channel.');
    const no = entry.channel === null ? null : await whyNotTo(entry.channel);
    if (no !== null) return errors('channel', no);
    const saved = await subscriptions.save(entry, { userId, email: (await people.byId(userId))?.email ?? null });
    if (!saved.ok) return errors(saved.field, saved.message);
    const message = `${entry.id === null ? 'Subscribed' : 'Changed'}: it comes ${weeklyInWords(saved.subscription)}. End it or change it with /journey subscribe.`;
    return { response_action: 'update' as const, view: saidForm({ kind: 'done', message }) satisfies ModalView };
  }
}

type Submitted = { private_metadata: string; state: { values: Record<string, Record<string, Filled>> } };
type Filled = {
  value?: string | null | undefined;
  selected_option?: { value?: string } | null | undefined;
  selected_time?: string | null | undefined;
  selected_conversation?: string | null | undefined;
};

/** `channel` empty: it is to go to one, and none was chosen. Null: not of this version. */
function entryOf({ private_metadata: metadata, state }: Submitted): SubscriptionEntry | null {
  const known = readValue(metadataSchema, metadata);
  if (known === null) return null;
  const filled = (name: string): Filled => state.values[name]?.[name] ?? {};
  const toChannel = filled(subscriptionFields.to).selected_option?.value === 'channel';
  return {
    ...known,
    channel: toChannel ? (filled(subscriptionFields.channel).selected_conversation ?? '') : null,
    weekday: filled(subscriptionFields.weekday).selected_option?.value ?? '',
    time: filled(subscriptionFields.time).selected_time ?? '',
    filter: filled(subscriptionFields.filter).value ?? '',
  };
}

/** Slack shows it under the field; markup means nothing there. */
const errors = (field: keyof typeof subscriptionFields, message: string) => ({
  response_action: 'errors' as const,
  errors: { [subscriptionFields[field]]: message.replaceAll('`', '') },
});
