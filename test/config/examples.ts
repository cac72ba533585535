import { z } from 'zod';
import { type LoadOptions, loadConfig } from '../../src/config/load-config.ts';
import { formatProblems } from '../../src/config/problem.ts';
import { type Detector, defineDetector, nothing } from '../../src/core/detectors/detector.ts';
import { detectors } from '../../src/core/detectors/index.ts';
import { durationInWords, durationSchema } from '../../src/core/duration.ts';
import type { JourneyConfig, JourneyMap, StageDefinition } from '../../src/core/journey/journey-map.ts';

type Options = Partial<LoadOptions>;

/** Loads a text as journey.yml, with no public holidays. */
export const load = (text: string, options: Options = {}) =>
  loadConfig({ file: 'journey.yml', text }, { detectors, year: 2026, holidaysOf: async () => ({ days: [] }), ...options });

/** The config of a text that must be sound. */
export async function configOf(text: string, options: Options = {}): Promise<JourneyConfig> {
  const loaded = await load(text, options);
  if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
  return loaded.config;
}

/** The problems of a text, a line each, as people read them. */
export async function problemsOf(text: string, options: Options = {}): Promise<string[]> {
  const loaded = await load(text, options);
  return loaded.ok ? [] : formatProblems(loaded.problems).split('\n');
}

export function mapOf(config: JourneyConfig, key: string): JourneyMap {
  const map = config.maps.find((candidate) => candidate.key === key);
  if (map === undefined) throw new Error(`no map ${key}`);
  return map;
}

export function stageOf(config: JourneyConfig, map: string, key: string): StageDefinition {
  const stage = mapOf(config, map).stages.find((candidate) => candidate.key === key);
  if (stage === undefined) throw new Error(`no stage ${key}`);
  return stage;
}

/** What every file needs besides its maps. */
export const routes = 'routes: [{ channel: "#deal-alerts" }]\n';

const example = (name: string, params: Detector['params'], severity: Detector['severity'] = 'warning'): Detector => ({
  name,
  summary: `Says ${name}.`,
  title: name,
  silence: false,
  list: 'stalled',
  severity,
  params,
  explain: (given) => `${name} ${JSON.stringify(given)}`,
  detect: () => nothing,
  cleared: () => '',
});

/** Two rules that no product has, so that a test of layers does not hang on any real rule's parameters. */
export const exampleDetectors: Detector[] = [
  defineDetector({
    ...example('slow', z.unknown()),
    params: z.strictObject({ after: durationSchema.prefault('10bd'), patience: durationSchema.prefault('5bd') }),
    explain: ({ after }: { after: { amount: number; unit: 'bd' } }) => `slower than ${durationInWords(after)}`,
  }),
  example('lonely', z.strictObject({ people: z.int().min(1).default(2), roles: z.array(z.string()).default([]) }), 'info'),
];
