import { explainConfig } from '../config/explain-config.ts';
import { loadConfigFile } from '../config/load-config.ts';
import { formatProblems } from '../config/problem.ts';
import { detectors } from '../core/detectors/index.ts';
import { readPlaces } from '../environment.ts';
import type { Command } from './command.ts';

/** Reads the journey map: all its mistakes with their places, or what it means in words. */
export const check: Command = async ({ positionals: [named], print }) => {
  const file = named ?? readPlaces(process.env).JOURNEY_CONFIG;
  const loaded = await loadConfigFile(file, { detectors });
  if (!loaded.ok) {
    print(formatProblems(loaded.problems));
    print(`\n${loaded.problems.length} ${loaded.problems.length === 1 ? 'mistake' : 'mistakes'} in ${file}.`);
    return 1;
  }
  print(explainConfig(loaded.config, { detectors, now: Date.now() }));
  return 0;
};
