import type { MessageAttachment } from '@slack/types';
import { createElement as h, type ReactNode } from 'react';
import type { SandboxMessage, SandboxUser } from '../../workspace.ts';
import { drawAttachment } from './attachment.ts';
import { drawAvatar } from './avatar.ts';
import { drawBlocks } from './block.ts';
import type { DrawContext } from './draw-context.ts';
import { drawFiles } from './files.ts';
import { messageMenuId } from './shortcuts.ts';
import { formatSlackDate } from './slack-date.ts';
import { drawMrkdwn } from './text.ts';

/** A thread as its first message shows it. */
export type ThreadSummary = { replies: number; lastTs: string; people: SandboxUser[] };

export type MessagePlace = {
  /** The same message may stand in the channel and in a thread's pane at once. */
  pane: 'channel' | 'thread';
  /** What stands above: a new day gets a line, a second message of the same person no head. */
  previous: SandboxMessage | undefined;
  thread?: ThreadSummary | undefined;
};

export function drawMessage(message: SandboxMessage, place: MessagePlace, context: DrawContext): ReactNode {
  const author = context.user(message.user);
  const id = messageElementId(place.pane, message.ts);
  const newDay = place.pane === 'channel' && !sameDay(place.previous, message, context);
  const compact = !newDay && isContinued(place.previous, message);
  const classes = ['message', compact && 'message--compact', message.ephemeralTo && 'message--ephemeral'].filter(Boolean).join(' ');
  return h(
    'li',
    { id, className: 'entry', 'data-channel': message.channel, 'data-ts': message.ts, 'data-version': message.editedTs ?? '' },
    newDay && h('div', { className: 'day' }, h('span', null, slackDate(message.ts, '{day_divider_pretty}', context))),
    h(
      'article',
      { className: classes, 'aria-label': `${author?.realName ?? message.user}, ${slackDate(message.ts, '{time}', context)}` },
      h('div', { className: 'message__side' }, compact ? drawTime(message.ts, context) : drawAvatar(author, message.user)),
      h(
        'div',
        { className: 'message__main' },
        message.ephemeralTo && h('div', { className: 'message__note' }, h('span', { 'aria-hidden': true }, '👁 '), 'Only visible to you'),
        message.isBroadcast && place.pane === 'channel' && h('div', { className: 'message__note' }, 'replied to a thread'),
        !compact && drawHead(author, message, context),
        drawContent(message, id, context),
        place.thread && drawThreadBar(place.thread, message, context),
      ),
      !message.ephemeralTo && drawToolbar(message, place.pane === 'channel' && !message.threadTs, context),
    ),
  );
}

export function messageElementId(pane: MessagePlace['pane'], ts: string): string {
  return `${pane === 'channel' ? 'm' : 't'}-${ts}`;
}

/** Epoch milliseconds of a message's `ts`. */
export function millisecondsOf(ts: string): number {
  return Math.floor(Number(ts) * 1000);
}

function drawHead(author: SandboxUser | undefined, message: SandboxMessage, context: DrawContext): ReactNode {
  return h(
    'div',
    { className: 'message__head' },
    h('span', { className: 'message__author' }, author?.realName ?? message.user),
    author?.kind === 'bot' && h('span', { className: 'badge' }, 'APP'),
    author?.kind === 'stranger' && h('span', { className: 'badge' }, 'EXTERNAL'),
    drawTime(message.ts, context),
  );
}

function drawTime(ts: string, context: DrawContext): ReactNode {
  const title = slackDate(ts, '{date_long} at {time_secs}', context);
  const dateTime = new Date(millisecondsOf(ts)).toISOString();
  return h('time', { className: 'message__time', dateTime, title }, slackDate(ts, '{time}', context));
}

function slackDate(ts: string, format: string, context: DrawContext): string {
  return formatSlackDate(Math.floor(Number(ts)), format, { tz: context.reader.tz, now: context.now });
}

function sameDay(previous: SandboxMessage | undefined, message: SandboxMessage, context: DrawContext): boolean {
  return previous !== undefined && slackDate(previous.ts, '{date_num}', context) === slackDate(message.ts, '{date_num}', context);
}

/** Slack joins what one person writes within five minutes. Cards always get their head. */
function isContinued(previous: SandboxMessage | undefined, message: SandboxMessage): boolean {
  if (!previous || previous.user !== message.user || message.blocks || previous.blocks) return false;
  return !message.ephemeralTo && !previous.ephemeralTo && Number(message.ts) - Number(previous.ts) < 300;
}

function drawContent(message: SandboxMessage, id: string, context: DrawContext): ReactNode {
  const edited = message.editedTs && h('span', { className: 'edited' }, '(edited)');
  const place = { ...context, idPrefix: id };
  return h(
    'div',
    { className: 'message__content' },
    message.blocks?.length ? drawBlocks(message.blocks, place) : message.text !== '' && drawMrkdwn(message.text, context),
    message.files && drawFiles(message.files, context),
    ...(message.attachments ?? []).map((attachment, index) => drawAttachment(attachment as MessageAttachment, `${id}-a${index}`, context)),
    edited,
  );
}

function drawThreadBar(thread: ThreadSummary, message: SandboxMessage, context: DrawContext): ReactNode {
  return h(
    'a',
    { className: 'thread-bar', href: threadAddress(message, context), 'data-thread': message.ts },
    h('span', { className: 'thread-bar__people' }, ...thread.people.slice(0, 4).map((user) => drawAvatar(user, user.id, 'small'))),
    h('span', { className: 'thread-bar__count' }, `${thread.replies} ${thread.replies === 1 ? 'reply' : 'replies'}`),
    h('span', { className: 'thread-bar__last' }, `Last reply ${slackDate(thread.lastTs, '{ago}', context)}`),
  );
}

function drawToolbar(message: SandboxMessage, hasThread: boolean, context: DrawContext): ReactNode {
  return h(
    'div',
    { className: 'message__toolbar' },
    hasThread &&
      h(
        'a',
        { className: 'tool', href: threadAddress(message, context), 'data-thread': message.ts, title: 'Reply in thread' },
        h('span', { className: 'visually-hidden' }, 'Reply in thread'),
        h('span', { 'aria-hidden': true }, '💬'),
      ),
    h(
      'button',
      {
        type: 'button',
        className: 'tool',
        popoverTarget: messageMenuId,
        'data-message-menu': message.ts,
        title: 'More actions',
        'aria-label': 'More actions',
        'aria-haspopup': 'menu',
      },
      '⋮',
    ),
  );
}

function threadAddress(message: SandboxMessage, context: DrawContext): string {
  return `/?${new URLSearchParams({ as: context.reader.id, channel: message.channel, thread: message.ts })}`;
}
