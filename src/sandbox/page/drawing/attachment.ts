import type { MessageAttachment } from '@slack/types';
import { createElement as h, type ReactNode } from 'react';
import { drawBlocks } from './block.ts';
import type { DrawContext } from './draw-context.ts';
import { drawEnlargeable } from './image.ts';
import { drawLink, drawMrkdwn, plainString } from './text.ts';

const namedColors: Readonly<Record<string, string>> = { good: '#2eb67d', warning: '#ecb22e', danger: '#e01e5a' };

/** What stands under a message behind a coloured bar: an attachment, or a link that the app has unfurled. */
export function drawAttachment(attachment: MessageAttachment, idPrefix: string, context: DrawContext): ReactNode {
  const color = namedColors[attachment.color ?? ''] ?? attachment.color;
  const borderColor = color && /^#?[0-9a-f]{6}$/i.test(color) ? `#${color.replace('#', '')}` : undefined;
  const isUnfurl = 'is_app_unfurl' in attachment;
  const picture = attachment.image_url && /^https?:\/\//i.test(attachment.image_url) ? attachment.image_url : null;
  return h(
    'div',
    {
      className: `attachment${isUnfurl ? ' attachment--unfurl' : ''}`,
      style: borderColor ? { borderLeftColor: borderColor } : undefined,
      ...(isUnfurl ? { role: 'group', 'aria-label': 'Preview of the link' } : {}),
    },
    attachment.pretext && drawMrkdwn(attachment.pretext, context),
    attachment.title && h('strong', null, attachment.title_link ? drawLink(attachment.title_link, plainString(attachment.title)) : attachment.title),
    attachment.text && drawMrkdwn(attachment.text, context),
    attachment.blocks && drawBlocks(attachment.blocks, { ...context, idPrefix }),
    picture && drawEnlargeable(h('img', { className: 'image image--block', src: picture, alt: attachment.fallback ?? '' }), picture),
    attachment.footer && h('div', { className: 'muted' }, attachment.footer),
    isUnfurl && h('div', { className: 'attachment__by' }, `Added by ${context.appName}`),
  );
}
