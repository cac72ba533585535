import { createElement as h, type ReactNode } from 'react';
import { type Block, Message } from 'slack-blocks-to-jsx';
import type { DrawContext } from './draw-context.ts';
import { drawnBefore, toMarkup } from './markup.ts';
import { drawChannelMention, drawDate, drawEmoji, drawLink, drawUserMention } from './text.ts';

/**
 * Draws a block with the block library; mentions, dates, links and emoji are ours, so that they look the same everywhere. Throws what the
 * library throws.
 */
export function drawLibraryBlock(block: unknown, context: DrawContext): ReactNode {
  const html = toMarkup(
    h(Message, {
      blocks: [block as Block],
      logo: '',
      name: '',
      theme: 'light',
      withoutWrapper: true,
      hooks: {
        user: ({ id }) => drawUserMention(id.split('|')[0] ?? id, context),
        channel: ({ id, name }) => drawChannelMention(id, name, context),
        atHere: () => h('span', { className: 'mention mention--me' }, '@here'),
        atChannel: () => h('span', { className: 'mention mention--me' }, '@channel'),
        atEveryone: () => h('span', { className: 'mention mention--me' }, '@everyone'),
        emoji: ({ name, skin_tone }) => drawEmoji(skin_tone ? `${name}::skin-tone-${skin_tone}` : name),
        date: ({ timestamp, format, link, fallback }) => drawDate({ seconds: Number(timestamp), format, url: link ?? '', fallback }, context),
        link: ({ href, children }) => drawLink(href, children),
      },
    }),
  );
  // The library gives every drawing the same id. Quotes in text are escaped, so this finds attributes only.
  return drawnBefore('library-block', html.replaceAll(/ id="[^"]*"/g, ''));
}
