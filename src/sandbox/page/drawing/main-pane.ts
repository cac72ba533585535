import { createElement as h, type ReactNode } from 'react';
import type { SandboxChannel } from '../../workspace.ts';
import { drawBlocks } from './block.ts';
import type { DrawContext } from './draw-context.ts';

export function drawChannelPane(channel: SandboxChannel, title: string, list: ReactNode, composer: ReactNode): ReactNode {
  const sign = channel.isDirect ? '' : channel.isPrivate ? '🔒 ' : '# ';
  const people = channel.members.length;
  return h(
    'main',
    { className: 'main' },
    drawHead(`${sign}${title}`, channel.purpose, channel.isDirect ? null : `${people} ${people === 1 ? 'member' : 'members'}`),
    list,
    h('button', { type: 'button', className: 'newer', id: 'newer', hidden: true }, '↓ New messages'),
    composer,
  );
}

/** The app's home tab, as the app published it for the reader. */
export function drawHomePane(appName: string, view: Record<string, unknown> | undefined, context: DrawContext): ReactNode {
  return h('main', { className: 'main' }, drawHead(appName, 'Home', null), drawHome(view, context));
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
  return h('main', { className: 'main' }, drawHead('No channels', 'This person is in no channel.', null), h('div', { className: 'home' }));
}

function drawHead(title: string, purpose: string, members: string | null): ReactNode {
  return h(
    'header',
    { className: 'pane-head' },
    h('h1', null, title),
    purpose && h('span', { className: 'pane-head__purpose' }, purpose),
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
