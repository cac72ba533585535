import { explainConfig } from '../config/explain-config.ts';
import { loadConfigFile } from '../config/load-config.ts';
import { formatProblems } from '../config/problem.ts';
import { counted } from '../core/counted.ts';
import { detectors } from '../core/detectors/index.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { hasSource, readEnvironment, readPlaces, readWhatIsThere } from '../environment.ts';
import type { Command } from './command.ts';

/** Reads the journey map: all its mistakes with their places, or what it means in words. `--connect`: then tries what the bot talks to. */
export const check: Command = async ({ positionals: [named], options, print }) => {
  const file = named ?? readPlaces(process.env).JOURNEY_CONFIG;
  const loaded = await loadConfigFile(file, { detectors });
  if (!loaded.ok) {
    print(formatProblems(loaded.problems));
    print(`\n${counted(loaded.problems.length, 'mistake')} in ${file}.`);
    return 1;
  }
  if (options.connect === true) return connect(loaded.config, file, print);
  print(explainConfig(loaded.config, { detectors, now: Date.now() }));
  return 0;
};

async function connect(config: JourneyConfig, file: string, print: (line: string) => void): Promise<number> {
  print(`${file} is sound.`);
  const read = readEnvironment(process.env);
  if (!read.ok) print(read.message);
  // Whoever begins with the CRM tries it before there is an app in Slack.
  const environment = read.ok ? read.environment : readWhatIsThere(process.env);
  if (environment === null || !hasSource(process.env)) return 1;
  const { checkConnections } = await import('./check/connect.ts');
  const isThere = await checkConnections(config, environment, print);
  return isThere && read.ok ? 0 : 1;
}
