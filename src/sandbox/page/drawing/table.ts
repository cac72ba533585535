import type { DataTableBlock, TableBlock } from '@slack/types';
import { createElement as h, type ReactNode } from 'react';
import type { DrawContext } from './draw-context.ts';
import { drawLibraryBlock } from './library-block.ts';
import { drawPlain } from './text.ts';

type Cell = TableBlock['rows'][number][number];
type ColumnSettings = NonNullable<TableBlock['column_settings']>[number];

/** Own drawing: the block library draws no data_table, and crashes on a cell with a number. The first row is the head. */
export function drawTable(block: TableBlock | DataTableBlock, context: DrawContext): ReactNode {
  const [head = [], ...rows] = block.rows;
  const settings = block.type === 'table' ? (block.column_settings ?? []) : [];
  const rowHead = block.type === 'data_table' ? block.row_header_column_index : undefined;
  const caption = block.type === 'data_table' ? block.caption : '';
  return h(
    'div',
    { className: 'table-frame', tabIndex: 0, role: 'group', 'aria-label': caption || 'Table' },
    h(
      'table',
      { className: 'table' },
      caption && h('caption', null, caption),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          ...head.map((cell, column) =>
            h('th', { scope: 'col', className: cellClass(rows[0]?.[column] ?? cell, settings[column]) }, drawCell(cell, context)),
          ),
        ),
      ),
      h(
        'tbody',
        null,
        ...rows.map((row) => h('tr', null, ...row.map((cell, column) => drawBodyCell(cell, column === rowHead, settings[column], context)))),
      ),
    ),
  );
}

function drawBodyCell(cell: Cell, isHead: boolean, settings: ColumnSettings | undefined, context: DrawContext): ReactNode {
  const className = cellClass(cell, settings);
  return isHead ? h('th', { scope: 'row', className }, drawCell(cell, context)) : h('td', { className }, drawCell(cell, context));
}

function drawCell(cell: Cell, context: DrawContext): ReactNode {
  switch (cell.type) {
    case 'raw_text':
      return drawPlain(cell.text);
    case 'raw_number':
      return cell.text;
    case 'rich_text':
      return drawLibraryBlock(cell, context);
  }
}

/** A column's head stands like the cells below it: numbers to the right. */
function cellClass(cell: Cell, settings: ColumnSettings | undefined): string {
  const align = settings?.align ?? (cell.type === 'raw_number' ? 'right' : 'left');
  return `cell--${align}${settings?.is_wrapped ? ' cell--wrapped' : ''}`;
}
