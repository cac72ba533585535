import type { KnownBlock } from '@slack/types';
import type { View } from '../../../src/adapters/slack/views/blocks.ts';

/** A message as a reader sees it, roughly: text with its links named, buttons in brackets. Dates are read as their fallback. */
export function readAloud({ blocks }: Pick<View, 'blocks'>): string {
  return blocks.map(readBlock).join('\n');
}

function readBlock(block: KnownBlock): string {
  switch (block.type) {
    case 'header':
      return `# ${block.text.text}`;
    case 'section':
      return `${shown(block.text?.text ?? '')}${block.accessory === undefined ? '' : ` ${readElement(block.accessory)}`}`;
    case 'context':
      return block.elements.map((element) => ('text' in element ? `(${shown(String(element.text))})` : '')).join(' ');
    case 'divider':
      return '---';
    case 'actions':
      return block.elements.map(readElement).join(' ');
    case 'table':
      return block.rows.map((row) => `| ${row.map((cell) => ('text' in cell ? cell.text : '')).join(' | ')} |`).join('\n');
    case 'rich_text':
      return block.elements.map((part) => part.elements.map((piece) => ('text' in piece ? piece.text : '')).join('')).join('\n');
    default:
      return `<${block.type}>`;
  }
}

function readElement(element: object): string {
  if ('type' in element && element.type === 'overflow' && 'options' in element && Array.isArray(element.options))
    return `[⋯: ${element.options.map((option) => option.text.text).join(' / ')}]`;
  if ('placeholder' in element && 'options' in element && Array.isArray(element.options)) {
    const options = element.options.map((option) => option.text.text).join(' / ');
    return `[${textOf(element.placeholder)}: ${options}]`;
  }
  return 'text' in element ? `[${textOf(element.text)}]` : '[?]';
}

const textOf = (value: unknown): string => (typeof value === 'object' && value !== null && 'text' in value ? String(value.text) : '');

const shown = (text: string): string =>
  text
    .replace(/<!date\^\d+\^([^|]*)\|([^>]*)>/g, (_, format: string, fallback: string) => (format.includes('{time}') ? `${fallback} at …` : fallback))
    .replace(/<(https?:[^|>]*)\|([^>]*)>/g, '$2');
