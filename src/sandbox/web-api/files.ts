import { z } from 'zod';
import { type Content, maxPostText, readContent } from '../content.ts';
import { fileJson } from '../files/file-json.ts';
import type { SandboxFile } from '../files/files.ts';
import { refusal, SlackError } from '../slack-error.ts';
import type { State } from '../state.ts';
import type { SandboxChannel } from '../workspace.ts';
import { countArgument, jsonArgument, readJson, textArgument } from './arguments.ts';
import { isMember, visibleChannel } from './channel-access.ts';
import { threadOf } from './chat.ts';
import { type CallContext, defineMethod } from './method.ts';

export const getUploadURLExternal = defineMethod({
  name: 'files.getUploadURLExternal',
  scope: 'files:write',
  args: { filename: textArgument, length: countArgument, alt_text: textArgument.optional(), alt_txt: textArgument.optional() },
  run(args, { state, url }) {
    if (args.filename === '' || args.length < 1) throw refusal('invalid_arguments', ['must be greater than 0 [json-pointer:/length]']);
    const file = state.files.reserve({ name: args.filename, length: args.length, altText: args.alt_text ?? args.alt_txt ?? '' });
    return { upload_url: `${url}/upload/v1/${file.id}`, file_id: file.id };
  },
});

const completed = z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1);

/** With a channel, the files are posted there as one message. */
export const completeUploadExternal = defineMethod({
  name: 'files.completeUploadExternal',
  scope: 'files:write',
  args: {
    files: jsonArgument,
    channel_id: textArgument.optional(),
    channels: textArgument.optional(),
    thread_ts: textArgument.optional(),
    initial_comment: textArgument.optional(),
    blocks: jsonArgument.optional(),
  },
  run(args, context) {
    const { state } = context;
    const parsed = completed.safeParse(readJson(args.files));
    if (!parsed.success) throw refusal('invalid_arguments', ['must be an array of files [json-pointer:/files]']);
    const places = [args.channel_id, ...(args.channels?.split(',') ?? [])].filter((place): place is string => place !== undefined && place !== '');
    const channels = [...new Set(places)].map((place) => sharedChannel(place, context));
    const files = parsed.data.map(({ id, title }) => ({ ...uploadedFile(id, context), ...(title === undefined ? {} : { title }) }));
    const content = commentOf(args, state);
    const done = files.map((file) => ({ ...file, completedAt: state.now(), channels: channels.map(({ id }) => id) }));
    for (const file of done) state.files.put(file);
    for (const { id: channel } of channels) {
      state.post({
        channel,
        user: state.directory.bot.id,
        ...content,
        files: done.map(({ id }) => id),
        ...threadOf(channel, args.thread_ts, state),
      });
    }
    return { files: done.map((file) => fileJson(file, state)) };
  },
});

/** Each question brings a new file nearer to being processed. */
export const info = defineMethod({
  name: 'files.info',
  scope: 'files:read',
  args: { file: textArgument },
  run(args, context) {
    const { state } = context;
    const found = knownFile(args.file, context);
    const looked = { ...found, looks: found.looks + 1 };
    state.files.put(looked);
    return { file: fileJson(looked, state), comments: [], response_metadata: { next_cursor: '' } };
  },
});

export const remove = defineMethod({
  name: 'files.delete',
  scope: 'files:write',
  args: { file: textArgument },
  run(args, context) {
    context.state.files.put({ ...knownFile(args.file, context), isDeleted: true, bytes: undefined });
    return {};
  },
});

/** Slack ignores the blocks beside an `initial_comment`. */
function commentOf({ initial_comment: text, blocks }: { initial_comment?: string | undefined; blocks?: unknown }, state: State): Content {
  if (text !== undefined || blocks === undefined) return { text: text ?? '' };
  return readContent(
    { blocks: readJson(blocks) },
    { maxText: maxPostText, uniqueBlockIds: true, newId: () => state.ids.next('b'), isPicture: state.files.isPicture },
  );
}

function uploadedFile(id: string, { state }: CallContext): SandboxFile {
  const file = state.files.find(id);
  if (file?.bytes === undefined || file.completedAt !== undefined) throw new SlackError('file_not_found');
  return file;
}

function knownFile(id: string, { state }: CallContext): SandboxFile {
  const file = state.files.find(id);
  if (file?.completedAt === undefined) throw new SlackError('file_not_found');
  if (file.isDeleted) throw new SlackError('file_deleted');
  return file;
}

/** Unlike messages, files need the app to be a member. */
function sharedChannel(id: string, context: CallContext): SandboxChannel {
  const channel = visibleChannel(id, context);
  if (channel.isArchived) throw new SlackError('is_archived');
  if (!isMember(channel, context.state.directory.bot.id)) throw new SlackError('not_in_channel');
  return channel;
}
