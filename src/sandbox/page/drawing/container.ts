import type { CardBlock, CarouselBlock, ContainerBlock } from '@slack/types';
import { Fragment, createElement as h, type ReactNode } from 'react';
import type { DrawContext } from './draw-context.ts';
import { drawElement } from './element.ts';
import type { ElementPlace } from './element-place.ts';
import { drawImage } from './image.ts';
import { drawLibraryBlock } from './library-block.ts';
import { drawPlain, drawText } from './text.ts';

/** Own drawing of what holds buttons, as the block library's cannot be pressed. */
export function drawCard(block: CardBlock, place: ElementPlace): ReactNode {
  return h(
    'div',
    { className: 'card' },
    block.hero_image && drawImage(block.hero_image, 'block', place),
    h(
      'div',
      { className: 'card__head' },
      block.icon && drawImage(block.icon, 'context', place),
      h(
        'div',
        null,
        block.title && h('div', { className: 'card__title' }, drawText(block.title, place)),
        block.subtitle && h('div', { className: 'muted' }, drawText(block.subtitle, place)),
      ),
    ),
    block.body && drawText(block.body, place),
    block.actions && h('div', { className: 'actions' }, ...block.actions.map((button) => drawElement(button, place))),
  );
}

export function drawCarousel(block: CarouselBlock, place: ElementPlace): ReactNode {
  const cards = block.elements.map((card, index) =>
    drawCard(card, { ...place, idPrefix: `${place.idPrefix}-${index}`, blockId: card.block_id ?? place.blockId }),
  );
  return h('div', { className: 'carousel', tabIndex: 0, role: 'group', 'aria-label': 'Cards' }, ...cards);
}

export function drawContainer(block: ContainerBlock, context: DrawContext, children: ReactNode): ReactNode {
  const head = h(
    Fragment,
    null,
    block.icon && drawImage(block.icon, 'context', context),
    h(
      'span',
      { className: 'card__title' },
      block.rich_text_title ? drawLibraryBlock(block.rich_text_title, context) : block.title && drawPlain(block.title.text),
    ),
    block.subtitle && h('div', { className: 'muted' }, drawText(block.subtitle, context)),
  );
  return block.is_collapsible
    ? h('details', { className: 'card card--wide', open: !block.default_collapsed }, h('summary', null, head), children)
    : h('div', { className: 'card card--wide' }, h('div', { className: 'card__head' }, head), children);
}
