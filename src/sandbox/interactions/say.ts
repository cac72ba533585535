import { isOfDomain, linksOf, unfurlIdOf } from '../links.ts';
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
  tellLinks(message, context);
  return message;
}

/** The app is told of links to its domains, in every conversation that it could see. */
function tellLinks(message: SandboxMessage, { state, unfurlDomains }: InteractionContext): void {
  const links = linksOf(message.text).filter((link) => isOfDomain(link, unfurlDomains));
  const channel = state.directory.channel(message.channel);
  const isMember = channel?.members.includes(state.directory.bot.id) === true;
  if (links.length === 0 || (channel?.isPrivate && !isMember)) return;
  state.listeners.emit('appEvent', {
    type: 'link_shared',
    user: message.user,
    channel: message.channel,
    message_ts: message.ts,
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    links,
    source: 'conversations_history',
    unfurl_id: unfurlIdOf(message.channel, message.ts),
    is_bot_user_member: isMember,
    event_ts: message.ts,
  });
}

/** What the app is told when a person opens its home tab. */
export function homeOpened(user: string, tab: 'home' | 'messages', { state }: InteractionContext): { type: string } & Record<string, unknown> {
  const person = state.directory.user(user);
  if (!person) throw new Error(`the sandbox has no user ${user}`);
  const view = state.workspace.home(person.id);
  const channel = state.directory.direct(person).id;
  return { type: 'app_home_opened', user: person.id, channel, tab, ...(view && tab === 'home' ? { view } : {}) };
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
