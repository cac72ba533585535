import { createElement as h, type ReactNode } from 'react';
import type { DrawContext } from './draw-context.ts';
import { drawEnlargeable } from './image.ts';

/** The files that a message shares: pictures are shown, others can be fetched. */
export function drawFiles(ids: readonly string[], context: DrawContext): ReactNode {
  return h('div', { className: 'files' }, ...ids.map((id) => drawFile(id, context)));
}

function drawFile(id: string, context: DrawContext): ReactNode {
  const file = context.file(id);
  if (file === null) return h('p', { className: 'muted' }, 'This file was deleted.');
  if (file.isPicture) {
    const picture = h('img', { className: 'image image--block', src: file.address, alt: file.altText || file.title, loading: 'lazy' });
    return h('figure', null, h('figcaption', null, file.title), drawEnlargeable(picture, file.address));
  }
  return h('a', { className: 'file', href: file.address, download: file.name }, h('span', { 'aria-hidden': true }, '📄 '), file.title);
}
