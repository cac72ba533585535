import type { App, BlockButtonAction } from '@slack/bolt';
import type { z } from 'zod';
import type { Clock } from '../../../app/ports.ts';
import type { ActResult, SubscriptionEntry, Subscriptions } from '../../../app/use-cases.ts';
import { weeklyInWords } from '../../../core/subscription.ts';
import { actionIds, buttonValues, formIds, readValue } from '../action-values.ts';
import type { People } from '../people.ts';
import type { Unpostable } from '../postable-channel.ts';
import type { View } from '../views/blocks.ts';
import { md } from '../views/escape.ts';
import { type SubscriptionDraft, subscriptionFields, subscriptionForm } from '../views/forms/subscription-form.ts';
import { actView, saidView } from '../views/said.ts';
import { subscriptionsView } from '../views/subscriptions.ts';
import type { Answering } from './answering.ts';
import { type Click, clickOf, whereTo } from './click.ts';
import type { FilledForm } from './filled-form.ts';
import { subscriptionMetadata, writeMetadata } from './form-metadata.ts';
import { type FormOptions, listenToForm } from './form-submission.ts';
import { showForm } from './show-form.ts';
import { noteDenied, seesAmountsHere } from './visitor.ts';

type SubscriptionFormOptions = FormOptions & {
  subscriptions: Subscriptions;
  people: People;
  /** Why a digest cannot go to a channel; null: it can. */
  whyNotTo(channelId: string): Promise<Unpostable | null>;
  clock: Clock;
  answering: Answering;
};

/** The answer says why the form did not open; null: it stands there. */
export type OpenSubscriptionForm = (click: Click, filter: string) => Promise<View | null>;

/** Buttons of subscriptions, and the form behind them. */
export function listenToSubscriptions(
  app: App,
  { subscriptions, people, whyNotTo, clock, answering, ...form }: SubscriptionFormOptions,
): OpenSubscriptionForm {
  app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionIds.subscribe }, async ({ action, body, respond }) => {
    await answering(whereTo(respond, body), actionIds.subscribe, () =>
      openNew(clickOf(body), readValue(buttonValues.newSubscription, action.value)?.filter ?? ''),
    );
  });

  app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionIds.editSubscription }, async ({ action, body, respond }) => {
    await answering(whereTo(respond, body), actionIds.editSubscription, async () => {
      const wanted = readValue(buttonValues.subscription, action.value)?.subscriptionId;
      const subscription = (await subscriptions.subscriptionsOf(body.user.id)).find(({ id }) => id === wanted);
      if (subscription === undefined) return saidView(md`This subscription has ended, or is not yours. Nothing was changed.`);
      return open(clickOf(body), subscription, subscription.id);
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
        const said = actView(result);
        return { ...said, blocks: [...said.blocks, ...rest.blocks] };
      },
      'replace',
    );
  });

  listenToForm(
    app,
    {
      id: formIds.subscription,
      metadata: subscriptionMetadata,
      fields: Object.values(subscriptionFields),
      shows: false,
      submit: ({ metadata, filled, by }) => save(entryOf(metadata, filled), by),
    },
    form,
  );

  return openNew;

  async function openNew(click: Click, filter: string): Promise<View | null> {
    const timezone = (await people.byId(click.userId))?.timezone ?? subscriptions.zone();
    return open(click, { channel: null, weekday: 'mon', time: '09:00', timezone, filter }, null);
  }

  async function open(click: Click, draft: SubscriptionDraft, id: string | null): Promise<View | null> {
    const metadata = writeMetadata({ id, timezone: draft.timezone, ...(click.home === null ? {} : { home: click.home.state }) });
    return showForm(form.client, click, subscriptionForm(draft, id === null, metadata, seesAmountsHere()));
  }

  async function save(entry: SubscriptionEntry, userId: string): Promise<ActResult> {
    if (entry.channel === '') return refused('channel', 'Choose the channel.');
    const no = entry.channel === null ? null : await whyNotTo(entry.channel);
    if (no?.denied === true) noteDenied('not-here');
    if (no !== null) return refused('channel', no.message);
    const saved = await subscriptions.save(entry, { userId, email: (await people.byId(userId))?.email ?? null });
    if (!saved.ok && saved.denied === true) noteDenied('not-permitted');
    if (!saved.ok) return refused(saved.field, saved.message);
    const message = `${entry.id === null ? 'Subscribed' : 'Changed'}: it comes ${weeklyInWords(saved.subscription)}. End it or change it with /journey subscribe.`;
    return { kind: 'done', message };
  }
}

const refused = (field: keyof typeof subscriptionFields, message: string): ActResult => ({
  kind: 'refused',
  about: subscriptionFields[field],
  message,
});

/** `channel` empty: it is to go to one, and none was chosen. */
function entryOf({ id, timezone }: z.infer<typeof subscriptionMetadata>, filled: FilledForm): SubscriptionEntry {
  const toChannel = filled.choice(subscriptionFields.to) === 'channel';
  return {
    id,
    timezone,
    channel: toChannel ? (filled.conversation(subscriptionFields.channel) ?? '') : null,
    weekday: filled.choice(subscriptionFields.weekday) ?? '',
    time: filled.time(subscriptionFields.time) ?? '',
    filter: filled.text(subscriptionFields.filter) ?? '',
  };
}
