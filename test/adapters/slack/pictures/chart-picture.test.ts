import { describe, expect, it } from 'vitest';
import { chartPicture } from '../../../../src/adapters/slack/pictures/chart-picture.ts';
import { barChart, type ChartBlock } from '../../../../src/adapters/slack/views/charts.ts';
import { digestChart } from '../../../../src/adapters/slack/views/digest-chart.ts';
import { metricsCharts } from '../../../../src/adapters/slack/views/metrics-charts.ts';
import { checkMessageBlocks } from '../../../../src/sandbox/block-kit/check-message.ts';
import { metricsSummary, someFigures } from '../samples.ts';

const barsOf = (chart: ChartBlock | undefined) => chart?.chart.series[0]?.data.map(({ label, value }) => [label, value]);
const words = { unit: 'of them', of: 'n: all' };

describe('charts of stage metrics', () => {
  it('show of each stage how many moved on and how long half of the visits took, each with its n', () => {
    const [moved, times] = metricsCharts(metricsSummary());
    expect(barsOf(moved)).toEqual([
      ['Awareness n 20', 90],
      ['Decision n 32', 31],
    ]);
    expect(barsOf(times)).toEqual([
      ['Awareness n 20', 10],
      ['Decision n 41', 21],
    ]);
  });

  it('have no bar for too few, and are not there where there is nothing to compare', () => {
    const stages = [
      { stage: 'a', label: 'A', now: someFigures(18, 2), before: someFigures(0, 0) },
      { stage: 'b', label: 'B', now: someFigures(9, 0), before: someFigures(0, 0) },
    ];
    expect(metricsCharts({ stages })).toEqual([]);
    expect(metricsCharts({ stages: [] })).toEqual([]);
  });
});

describe('the chart of a digest', () => {
  const fates = { told: 8, acted: 4, cleared: 3, ignored: 0, 'not-useful': 0, fresh: 1 };

  it('shows what became of the alerts, and is not there for a few', () => {
    const [chart] = digestChart({ fates });
    expect(chart?.title).toBe('What became of 8 alerts');
    expect(barsOf(chart)).toEqual([
      ['Acted on', 4],
      ['Cleared by itself', 3],
      ['Too new to say', 1],
    ]);
    expect(digestChart({ fates: { ...fates, told: 4 } })).toEqual([]);
    expect(digestChart({ fates: { told: 9, acted: 9, cleared: 0, ignored: 0, 'not-useful': 0, fresh: 0 } })).toEqual([]);
  });
});

describe('a chart', () => {
  it('tells stages apart whose names are cut to the same, and keeps Slack’s limits', () => {
    const label = 'A stage with a very long name';
    const bars = Array.from({ length: 30 }, (_, n) => ({ label: n % 2 === 0 ? label : '', value: n, n: n * 1000 }));
    const chart = barChart('A title that is much longer than the fifty characters of Slack', bars, words);
    const labels = barsOf(chart[0])?.map(([name]) => name) ?? [];
    expect(new Set(labels).size).toBe(20);
    expect(checkMessageBlocks(chart, { uniqueBlockIds: true })).toEqual([]);
  });

  it('is the same as a picture: every bar with its figure, in words, too', () => {
    const [chart] = barChart(
      'Moved on',
      [
        { label: 'Decision & more', value: 31, n: 32 },
        { label: '調達', value: 1200, n: null },
      ],
      words,
    );
    if (chart === undefined) throw new Error('no chart');
    const { svg, alt, width } = chartPicture(chart);
    expect(width).toBe(800);
    for (const said of ['Moved on', 'n: all', 'Decision &amp; more n 32', '>31<', '>1,200<', '>…<']) expect(svg).toContain(said);
    expect(alt).toBe('Moved on (of them). Decision & more n 32: 31. 調達: 1,200.');
  });
});
