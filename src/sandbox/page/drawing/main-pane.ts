import { createElement as h, type ReactNode } from 'react';
import type { SandboxChannel } from '../../workspace.ts';
import { drawBlocks } from './block.ts';
import type { DrawContext } from './draw-context.ts';

export function drawChannelPane(channel: SandboxChannel, title: string, list: ReactNode, composer: ReactNode, tabs: ReactNode): ReactNode {
  const sign = channel.isDirect ? '' : channel.isPrivate ? '🔒 ' : '# ';
  const people = channel.members.length;
  return h(
    'main',
    { className: 'main' },
    drawHead(`${sign}${title}`, channel.purpose, channel.isDirect ? null : `${people} ${people === 1 ? 'member' : 'members'}`),
    tabs,
    list,
    h('button', { type: 'button', className: 'newer', id: 'newer', hidden: true }, '↓ New messages'),
    composer,
  );
}

/** The app's home tab, as the app published it for the reader. */
export function drawHomePane(appName: string, view: Record<string, unknown> | undefined, tabs: ReactNode, context: DrawContext): ReactNode {
  return h('main', { className: 'main' }, drawHead(appName, '', null), tabs, drawHome(view, context));
}

/** What the app's page offers: its home tab, and the conversation with it. */
export function drawAppTabs(current: 'home' | 'messages', directChannel: string, { reader }: DrawContext): ReactNode {
  const tab = (key: typeof current, label: string, query: Record<string, string>): ReactNode =>
    h(
      'a',
      { className: 'tab', href: `/?${new URLSearchParams({ as: reader.id, ...query })}`, 'aria-current': key === current ? 'page' : undefined },
      label,
    );
  return h(
    'nav',
    { className: 'tabs', 'aria-label': 'App' },
    tab('home', 'Home', { home: '1' }),
    tab('messages', 'Messages', { channel: directChannel }),
  );
}

export function drawHome(view: Record<string, unknown> | undefined, context: DrawContext): ReactNode {
  const blocks = Array.isArray(view?.blocks) ? view.blocks : [];
  const content =
    blocks.length > 0
      ? drawBlocks(blocks, { ...context, idPrefix: 'home' })
      : h('p', { className: 'muted' }, 'The app has not published its home tab yet.');
  return h('div', { className: 'home', id: 'home', tabIndex: 0 }, content);
}

/** For guests who are in no channel. */
export function drawNowhere(): ReactNode {
  return h(
    'main',
    { className: 'main' },
    drawHead('No channels', 'This person is in no channel.', null),
    h('div', { className: 'home', id: 'home', tabIndex: 0 }),
  );
}

function drawHead(title: string, purpose: string, members: string | null): ReactNode {
  return h(
    'header',
    { className: 'pane-head' },
    h('h1', null, title),
    purpose !== '' && h('span', { className: 'pane-head__purpose' }, purpose),
    h('span', { className: 'pane-head__end' }, members && h('span', { className: 'members' }, members)),
    h(
      'button',
      {
        type: 'button',
        className: 'tool',
        'data-open-intro': '',
        'aria-controls': 'intro',
        title: 'What you are looking at',
        'aria-label': 'What you are looking at',
      },
      '?',
    ),
  );
}
