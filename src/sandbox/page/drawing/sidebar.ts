import { createElement as h, type ReactNode } from 'react';
import type { SandboxChannel } from '../../workspace.ts';
import type { Unread } from '../read-marks.ts';
import type { DrawContext } from './draw-context.ts';

export type SidebarEntry = { channel: SandboxChannel; title: string; unread: Unread };

export type Sidebar = {
  entries: SidebarEntry[];
  /** Null while the app's home tab is shown. */
  currentChannel: string | null;
  isHome: boolean;
  appName: string;
  isAppConnected: boolean;
};

export function drawSidebar(sidebar: Sidebar, context: DrawContext): ReactNode {
  return h(
    'nav',
    { className: 'sidebar', id: 'sidebar', 'aria-label': 'Channels' },
    h('h2', null, 'Channels'),
    h('ul', null, ...sidebar.entries.filter((entry) => !entry.channel.isDirect).map((entry) => drawEntry(entry, sidebar, context))),
    h('h2', null, 'Apps'),
    h('ul', null, drawApp(sidebar, context)),
    drawReaderNote(context),
  );
}

function drawEntry({ channel, title, unread }: SidebarEntry, sidebar: Sidebar, context: DrawContext): ReactNode {
  const isCurrent = channel.id === sidebar.currentChannel;
  const isUnread = unread.count > 0 && !isCurrent;
  const sign = channel.isPrivate ? '🔒' : '#';
  return h(
    'li',
    null,
    h(
      'a',
      {
        className: `place${isUnread ? ' place--unread' : ''}`,
        href: `/?${new URLSearchParams({ as: context.reader.id, channel: channel.id })}`,
        'aria-current': isCurrent ? 'page' : undefined,
      },
      h('span', { className: 'place__sign', 'aria-hidden': true }, sign),
      h('span', { className: 'place__name' }, title),
      channel.isShared && h('span', { className: 'place__shared', title: 'Shared with another organisation' }, '⇄'),
      isUnread && drawCount(unread, false),
    ),
  );
}

function drawCount(unread: Unread, isDirect: boolean): ReactNode {
  const loud = isDirect || unread.mentions > 0;
  return h(
    'span',
    { className: `count${loud ? ' count--loud' : ''}` },
    unread.count > 99 ? '99+' : unread.count,
    h('span', { className: 'visually-hidden' }, ' unread'),
  );
}

function drawApp(sidebar: Sidebar, context: DrawContext): ReactNode {
  const state = sidebar.isAppConnected ? 'connected' : 'not connected';
  const direct = sidebar.entries.find((entry) => entry.channel.isDirect);
  const isUnread = direct !== undefined && direct.unread.count > 0 && direct.channel.id !== sidebar.currentChannel;
  const isCurrent = sidebar.isHome || (direct !== undefined && direct.channel.id === sidebar.currentChannel);
  return h(
    'li',
    null,
    h(
      'a',
      {
        className: `place${isUnread ? ' place--unread' : ''}`,
        href: `/?${new URLSearchParams({ as: context.reader.id, ...(isUnread ? { channel: direct.channel.id } : { home: '1' }) })}`,
        'aria-current': isCurrent ? 'page' : undefined,
      },
      h(
        'span',
        { className: 'place__sign', 'aria-hidden': true },
        h('img', { className: 'avatar avatar--small', src: '/page/assets/bot.svg', alt: '' }),
      ),
      h('span', { className: 'place__name' }, sidebar.appName),
      isUnread && drawCount(direct.unread, true),
      h(
        'span',
        { className: `presence presence--${sidebar.isAppConnected ? 'on' : 'off'}`, title: `The bot is ${state}` },
        h('span', { className: 'visually-hidden' }, state),
      ),
    ),
  );
}

/** Why the list is short. */
function drawReaderNote({ reader }: DrawContext): ReactNode {
  const [name] = reader.realName.split(' ');
  switch (reader.kind) {
    case 'guest':
      return h('p', { className: 'sidebar__note' }, `${name} is a guest: only channels with an invitation are listed.`);
    case 'stranger':
      return h('p', { className: 'sidebar__note' }, `${name} is from another organisation: only shared channels are listed.`);
    case 'member':
    case 'admin':
    case 'bot':
    case 'deactivated':
      return null;
  }
}
