import { Fragment, createElement as h, type ReactNode } from 'react';
import type { SandboxMessage } from '../../workspace.ts';
import type { ConversationEntry, Passage } from '../conversation.ts';
import type { DrawContext } from './draw-context.ts';
import { drawMessage } from './message.ts';

export function drawMessageList(passage: Passage, channelId: string, title: string, context: DrawContext): ReactNode {
  return drawLog('messages', 'messages', `Messages in ${title}`, drawPassage(passage, channelId, title, context));
}

/** The items alone, for what is loaded later; the first one loads what is older. */
export function drawPassage(passage: Passage, channelId: string, title: string, context: DrawContext): ReactNode {
  const oldest = passage.entries[0];
  const top =
    passage.hasOlder && oldest
      ? h(
          'li',
          { className: 'older' },
          h('button', { type: 'button', className: 'button', 'data-before': oldest.message.ts, 'data-channel': channelId }, 'Load older messages'),
        )
      : h('li', { className: 'beginning' }, h('b', null, title), `This is the very beginning of ${title}.`);
  return h(Fragment, null, top, ...passage.entries.map((entry) => drawEntry(entry, context)));
}

export function drawEntry(entry: ConversationEntry, context: DrawContext): ReactNode {
  return drawMessage(entry.message, { pane: 'channel', previous: entry.previous, thread: entry.thread }, context);
}

/** The right-hand pane. */
export function drawThread(
  thread: { parent: SandboxMessage; replies: SandboxMessage[] },
  title: string,
  composer: ReactNode,
  context: DrawContext,
): ReactNode {
  const count = thread.replies.length;
  const closeAddress = `/?${new URLSearchParams({ as: context.reader.id, channel: thread.parent.channel })}`;
  return h(
    'aside',
    { className: 'thread', id: 'thread', 'aria-label': 'Thread', 'data-thread-ts': thread.parent.ts },
    h(
      'header',
      { className: 'pane-head' },
      h('h2', null, 'Thread'),
      h('span', { className: 'muted' }, title),
      h('a', { className: 'close', href: closeAddress, 'data-close-thread': '', 'aria-label': 'Close thread' }, '✕'),
    ),
    drawLog(
      'thread-messages',
      'messages messages--thread',
      'Messages of the thread',
      drawReply(thread.parent, undefined, context),
      h('li', { className: 'reply-count' }, h('span', null, count === 0 ? 'No replies yet' : `${count} ${count === 1 ? 'reply' : 'replies'}`)),
      ...thread.replies.map((reply, index) => drawReply(reply, thread.replies[index - 1], context)),
    ),
    composer,
  );
}

/** What comes is read out; a list that is a log would be no list. */
function drawLog(id: string, className: string, label: string, ...items: ReactNode[]): ReactNode {
  return h('div', { className: 'log', role: 'log', 'aria-label': label }, h('ol', { id, className, 'aria-label': label, tabIndex: 0 }, ...items));
}

export function drawReply(message: SandboxMessage, previous: SandboxMessage | undefined, context: DrawContext): ReactNode {
  return drawMessage(message, { pane: 'thread', previous }, context);
}
