import type { View, ViewBlock } from '../../../src/adapters/slack/views/blocks.ts';

/** A message as a reader sees it, roughly: text with its links named, buttons in brackets. Dates are read as their fallback. */
export function readAloud({ blocks }: Pick<View<ViewBlock>, 'blocks'>): string {
  return blocks.map(readBlock).join('\n');
}

function readBlock(block: ViewBlock): string {
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
    case 'data_visualization':
      return `[chart: ${block.title}: ${block.chart.series[0]?.data.map(({ label, value }) => `${label}: ${value}`).join(', ')}]`;
    case 'input':
      return `${block.label.text}: ${readElement(block.element)}${block.hint === undefined ? '' : ` (${block.hint.text})`}${block.optional === true ? ' (optional)' : ''}`;
    case 'image':
      return `[picture: ${block.alt_text}]`;
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
  if ('options' in element && Array.isArray(element.options)) return `[${element.options.map((option) => option.text.text).join(' / ')}]`;
  if ('text' in element) return `[${textOf(element.text)}]`;
  return 'placeholder' in element ? `[${textOf(element.placeholder)}]` : '[…]';
}

const textOf = (value: unknown): string => (typeof value === 'object' && value !== null && 'text' in value ? String(value.text) : '');

const shown = (text: string): string =>
  text
    .replace(/<!date\^\d+\^([^|]*)\|([^>]*)>/g, (_, format: string, fallback: string) => (format.includes('{time}') ? `${fallback} at …` : fallback))
    .replace(/<(https?:[^|>]*)\|([^>]*)>/g, '$2');
