import type { ImageBlock, ImageElement } from '@slack/types';
import { createElement as h, type ReactNode } from 'react';
import { plainString } from './text.ts';

export function drawImage(image: ImageElement | ImageBlock, place: 'accessory' | 'context' | 'block'): ReactNode {
  const address = imageAddress(image);
  const alt = image.alt_text;
  return address === null
    ? h('span', { className: `image image--${place} image--missing`, role: 'img', 'aria-label': alt }, alt)
    : h('img', { className: `image image--${place}`, src: address, alt, loading: 'lazy' });
}

export function drawImageBlock(block: ImageBlock): ReactNode {
  return h('figure', null, block.title && h('figcaption', null, plainString(block.title.text)), drawImage(block, 'block'));
}

/** Null for a file that was uploaded: this page has no way to it. */
function imageAddress(image: ImageElement | ImageBlock): string | null {
  const address = 'image_url' in image ? image.image_url : 'url' in image.slack_file ? image.slack_file.url : null;
  return address !== null && /^(https?:\/\/|data:image\/)/i.test(address) ? address : null;
}
