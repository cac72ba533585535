import type { Block } from '@slack/types';
import { plain } from './escape.ts';
import { limits } from './limits.ts';

/**
 * Slack's own charts, which @slack/types does not know yet: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block. Only bars are
 * used: a bar of a stage can be read without colours.
 */
export type ChartBlock = Block & {
  type: 'data_visualization';
  title: string;
  chart: {
    type: 'bar';
    series: { name: string; data: { label: string; value: number }[] }[];
    axis_config: { categories: string[]; x_label?: string; y_label?: string };
  };
};

/** `n`: of how many it is; null where the value is a count itself. */
export type Bar = { label: string; value: number; n: number | null };

/** One bar compares nothing. */
const fewestBars = 2;

export function barChart(title: string, bars: readonly Bar[], { unit, of }: { unit: string; of: string }): ChartBlock[] {
  if (bars.length < fewestBars) return [];
  const labels: string[] = [];
  for (const bar of bars.slice(0, limits.chartBars)) labels.push(labelOf(bar, labels));
  return [
    {
      type: 'data_visualization',
      title: plain(title, limits.chartTitle) || 'Chart',
      chart: {
        type: 'bar',
        series: [{ name: plain(unit, limits.chartLabel), data: labels.map((label, index) => ({ label, value: bars[index]?.value ?? 0 })) }],
        axis_config: { categories: labels, x_label: plain(of, limits.chartAxis), y_label: plain(unit, limits.chartAxis) },
      },
    },
  ];
}

/** With its n, and told apart from those before it, whatever is cut. */
function labelOf({ label, n }: Bar, before: readonly string[]): string {
  const size = n === null ? '' : ` n ${n < 100_000 ? n : '99999+'}`;
  for (let copy = 1; ; copy++) {
    const end = copy === 1 ? size : ` ${copy}${size}`;
    const cut = `${plain(label, limits.chartLabel - end.length) || '–'}${end}`;
    if (!before.includes(cut)) return cut;
  }
}

export const isChart = (block: { type: string }): block is ChartBlock => block.type === 'data_visualization';
