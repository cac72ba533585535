import { join } from 'node:path';
import { loadConfigFile } from '../src/config/load-config.ts';
import { formatProblems } from '../src/config/problem.ts';
import { detectors } from '../src/core/detectors/index.ts';
import type { JourneyConfig } from '../src/core/journey/journey-map.ts';

export const benchMapFile = join(import.meta.dirname, 'journey.yml');

/** The journey map that all measurements travel. */
export async function benchMap(): Promise<JourneyConfig> {
  const loaded = await loadConfigFile(benchMapFile, { detectors });
  if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
  return loaded.config;
}
