import { createElement as h, type ReactNode } from 'react';
import type { SandboxUser } from '../../workspace.ts';
import { drawAvatar } from './avatar.ts';
import type { DrawContext } from './draw-context.ts';

export function drawTopbar(workspaceName: string, people: SandboxUser[], query: Record<string, string>, context: DrawContext): ReactNode {
  return h(
    'header',
    { className: 'topbar' },
    h(
      'button',
      {
        type: 'button',
        className: 'topbar__menu',
        'data-toggle-sidebar': '',
        'aria-controls': 'sidebar',
        'aria-expanded': false,
        'aria-label': 'Channels',
      },
      '☰',
    ),
    h('span', { className: 'topbar__workspace' }, workspaceName),
    h('span', { className: 'topbar__tag' }, 'sandbox on this machine'),
    h(
      'button',
      {
        type: 'button',
        className: 'topbar__person',
        popoverTarget: 'people',
        'aria-haspopup': true,
        'aria-label': `Acting as ${context.reader.realName}. Switch person`,
      },
      h('span', { className: 'topbar__acting' }, 'Acting as ', h('b', null, context.reader.realName)),
      drawAvatar(context.reader, context.reader.id),
    ),
    h(
      'div',
      { id: 'people', className: 'menu menu--people', popover: 'auto' },
      h('p', { className: 'menu__title' }, 'Act as'),
      ...people.map((user) =>
        h(
          'a',
          {
            className: 'menu__item',
            href: `/?${new URLSearchParams({ ...query, as: user.id })}`,
            'aria-current': user.id === context.reader.id ? 'true' : undefined,
          },
          drawAvatar(user, user.id),
          h('span', null, h('b', null, user.realName), h('small', null, kindNames[user.kind])),
        ),
      ),
    ),
  );
}

const kindNames: Record<SandboxUser['kind'], string> = {
  member: 'Member',
  admin: 'Workspace admin',
  guest: 'Guest',
  stranger: 'From another organisation',
  bot: 'App',
  deactivated: 'Deactivated',
};
