import type { ImageBlock, ImageElement } from '@slack/types';
import { createElement as h, type ReactNode } from 'react';
import type { DrawContext } from './draw-context.ts';
import { plainString } from './text.ts';

export function drawImage(image: ImageElement | ImageBlock, place: 'accessory' | 'context' | 'block', context: DrawContext): ReactNode {
  const address = imageAddress(image, context);
  const alt = image.alt_text;
  return address === null
    ? h('span', { className: `image image--${place} image--missing`, role: 'img', 'aria-label': alt }, alt)
    : h('img', { className: `image image--${place}`, src: address, alt, loading: 'lazy' });
}

/** As wide as the messages; a press shows it as large as the window. */
export function drawImageBlock(block: ImageBlock, context: DrawContext): ReactNode {
  return h(
    'figure',
    null,
    block.title && h('figcaption', null, plainString(block.title.text)),
    drawEnlargeable(drawImage(block, 'block', context), imageAddress(block, context)),
  );
}

/** The button is for the keyboard; a mouse may press the picture itself. */
export function drawEnlargeable(picture: ReactNode, address: string | null): ReactNode {
  if (address === null) return picture;
  return h(
    'div',
    { className: 'picture' },
    picture,
    h(
      'button',
      { type: 'button', className: 'picture__enlarge', 'data-enlarge': '', title: 'Enlarge', 'aria-label': 'Enlarge the picture' },
      h('span', { 'aria-hidden': true }, '⤢'),
    ),
  );
}

/** Null for a file that is not there. Addresses of the web are shown as they are. */
function imageAddress(image: ImageElement | ImageBlock, context: DrawContext): string | null {
  if ('slack_file' in image && image.slack_file !== undefined) return context.picture(image.slack_file);
  const address = 'image_url' in image ? image.image_url : null;
  return address !== null && /^(https?:\/\/|data:image\/)/i.test(address) ? address : null;
}
