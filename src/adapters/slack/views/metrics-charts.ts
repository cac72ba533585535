import type { MetricsSummary } from '../../../core/summary.ts';
import { type Bar, barChart, type ChartBlock } from './charts.ts';

/** Per stage, how many moved on and how long half of the visits took. Of too few there is no figure, and so no bar. */
export function metricsCharts({ stages }: Pick<MetricsSummary, 'stages'>): ChartBlock[] {
  const moved = stages.flatMap(({ label, now: { conversion } }): Bar[] =>
    conversion.kind === 'known' ? [{ label, value: Math.round(conversion.rate * 100), n: conversion.n }] : [],
  );
  const times = stages.flatMap(({ label, now: { median } }): Bar[] =>
    median.kind === 'known' && median.value !== null ? [{ label, value: median.value, n: median.n }] : [],
  );
  return [
    ...barChart('Moved on, in %', moved, { unit: '% moved on', of: 'n: journeys that moved on or were dropped' }),
    ...barChart('Half left within, in working days', times, { unit: 'working days', of: 'n: visits to the stage' }),
  ];
}
