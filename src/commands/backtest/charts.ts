import { escaped } from './escaped.ts';

/** One row: a label, how long its bar is, and what stands beside it. */
export type Bar = { label: string; value: number; text: string; strong?: boolean };
/** One row: a share with its limits, and another one to compare it with; all from 0 to 1. Null: too few. */
export type Range = { label: string; value: { at: number; low: number; high: number } | null; against: number | null; text: string };

/** As wide as a phone shows it without scaling. */
const width = 358;
const labelWidth = 124;
const rowHeight = 24;
/** What remains for bars beside a label and three figures, and for shares beside one. */
const barRoom = width - labelWidth - 160;
const rangeRoom = width - labelWidth - 92;
/** About as many letters as there is room for. */
const longestLabel = 17;

/** Horizontal bars from a common zero. */
export function barChart(title: string, bars: readonly Bar[]): string {
  const most = Math.max(...bars.map(({ value }) => value), Number.EPSILON);
  const rows = bars.map(({ label, value, text, strong }, row) => {
    const y = row * rowHeight;
    return [
      said(labelWidth - 8, y, shortened(label), 'end', strong),
      `<rect class="bar${strong === true ? ' strong' : ''}" x="${labelWidth}" y="${y + 5}" width="${px((value / most) * barRoom)}" height="14" rx="2"/>`,
      said(labelWidth + (value / most) * barRoom + 6, y, text, 'start', strong),
    ].join('');
  });
  return svg(title, rows, bars.length * rowHeight);
}

/** Dots with their limits, and a mark for what each is to be compared with. */
export function rangeChart(title: string, ranges: readonly Range[]): string {
  const x = (share: number): string => px(labelWidth + share * rangeRoom);
  const grid = [0, 0.5, 1].map((share) => `<line class="grid" x1="${x(share)}" x2="${x(share)}" y1="0" y2="${ranges.length * rowHeight}"/>`);
  const rows = ranges.map(({ label, value, against, text }, row) => {
    const [y, middle] = [row * rowHeight, row * rowHeight + rowHeight / 2];
    return [
      said(labelWidth - 8, y, shortened(label), 'end'),
      against === null ? '' : `<line class="against" x1="${x(against)}" x2="${x(against)}" y1="${y + 3}" y2="${y + rowHeight - 3}"/>`,
      value === null
        ? ''
        : `<line class="limits" x1="${x(value.low)}" x2="${x(value.high)}" y1="${middle}" y2="${middle}"/><circle class="dot" cx="${x(value.at)}" cy="${middle}" r="5"/>`,
      said(labelWidth + rangeRoom + 10, y, text, 'start'),
    ].join('');
  });
  return svg(title, [...grid, ...rows], ranges.length * rowHeight);
}

/** Upright bars side by side, each with what it says when pointed at. */
export function columnChart(title: string, columns: readonly { value: number; hint: string }[], ends: readonly [string, string]): string {
  const [height, foot] = [110, 20];
  const most = Math.max(...columns.map(({ value }) => value), Number.EPSILON);
  const each = (width - 40) / Math.max(1, columns.length);
  const bars = columns.map(({ value, hint }, index) => {
    const tall = (value / most) * height;
    const rect = `x="${px(40 + index * each)}" y="${px(height - tall + 6)}" width="${px(Math.max(0.5, each * 0.8))}" height="${px(tall)}"`;
    return `<rect class="bar" ${rect}><title>${escaped(hint)}</title></rect>`;
  });
  return svg(
    title,
    [
      `<line class="grid" x1="40" x2="${width}" y1="${height + 6}" y2="${height + 6}"/>`,
      `<text x="34" y="16" text-anchor="end">${Math.round(most)}</text><text x="34" y="${height + 6}" text-anchor="end">0</text>`,
      ...bars,
      `<text x="40" y="${height + foot + 2}">${escaped(ends[0])}</text><text x="${width}" y="${height + foot + 2}" text-anchor="end">${escaped(ends[1])}</text>`,
    ],
    height + foot + 8,
  );
}

const said = (x: number, y: number, text: string, anchor: 'start' | 'end', strong = false): string =>
  `<text x="${px(x)}" y="${y + 16}" text-anchor="${anchor}"${strong ? ' class="strong"' : ''}>${escaped(text)}</text>`;

const svg = (title: string, parts: readonly string[], height: number): string =>
  `<svg role="img" aria-label="${escaped(title)}" viewBox="0 0 ${width} ${height}">${parts.join('')}</svg>`;

const shortened = (label: string): string => (label.length > longestLabel + 1 ? `${label.slice(0, longestLabel)}…` : label);

const px = (value: number): string => String(Math.round(value * 10) / 10);
