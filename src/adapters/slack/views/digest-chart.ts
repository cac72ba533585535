import type { Digest } from '../../../core/digest/digest.ts';
import { barChart, type ChartBlock } from './charts.ts';

/** Fewer are read faster in words. */
const fewestAlerts = 5;

/** What became of the alerts that a digest tells of. */
export function digestChart({ fates }: Pick<Digest, 'fates'>): ChartBlock[] {
  if (fates.told < fewestAlerts) return [];
  const bars = [
    { label: 'Acted on', value: fates.acted, n: null },
    { label: 'Cleared by itself', value: fates.cleared, n: null },
    { label: 'Ignored', value: fates.ignored, n: null },
    { label: 'Called not useful', value: fates['not-useful'], n: null },
    { label: 'Too new to say', value: fates.fresh, n: null },
  ];
  return barChart(
    `What became of ${fates.told.toLocaleString('en')} alerts`,
    bars.filter(({ value }) => value > 0),
    { unit: 'alerts', of: 'Told in the period of this digest' },
  );
}
