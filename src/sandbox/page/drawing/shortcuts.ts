import { createElement as h, type ReactNode } from 'react';
import type { Shortcut } from '../../manifest.ts';
import { plainString } from './text.ts';

export const messageMenuId = 'message-menu';
const shortcutMenuId = 'shortcut-menu';

/** One menu for all messages; the script knows on which one it was opened. */
export function drawMessageMenu(shortcuts: readonly Shortcut[], appName: string): ReactNode {
  const own = shortcuts.filter(({ type }) => type === 'message');
  return h(
    'div',
    { id: messageMenuId, className: 'menu', popover: 'auto', role: 'menu', 'aria-label': 'More actions' },
    ...own.map((shortcut) => drawShortcut(shortcut, appName)),
    h('button', { type: 'button', className: 'menu__item', role: 'menuitem', 'data-copy-text': '' }, 'Copy text'),
  );
}

/** The lightning beside the message box; nothing when the app has no shortcuts. */
export function drawShortcutButton(shortcuts: readonly Shortcut[]): ReactNode {
  if (!shortcuts.some(({ type }) => type === 'global')) return null;
  return h(
    'button',
    { type: 'button', className: 'tool', popoverTarget: shortcutMenuId, title: 'Shortcuts', 'aria-label': 'Shortcuts', 'aria-haspopup': 'menu' },
    h('span', { 'aria-hidden': true }, '⚡'),
  );
}

export function drawShortcutMenu(shortcuts: readonly Shortcut[], appName: string): ReactNode {
  const own = shortcuts.filter(({ type }) => type === 'global');
  return h(
    'div',
    { id: shortcutMenuId, className: 'menu', popover: 'auto', role: 'menu', 'aria-label': 'Shortcuts' },
    ...own.map((shortcut) => drawShortcut(shortcut, appName)),
  );
}

function drawShortcut({ name, description, callbackId, type }: Shortcut, appName: string): ReactNode {
  return h(
    'button',
    { type: 'button', className: 'menu__item', role: 'menuitem', 'data-shortcut': callbackId, 'data-kind': type },
    plainString(name),
    h('small', null, description === '' ? appName : `${appName} · ${plainString(description)}`),
  );
}
