import { createElement as h, type ReactNode } from 'react';
import type { PageText } from '../page-text.ts';
import type { DrawContext } from './draw-context.ts';
import { drawMrkdwn } from './text.ts';

/** What a newcomer must know before anything else, with examples that run at a click. */
export function drawIntro({ title, lines, tryThese }: PageText['intro'], context: DrawContext): ReactNode {
  return h(
    'aside',
    { className: 'intro', id: 'intro', 'aria-label': title },
    h(
      'header',
      { className: 'pane-head' },
      h('h2', null, title),
      h('button', { type: 'button', className: 'close', 'data-close-intro': '', 'aria-label': 'Hide this explanation' }, '✕'),
    ),
    h(
      'div',
      { className: 'intro__body' },
      h('div', { className: 'intro__lines' }, ...lines.map((line) => drawMrkdwn(line, context))),
      tryThese.length > 0 && h('h3', null, 'Try these'),
      tryThese.length > 0 &&
        h(
          'ul',
          { className: 'tries' },
          ...tryThese.map((example) =>
            h(
              'li',
              null,
              h(
                'button',
                { type: 'button', className: 'try', 'data-channel': context.channel(example.channel)?.id ?? '', 'data-command': example.command },
                h('span', { className: 'try__label' }, example.label),
                h('code', null, example.command),
              ),
            ),
          ),
        ),
    ),
  );
}
