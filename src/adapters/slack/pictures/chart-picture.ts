import type { ChartBlock } from '../views/charts.ts';
import { altText, cardOf, type Drawing, ink, type Piece, paper } from './drawing.ts';
import { drawn } from './letters.ts';
import { box, line, text } from './svg.ts';

const small = 22;
const room = paper.right - paper.left;
const labels = 300;
const from = paper.left + labels + 16;
const values = 110;

/** The same chart as a picture, for a Slack that does not draw it: a bar a line, its figure behind it. */
export function chartPicture({ title, chart: { series, axis_config: axes } }: ChartBlock): Drawing {
  const bars = series[0]?.data ?? [];
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const head: Piece = {
    marks:
      text(paper.left, 34, drawn(title, 'Chart'), room, { size: 32, bold: true }) +
      text(paper.left, 68, drawn(axes.x_label ?? '', ''), room, { size: small, colour: ink.soft }),
    height: 92,
  };
  const rows = bars.map(({ label, value }): Piece => {
    const width = ((paper.right - values - from) * Math.max(0, value)) / most;
    const marks =
      text(paper.left, 30, drawn(label, '…'), labels, { size: 24 }) +
      box(from, 8, Math.max(3, width), 28, ink.now, ' rx="4"') +
      text(from + width + 12, 31, value.toLocaleString('en'), values - 16, { size: 24, bold: true });
    return { marks, height: 48 };
  });
  const axis: Piece = { marks: line(from, -48 * bars.length, from, 0, ink.edge, 2), height: 4 };
  const said = bars.map(({ label, value }) => `${label}: ${value.toLocaleString('en')}.`);
  const unit = axes.y_label === undefined ? '' : ` (${axes.y_label})`;
  return cardOf([head, ...rows, axis], altText([`${title}${unit}.`, ...said]));
}
