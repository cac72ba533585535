import type { ModalView } from '@slack/types';
import { createElement as h, type ReactNode } from 'react';
import type { SandboxModal } from '../../workspace.ts';
import { drawBlocks } from './block.ts';
import type { DrawContext } from './draw-context.ts';
import { plainString } from './text.ts';

/** The view on top of the reader's stack; nothing when there is none. */
export function drawModal(modal: SandboxModal, appName: string, context: DrawContext): ReactNode {
  const view = modal.view as unknown as ModalView;
  const title = plainString(view.title.text);
  return h(
    'dialog',
    { className: 'modal', id: 'modal', 'aria-labelledby': 'modal-title', 'data-view-id': modal.viewId, 'data-hash': modal.hash },
    h(
      'form',
      { method: 'dialog' },
      h(
        'header',
        { className: 'modal__head' },
        h('img', { className: 'avatar avatar--small', src: '/page/assets/bot.svg', alt: appName }),
        h('h2', { id: 'modal-title' }, title),
        h('button', { type: 'button', className: 'close', 'data-close-modal': '', 'aria-label': 'Close' }, '✕'),
      ),
      h(
        'div',
        { className: 'modal__body' },
        drawBlocks(view.blocks, { ...context, idPrefix: modal.viewId, errors: modal.errors }),
        h('p', { className: 'modal__error', role: 'alert', hidden: true }),
      ),
      h(
        'footer',
        { className: 'modal__foot' },
        h('button', { type: 'button', className: 'button', 'data-close-modal': '' }, view.close ? plainString(view.close.text) : 'Cancel'),
        view.submit && h('button', { type: 'submit', className: 'button button--primary' }, plainString(view.submit.text)),
      ),
    ),
  );
}
