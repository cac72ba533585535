import type { JourneyConfig, JourneyMap } from './journey-map.ts';

/** A deal without a pipeline is in this one. */
export const unnamedPipeline = 'default';

/** The map that the deals of a pipeline travel: the one that names it, else the one that takes all; null: none does. */
export function mapOfPipeline(pipeline: string, { maps }: Pick<JourneyConfig, 'maps'>): JourneyMap | null {
  const takes = (wanted: (pipelines: readonly string[]) => boolean) => maps.find((map) => map.for.kind === 'deals' && wanted(map.for.pipelines));
  return takes((pipelines) => pipelines.includes(pipeline)) ?? takes((pipelines) => pipelines.length === 0) ?? null;
}
