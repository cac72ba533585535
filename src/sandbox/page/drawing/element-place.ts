import type { ConfirmationDialog } from '@slack/types';
import { createElement as h, type ReactNode } from 'react';
import type { DrawContext } from './draw-context.ts';
import { drawText, plainString } from './text.ts';

/** Where an interactive element stands. `idPrefix` keeps two drawings of one message (channel and thread) apart. */
export type ElementPlace = DrawContext & { idPrefix: string; blockId: string; label?: string };

export type InteractiveElement = { type: string; action_id?: string | undefined; confirm?: ConfirmationDialog };

/** The frame that the page's script reads: what is acted on, and the question to ask first. */
export function drawInteractive(element: InteractiveElement, place: ElementPlace, ...children: ReactNode[]): ReactNode {
  return h(
    'div',
    { className: 'element', 'data-type': element.type, 'data-action-id': element.action_id ?? '', 'data-block-id': place.blockId },
    ...children,
    element.confirm && drawConfirm(element.confirm, place),
  );
}

/** An id within the page, for labels, menus and groups of radio buttons. */
export function elementId(element: InteractiveElement, place: ElementPlace): string {
  return `${place.idPrefix}-${place.blockId}-${element.action_id ?? ''}`.replaceAll(/[^\w.-]/g, '_');
}

/** The name a screen reader says for an element that has no visible one. */
export function elementLabel(place: ElementPlace, placeholder: { text: string } | undefined, otherwise: string): string {
  return place.label ?? (placeholder ? plainString(placeholder.text) : otherwise);
}

function drawConfirm(confirm: ConfirmationDialog, place: ElementPlace): ReactNode {
  const title = confirm.title ? plainString(confirm.title.text) : 'Are you sure?';
  return h(
    'dialog',
    { className: 'confirm', 'aria-label': title },
    h('h2', null, title),
    h('div', { className: 'confirm__text' }, drawText(confirm.text, place)),
    h(
      'div',
      { className: 'confirm__buttons' },
      h('button', { type: 'button', className: 'button', value: 'deny' }, confirm.deny ? plainString(confirm.deny.text) : 'Cancel'),
      h(
        'button',
        { type: 'button', className: `button button--${confirm.style ?? 'primary'}`, value: 'confirm' },
        confirm.confirm ? plainString(confirm.confirm.text) : 'Yes',
      ),
    ),
  );
}
