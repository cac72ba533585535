import { createElement as h, type ReactNode } from 'react';
import type { SandboxUser } from '../../workspace.ts';
import { drawAvatar } from './avatar.ts';
import { drawTime } from './controls/clock-section.ts';
import type { DrawContext } from './draw-context.ts';

type Topbar = {
  workspaceName: string;
  people: SandboxUser[];
  /** Where the same place is for somebody else. */
  query: Record<string, string>;
  /** Null where there is no clock to show. */
  timezone: string | null;
  /** That several buttons of the page open. */
  menus: ReactNode[];
};

export function drawTopbar({ workspaceName, people, query, timezone, menus }: Topbar, context: DrawContext): ReactNode {
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
    drawControlsButton(timezone, context),
    h(
      'button',
      {
        type: 'button',
        className: 'topbar__person',
        popoverTarget: 'people',
        'aria-haspopup': true,
      },
      h('span', { className: 'topbar__acting' }, 'Acting as ', h('b', null, context.reader.realName)),
      h('span', { className: 'visually-hidden' }, '(switch person)'),
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
          h('span', null, h('b', null, user.realName), h('small', null, describe(user))),
        ),
      ),
    ),
    ...menus,
  );
}

/** Opens what a real Slack does not have: the clock, the CRM, bad weather. */
function drawControlsButton(timezone: string | null, { now }: DrawContext): ReactNode {
  return h(
    'button',
    { type: 'button', className: 'topbar__controls', 'data-open-controls': '', 'aria-controls': 'controls', 'aria-expanded': false },
    h('span', { 'aria-hidden': true }, '⚙'),
    h('span', { className: 'topbar__controls-name' }, 'Controls'),
    timezone !== null && h('span', { className: 'topbar__time' }, drawTime('short', now, timezone)),
  );
}

/** Work and place: what one needs to know to switch. */
function describe(user: SandboxUser): string {
  const kind = kindNames[user.kind];
  return user.title === undefined ? kind : user.kind === 'member' ? user.title : `${user.title} · ${kind}`;
}

const kindNames: Record<SandboxUser['kind'], string> = {
  member: 'Member',
  admin: 'Workspace admin',
  guest: 'Guest',
  stranger: 'From another organisation',
  bot: 'App',
  deactivated: 'Deactivated',
};
