import { SlackError } from '../slack-error.ts';
import type { SandboxChannel } from '../workspace.ts';
import type { CallContext } from './method.ts';

/** The channel of that id, if the bot can see it. Methods other than posting know no names. */
export function visibleChannel(id: string, { state }: CallContext): SandboxChannel {
  const channel = state.directory.channel(id);
  if (!channel || channel.id !== id) throw new SlackError('channel_not_found');
  if (channel.isPrivate && !isMember(channel, state.directory.bot.id)) throw new SlackError('channel_not_found');
  return channel;
}

/** Where chat.postMessage may post: id, name, #name, or a user's id for a direct message. */
export function postableChannel(place: string, context: CallContext): SandboxChannel {
  const { directory } = context.state;
  const user = directory.user(place);
  const channel = user && user.id === place && user.kind !== 'deactivated' ? directory.direct(user) : directory.channel(place);
  if (!channel) throw new SlackError('channel_not_found');
  const member = isMember(channel, directory.bot.id);
  if (channel.isPrivate && !member) throw new SlackError('channel_not_found');
  if (channel.isArchived) throw new SlackError('is_archived');
  if (!member && !context.scopes.has('chat:write.public')) throw new SlackError('not_in_channel');
  return channel;
}

export function isMember(channel: SandboxChannel, user: string): boolean {
  return channel.members.includes(user);
}

/** Slack has one scope for each kind of conversation, e.g. channels:history and groups:history. */
export function scopeFor(channel: SandboxChannel, permission: 'read' | 'history'): string {
  if (channel.isDirect) return `im:${permission}`;
  return channel.isPrivate ? `groups:${permission}` : `channels:${permission}`;
}
