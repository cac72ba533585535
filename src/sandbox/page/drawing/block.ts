import type { InputBlock, KnownBlock, SectionBlock } from '@slack/types';
import { createElement as h, type ReactNode } from 'react';
import { drawCard, drawCarousel, drawContainer } from './container.ts';
import type { DrawContext } from './draw-context.ts';
import { drawElement, drawUnsupported } from './element.ts';
import { elementId } from './element-place.ts';
import { drawImage, drawImageBlock } from './image.ts';
import { drawLibraryBlock } from './library-block.ts';
import { drawnBefore, toMarkup } from './markup.ts';
import { drawTable } from './table.ts';
import { drawPlain, drawText, plainString } from './text.ts';

/** Where blocks stand: `idPrefix` keeps two drawings of one message apart, `errors` are a modal's, by block_id. */
export type BlockPlace = DrawContext & { idPrefix: string; errors?: Record<string, string> | undefined };

/** Draws each block by itself, so that one that cannot be drawn costs nothing but its own place. */
export function drawBlocks(blocks: readonly unknown[], place: BlockPlace): ReactNode {
  const drawn = blocks.map((block, index) => {
    const html = drawGuarded(block as KnownBlock, place, `${place.idPrefix}-${index}`);
    return drawnBefore('block', html);
  });
  return h('div', { className: 'blocks' }, ...drawn);
}

function drawGuarded(block: KnownBlock, place: BlockPlace, idPrefix: string): string {
  try {
    return toMarkup(drawBlock(block, { ...place, idPrefix }));
  } catch {
    return toMarkup(drawUnsupported(String(block?.type)));
  }
}

function drawBlock(block: KnownBlock, place: BlockPlace): ReactNode {
  const elementPlace = { ...place, blockId: block.block_id ?? '' };
  switch (block.type) {
    case 'header':
      return h('h2', { className: 'header' }, drawPlain(block.text.text));
    case 'section':
      return drawSection(block, place);
    case 'context':
      return h(
        'div',
        { className: 'context' },
        ...block.elements.map((element) => (element.type === 'image' ? drawImage(element, 'context', place) : drawText(element, place))),
      );
    case 'divider':
      return h('hr', { className: 'divider' });
    case 'actions':
    case 'context_actions':
      return h('div', { className: 'actions' }, ...block.elements.map((element) => drawElement(element, elementPlace)));
    case 'input':
      return drawInput(block, place);
    case 'image':
      return drawImageBlock(block, place);
    case 'table':
    case 'data_table':
      return drawTable(block, place);
    case 'card':
      return drawCard(block, elementPlace);
    case 'carousel':
      return drawCarousel(block, elementPlace);
    case 'container':
      return drawContainer(block, place, drawBlocks(block.child_blocks, place));
    case 'rich_text':
    case 'markdown':
    case 'alert':
    case 'video':
    case 'file':
    case 'plan':
    case 'task_card':
      return drawLibraryBlock(block, place);
    default:
      return drawUntyped(block as { type: string }, place);
  }
}

/** Block types that @slack/types does not know yet. */
function drawUntyped(block: { type: string }, place: BlockPlace): ReactNode {
  return block.type === 'data_visualization' ? drawLibraryBlock(block, place) : drawUnsupported(block.type);
}

function drawSection(block: SectionBlock, place: BlockPlace): ReactNode {
  return h(
    'div',
    { className: 'section' },
    h(
      'div',
      { className: 'section__main' },
      block.text && drawText(block.text, place),
      block.fields && h('div', { className: 'fields' }, ...block.fields.map((field) => h('div', null, drawText(field, place)))),
    ),
    block.accessory && h('div', { className: 'section__accessory' }, drawElement(block.accessory, { ...place, blockId: block.block_id ?? '' })),
  );
}

function drawInput(block: InputBlock, place: BlockPlace): ReactNode {
  const blockId = block.block_id ?? '';
  const label = plainString(block.label.text);
  const elementPlace = { ...place, blockId, label };
  const error = place.errors?.[blockId];
  const id = elementId(block.element, elementPlace);
  return h(
    'div',
    {
      className: `input${error ? ' input--wrong' : ''}`,
      'data-input': blockId,
      'data-optional': block.optional ? '' : undefined,
      'data-dispatch': block.dispatch_action ? '' : undefined,
    },
    h('label', { htmlFor: id }, label, block.optional && h('span', { className: 'input__optional' }, ' (optional)')),
    drawElement(block.element, elementPlace),
    h('p', { className: 'input__error', id: `${id}-error`, role: 'alert', hidden: !error }, error),
    block.hint && h('p', { className: 'input__hint', id: `${id}-hint` }, drawPlain(block.hint.text)),
  );
}
