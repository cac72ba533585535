import { messageJson } from '../message-json.ts';
import { lowerBound } from '../messages.ts';
import { SlackError } from '../slack-error.ts';
import { parseTs } from '../timestamps.ts';
import type { SandboxChannel, SandboxMessage } from '../workspace.ts';
import { countArgument, flagArgument, textArgument } from './arguments.ts';
import { isMember, scopeFor, visibleChannel } from './channel-access.ts';
import { type Answer, type CallContext, defineMethod } from './method.ts';
import { pageSize, readCursor, writeCursor } from './page.ts';

const windowArguments = {
  channel: textArgument,
  latest: textArgument.optional(),
  oldest: textArgument.optional(),
  inclusive: flagArgument.default(false),
  limit: countArgument.default(100),
  cursor: textArgument.optional(),
  include_all_metadata: flagArgument.default(false),
};

type Window = {
  latest?: string | undefined;
  oldest?: string | undefined;
  inclusive: boolean;
};

/** Newest first. A cursor holds the time of the newest message of the next page, so new posts do not move pages. */
export const history = defineMethod({
  name: 'conversations.history',
  args: windowArguments,
  run(args, context) {
    const channel = readableChannel(args.channel, context);
    const messages = context.state.history.topLevel(channel.id);
    const [from, wholeTo] = bounds(messages, args);
    const to = args.cursor ? Math.min(wholeTo, lowerBound(messages, readCursor(args.cursor) + 1)) : wholeTo;
    const start = Math.max(from, to - pageSize(args.limit));
    const next = start > from ? messages[start - 1] : undefined;
    return answer(messages.slice(start, to).reverse(), next, args.include_all_metadata, context);
  },
});

/** The parent, then its replies, oldest first. */
export const replies = defineMethod({
  name: 'conversations.replies',
  args: { ...windowArguments, ts: textArgument },
  run(args, context) {
    const channel = readableChannel(args.channel, context);
    const parent = context.state.history.get(channel.id, args.ts);
    if (!parent) throw new SlackError('thread_not_found');
    const thread = context.state.history.replies(channel.id, parent.ts);
    const [wholeFrom, to] = bounds(thread, args);
    const from = args.cursor ? Math.max(wholeFrom, lowerBound(thread, readCursor(args.cursor))) : wholeFrom;
    // The parent takes one place on every page.
    const end = Math.min(to, from + Math.max(1, pageSize(args.limit) - 1));
    const next = end < to ? thread[end] : undefined;
    return answer([parent, ...thread.slice(from, end)], next, args.include_all_metadata, context);
  },
});

function answer(messages: readonly SandboxMessage[], next: SandboxMessage | undefined, metadata: boolean, { state }: CallContext): Answer {
  return {
    messages: messages.map((message) => messageJson(message, state, { metadata })),
    has_more: next !== undefined,
    ...(next ? { response_metadata: { next_cursor: writeCursor(parseTs(next.ts)) } } : {}),
  };
}

/** The half-open range of indexes between `oldest` and `latest`. */
function bounds(messages: readonly SandboxMessage[], window: Window): [from: number, to: number] {
  const oldest = readTs(window.oldest, 'invalid_ts_oldest') ?? 0;
  const latest = readTs(window.latest, 'invalid_ts_latest') ?? Number.MAX_SAFE_INTEGER - 1;
  const edge = window.inclusive ? 0 : 1;
  return [lowerBound(messages, oldest + edge), lowerBound(messages, latest + 1 - edge)];
}

function readTs(ts: string | undefined, refusal: string): number | undefined {
  if (ts === undefined || ts === '') return undefined;
  const micros = parseTs(ts);
  if (Number.isNaN(micros)) throw new SlackError(refusal);
  return micros;
}

function readableChannel(id: string, context: CallContext): SandboxChannel {
  const channel = visibleChannel(id, context);
  context.need(scopeFor(channel, 'history'));
  if (!isMember(channel, context.state.directory.bot.id)) throw new SlackError('not_in_channel');
  return channel;
}
