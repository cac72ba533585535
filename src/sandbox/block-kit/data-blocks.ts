import { boolean, byType, type Check, type Context, type Fields, isFields, list, number, object, oneOf, string } from './check.ts';
import { limits } from './limits.ts';
import { ids } from './objects.ts';
import { richText } from './rich-text.ts';
import { totalText } from './total-text.ts';

const type = string();
const chart = limits.dataVisualization;
const rawText = object({
  required: { type, text: string(limits.dataTable.cellText) },
});
const rawNumber = object({
  required: { type, value: number() },
  optional: { text: string(limits.dataTable.cellText) },
});

const columnSettings = object({
  optional: { align: oneOf('left', 'center', 'right'), is_wrapped: boolean },
});

export const table = object({
  required: {
    type,
    rows: list(list(byType({ raw_text: rawText, rich_text: richText }), limits.table.columns), limits.table.rows),
  },
  optional: {
    block_id: ids.block_id,
    column_settings: list((value, at, context) => value === null || columnSettings(value, at, context), {
      max: limits.table.columns.max,
    }),
  },
  also(value, at, context) {
    const width = sameWidth(value, at, context);
    const settings = value.column_settings;
    if (Array.isArray(settings) && width !== undefined && settings.length !== width) {
      context.report(`${at}/column_settings`, `must provide settings of ${width} columns`);
    }
  },
});

export const dataTable = object({
  required: {
    type,
    rows: list(
      list(
        byType({
          raw_text: rawText,
          raw_number: rawNumber,
          rich_text: richText,
        }),
        limits.dataTable.columns,
      ),
      limits.dataTable.rows,
    ),
  },
  optional: {
    block_id: ids.block_id,
    caption: string({ min: 1 }),
    page_size: number(limits.dataTable.pageSize),
    row_header_column_index: number({ min: 0 }),
  },
  also(value, at, context) {
    sameWidth(value, at, context);
    const { max } = limits.dataTable.content;
    if (totalText(value.rows) > max) context.report(`${at}/rows`, `must be less than ${max + 1} characters`);
  },
});

function sameWidth(value: Fields, at: string, { report }: Context): number | undefined {
  if (!Array.isArray(value.rows)) return undefined;
  const widths = new Set(value.rows.map((row) => (Array.isArray(row) ? row.length : -1)));
  if (widths.size > 1) report(`${at}/rows`, 'all rows must have the same number of columns');
  return widths.size === 1 ? [...widths][0] : undefined;
}

const segment = object({
  required: {
    label: string(chart.segment.label),
    value: number(chart.segment.value),
  },
});
const point = object({
  required: { label: string(chart.pointLabel), value: number() },
});
const series = object({
  required: { name: string(chart.seriesName), data: list(point, chart.data) },
});
const axes = object({
  required: { categories: list(string(chart.categoryLabel), chart.categories) },
  optional: {
    x_label: string(chart.axisLabel),
    y_label: string(chart.axisLabel),
  },
});
const axisChart: Check = object({
  required: { type, series: list(series, chart.series), axis_config: axes },
  also(value, at, { report }) {
    const names = Array.isArray(value.series) ? value.series.map((each) => (isFields(each) ? each.name : each)) : [];
    if (new Set(names).size < names.length) report(`${at}/series`, 'names must be unique');
  },
});

export const dataVisualization = object({
  required: {
    type,
    title: string({ min: 1, max: chart.title.max }),
    chart: byType({
      pie: object({
        required: { type, segments: list(segment, chart.segments) },
      }),
      bar: axisChart,
      line: axisChart,
      area: axisChart,
    }),
  },
  optional: { block_id: ids.block_id },
});
