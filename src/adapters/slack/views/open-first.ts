import type { JourneySummary } from '../../../core/summary.ts';

/** Journeys that go on come first. */
export const openFirst = (journeys: readonly JourneySummary[]): JourneySummary[] =>
  journeys.toSorted((a, b) => Number(a.outcome !== 'open') - Number(b.outcome !== 'open'));
