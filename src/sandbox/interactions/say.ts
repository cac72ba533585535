import { messageJson } from '../message-json.ts';
import type { ActResult } from '../sandbox.ts';
import type { SandboxMessage } from '../workspace.ts';
import { type InteractionContext, mustChannel, mustUser, timed } from './context.ts';
import { channelName, interactionBase } from './payloads.ts';

/** A person writes a message. The app hears of it where it is a member, and of every mention. */
export function say(input: { user: string; channel: string; text: string; threadTs?: string }, context: InteractionContext): SandboxMessage {
  const { state } = context;
  const user = mustUser(context, input.user);
  const channel = mustChannel(context, input.channel);
  const message = state.post({
    channel: channel.id,
    user: user.id,
    text: input.text,
    ...(input.threadTs === undefined ? {} : { threadTs: input.threadTs }),
  });
  const kind = channel.isPrivate ? 'group' : 'channel';
  const event = {
    ...messageJson(message, state),
    channel: channel.id,
    channel_type: channel.isDirect ? 'im' : kind,
    event_ts: message.ts,
  };
  const { bot } = state.directory;
  if (channel.members.includes(bot.id)) state.listeners.emit('appEvent', { ...event, type: 'message' });
  if (input.text.includes(`<@${bot.id}>`)) state.listeners.emit('appEvent', { ...event, type: 'app_mention' });
  return message;
}

/** What the app is told when a person opens its home tab. */
export function homeOpened(user: string, { state }: InteractionContext): { type: string } & Record<string, unknown> {
  const person = state.directory.user(user);
  if (!person) throw new Error(`the sandbox has no user ${user}`);
  const view = state.workspace.home(person.id);
  const channel = state.directory.direct(person).id;
  return { type: 'app_home_opened', user: person.id, channel, tab: 'home', ...(view ? { view } : {}) };
}

export async function runMessageShortcut(
  input: { user: string; channel: string; ts: string; callbackId: string },
  context: InteractionContext,
): Promise<ActResult> {
  const { state } = context;
  const user = mustUser(context, input.user);
  const channel = mustChannel(context, input.channel);
  const message = state.history.get(channel.id, input.ts);
  if (!message) throw new Error(`the sandbox has no message ${input.ts} in ${input.channel}`);
  const responseUrl = context.responseUrls.issue({ kind: 'actions', user: user.id, channel: channel.id });
  const result = await runShortcut('message_action', user.id, input.callbackId, context, {
    message_ts: message.ts,
    message: messageJson(message, state, { metadata: true }),
    channel: { id: channel.id, name: channelName(channel) },
    response_url: responseUrl.url,
  });
  return { ...result, responseUrlId: responseUrl.id };
}

export function runGlobalShortcut(input: { user: string; callbackId: string }, context: InteractionContext): Promise<ActResult> {
  return runShortcut('shortcut', mustUser(context, input.user).id, input.callbackId, context, {});
}

async function runShortcut(
  type: 'shortcut' | 'message_action',
  userId: string,
  callbackId: string,
  context: InteractionContext,
  payload: Record<string, unknown>,
): Promise<ActResult> {
  const user = mustUser(context, userId);
  const { value: delivery, ms: ackMs } = await timed(() =>
    context.link.request('interactive', {
      type,
      ...interactionBase(user),
      callback_id: callbackId,
      trigger_id: context.triggers.issue(user.id),
      action_ts: context.state.history.stamp('actions'),
      ...payload,
    }),
  );
  return delivery.ok ? { ok: true, ackMs } : { ok: false, error: delivery.error, ackMs };
}
