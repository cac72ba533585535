import { isFields } from '../block-kit/check.ts';
import { type Content, maxEditText, maxPostText, readContent, unreadable } from '../content.ts';
import { messageJson } from '../message-json.ts';
import { SlackError } from '../slack-error.ts';
import type { State } from '../state.ts';
import type { SandboxMessage } from '../workspace.ts';
import { flagArgument, jsonArgument, readJson, textArgument } from './arguments.ts';
import { isMember, postableChannel, visibleChannel } from './channel-access.ts';
import { defineMethod } from './method.ts';

const contentArguments = {
  text: textArgument.optional(),
  blocks: jsonArgument.optional(),
  attachments: jsonArgument.optional(),
  metadata: jsonArgument.optional(),
};

export const postMessage = defineMethod({
  name: 'chat.postMessage',
  scope: 'chat:write',
  args: {
    channel: textArgument,
    ...contentArguments,
    thread_ts: textArgument.optional(),
    reply_broadcast: flagArgument.optional(),
  },
  run(args, context) {
    const { state } = context;
    const channel = postableChannel(args.channel, context);
    const content = contentOf(args, state, maxPostText);
    const message = state.post({
      channel: channel.id,
      user: state.directory.bot.id,
      ...content,
      ...threadOf(channel.id, args.thread_ts, state),
      ...(args.reply_broadcast === true ? { isBroadcast: true } : {}),
    });
    return { channel: channel.id, ts: message.ts, message: messageJson(message, state, { metadata: true }) };
  },
});

export const update = defineMethod({
  name: 'chat.update',
  scope: 'chat:write',
  args: { channel: textArgument, ts: textArgument, ...contentArguments },
  run(args, context) {
    const { state } = context;
    const message = ownMessage(args.channel, args.ts, 'cant_update_message', context);
    const given = json(args.metadata);
    const forgets = isFields(given) && Object.keys(given).length === 0;
    const content = contentOf(forgets ? { ...args, metadata: undefined } : args, state, maxEditText);
    // Text without blocks removes the blocks; attachments and metadata stay until others are given. Empty metadata removes what there was.
    const { blocks: _blocks, metadata, ...kept } = message;
    const remembered = metadata && !forgets ? { metadata } : {};
    const changed: SandboxMessage = { ...kept, ...remembered, ...content, editedTs: state.history.stamp(message.channel) };
    state.change(changed);
    return {
      channel: changed.channel,
      ts: changed.ts,
      text: changed.text,
      message: messageJson(changed, state, { metadata: true }),
    };
  },
});

export const remove = defineMethod({
  name: 'chat.delete',
  scope: 'chat:write',
  args: { channel: textArgument, ts: textArgument },
  run(args, context) {
    const message = ownMessage(args.channel, args.ts, 'cant_delete_message', context);
    context.state.remove(message);
    return { channel: message.channel, ts: message.ts };
  },
});

export const postEphemeral = defineMethod({
  name: 'chat.postEphemeral',
  scope: 'chat:write',
  args: { channel: textArgument, user: textArgument, ...contentArguments, thread_ts: textArgument.optional() },
  run(args, context) {
    const { state } = context;
    const channel = postableChannel(args.channel, context);
    if (!isMember(channel, args.user)) throw new SlackError('user_not_in_channel');
    const message = state.postEphemeral({
      channel: channel.id,
      user: state.directory.bot.id,
      ephemeralTo: args.user,
      ...contentOf(args, state, maxPostText),
      ...threadOf(channel.id, args.thread_ts, state),
    });
    return { message_ts: message.ts };
  },
});

export const getPermalink = defineMethod({
  name: 'chat.getPermalink',
  args: { channel: textArgument, message_ts: textArgument },
  run(args, context) {
    const channel = visibleChannel(args.channel, context);
    if (!context.state.history.get(channel.id, args.message_ts)) throw new SlackError('message_not_found');
    const place = `${channel.id}/p${args.message_ts.replace('.', '')}`;
    return { channel: channel.id, permalink: `${context.url}/archives/${place}` };
  },
});

function contentOf(
  args: { text?: string | undefined; blocks?: unknown; attachments?: unknown; metadata?: unknown },
  state: State,
  maxText: number,
): Content {
  return readContent(
    {
      text: args.text,
      blocks: json(args.blocks),
      attachments: json(args.attachments),
      metadata: json(args.metadata),
    },
    { maxText, uniqueBlockIds: true, newId: () => state.ids.next('b'), isPicture: state.files.isPicture },
  );
}

/** An empty form field stands for an argument that was not given. */
function json(value: unknown): unknown {
  if (value === undefined || value === '') return undefined;
  return readJson(value) ?? unreadable;
}

export function threadOf(channel: string, threadTs: string | undefined, state: State): { threadTs?: string } {
  if (threadTs === undefined || threadTs === '') return {};
  const parent = state.history.get(channel, threadTs);
  // Given a reply's ts, Slack answers in the reply's thread.
  return { threadTs: parent?.threadTs ?? threadTs };
}

function ownMessage(
  channelId: string,
  ts: string,
  refusal: 'cant_update_message' | 'cant_delete_message',
  context: Parameters<typeof visibleChannel>[1],
): SandboxMessage {
  const channel = visibleChannel(channelId, context);
  const message = context.state.history.get(channel.id, ts);
  if (!message) throw new SlackError('message_not_found');
  if (message.user !== context.state.directory.bot.id) throw new SlackError(refusal);
  if (channel.isArchived) throw new SlackError('is_inactive');
  return message;
}
