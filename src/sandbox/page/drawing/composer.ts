import { createElement as h, type ReactNode } from 'react';
import type { Shortcut } from '../../manifest.ts';
import type { CommandHint } from '../page-text.ts';
import { drawShortcutButton } from './shortcuts.ts';

export type ComposerPlace = { channelId: string; title: string; threadTs: string | null };

/** Where one writes. The list of commands is drawn once; the script shows the part that fits what is typed. */
export function drawComposer(place: ComposerPlace, commands: CommandHint[], shortcuts: readonly Shortcut[]): ReactNode {
  const name = place.threadTs === null ? 'composer' : 'thread-composer';
  const label = place.threadTs === null ? `Message ${place.title}` : 'Reply…';
  return h(
    'form',
    { className: 'composer', 'data-channel': place.channelId, 'data-thread-ts': place.threadTs ?? undefined },
    h(
      'ul',
      { className: 'hints', id: `${name}-hints`, role: 'listbox', 'aria-label': 'Commands', hidden: true },
      ...commands.map((hint, index) => drawHint(hint, `${name}-hint-${index}`)),
    ),
    h('p', { className: 'composer__notice', role: 'status', hidden: true }),
    h(
      'div',
      { className: 'composer__box' },
      h('textarea', {
        id: name,
        rows: 1,
        name: 'text',
        placeholder: label,
        'aria-label': label,
        'aria-controls': `${name}-hints`,
        autoComplete: 'off',
        spellCheck: false,
      }),
      h(
        'div',
        { className: 'composer__tools' },
        place.threadTs === null &&
          h('button', { type: 'button', className: 'tool', 'data-show-commands': '', title: 'Commands', 'aria-label': 'Show the commands' }, '/'),
        place.threadTs === null && drawShortcutButton(shortcuts),
        h('span', { className: 'composer__help' }, h('b', null, 'Enter'), ' sends · ', h('b', null, 'Shift + Enter'), ' adds a line'),
        h('button', { type: 'submit', className: 'send', 'aria-label': 'Send' }, '➤'),
      ),
    ),
  );
}

/** In Slack's words, where the app's manifest wants no messages. */
export function drawNoComposer(): ReactNode {
  return h('p', { className: 'composer composer--none', id: 'composer', tabIndex: -1 }, 'Sending messages to this app has been turned off.');
}

function drawHint(hint: CommandHint, id: string): ReactNode {
  return h(
    'li',
    { className: 'hint', id, role: 'option', 'aria-selected': false, 'data-command': hint.command, 'data-usage': hint.usage },
    h('span', { className: 'hint__command' }, h('b', null, hint.command), ` ${hint.usage}`),
    h('span', { className: 'hint__description' }, hint.description),
  );
}
