import type { Button, FeedbackButtons, IconButton, Overflow } from '@slack/types';
import { Fragment, createElement as h, type ReactNode } from 'react';
import { drawInteractive, type ElementPlace, elementId } from './element-place.ts';
import { drawPlain, plainString } from './text.ts';

export function drawButton(button: Button, place: ElementPlace): ReactNode {
  const common = {
    className: `button${button.style ? ` button--${button.style}` : ''}`,
    'aria-label': button.accessibility_label,
    'data-value': button.value,
  };
  // A button with an address opens it and tells the app, too.
  const control = isWebAddress(button.url)
    ? h('a', { ...common, href: button.url, target: '_blank', rel: 'noopener noreferrer' }, drawPlain(button.text.text))
    : h('button', { ...common, type: 'button' }, drawPlain(button.text.text));
  return drawInteractive(button, place, control);
}

export function drawFeedback(element: FeedbackButtons, place: ElementPlace): ReactNode {
  const sides = [
    { ...element.positive_button, sign: '👍' },
    { ...element.negative_button, sign: '👎' },
  ];
  return drawInteractive(
    element,
    place,
    ...sides.map((side) =>
      h(
        'button',
        { type: 'button', className: 'button button--quiet', 'data-value': side.value, 'aria-label': side.accessibility_label ?? side.text.text },
        h('span', { className: 'emoji', 'aria-hidden': true }, side.sign),
        ' ',
        drawPlain(side.text.text),
      ),
    ),
  );
}

export function drawIconButton(element: IconButton, place: ElementPlace): ReactNode {
  if (element.visible_to_user_ids && !element.visible_to_user_ids.includes(place.reader.id)) return null;
  const label = element.accessibility_label ?? plainString(element.text.text);
  const sign = h('span', { className: 'emoji', 'aria-hidden': true }, element.icon === 'trash' ? '🗑' : '•');
  const common = { className: 'button button--quiet', title: label, 'aria-label': label, 'data-value': element.value };
  return drawInteractive(element, place, h('button', { type: 'button', ...common }, sign));
}

/** The three dots; their menu is a popover, so that the browser closes it on Escape or a click elsewhere. */
export function drawOverflow(element: Overflow, place: ElementPlace): ReactNode {
  const id = `${elementId(element, place)}-menu`;
  return drawInteractive(
    element,
    place,
    h('button', { type: 'button', className: 'button button--dots', popoverTarget: id, 'aria-label': 'More options', 'aria-haspopup': true }, '⋯'),
    h(
      'div',
      { id, className: 'menu', popover: 'auto', role: 'menu' },
      ...element.options.map((option) => {
        const content = h(Fragment, null, drawPlain(option.text.text), option.description && h('small', null, drawPlain(option.description.text)));
        const common = { className: 'menu__item', role: 'menuitem', 'data-value': option.value ?? '', 'data-text': option.text.text };
        return isWebAddress(option.url)
          ? h('a', { ...common, href: option.url, target: '_blank', rel: 'noopener noreferrer' }, content)
          : h('button', { ...common, type: 'button' }, content);
      }),
    ),
  );
}

function isWebAddress(url: string | undefined): boolean {
  return url !== undefined && /^https?:\/\//i.test(url);
}
