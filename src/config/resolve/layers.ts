import type { ConfigPath } from '../problem.ts';
import type { HealthSection } from '../schema/health-section.ts';
import type { MapSection } from '../schema/map-section.ts';
import type { ProblemOptions } from '../yaml-source.ts';
import { type RuleLayer, type RuleVocabulary, readRules } from './rule-layer.ts';

/** Tells of a mistake at a path of the file being read. */
export type Report = (path: ConfigPath, message: string, options?: ProblemOptions) => void;

/** One map as one file says it, its rules read. Maps that extend others are stacks of these. */
export type MapLayer = {
  key: string;
  path: ConfigPath;
  section: MapSection;
  report: Report;
  /** From a template: its mistakes are not the reader's, and what the file says takes precedence. */
  template: boolean;
  /** Top-level rules of the file it stands in. */
  fileRules: RuleLayer;
  mapRules: RuleLayer;
  stageRules: ReadonlyMap<string, RuleLayer>;
  /** The health of the file it stands in. */
  fileHealth: HealthSection | undefined;
};

/** The maps of one file, by key. */
export function readMaps(
  file: { maps: Record<string, MapSection>; rules?: Record<string, unknown> | undefined; health?: HealthSection | undefined },
  vocabulary: RuleVocabulary,
  { report, template }: { report: Report; template: boolean },
): Map<string, MapLayer> {
  const fileRules = readRules(file.rules, ['rules'], vocabulary, report);
  const layers = Object.entries(file.maps).map(([key, section]): [string, MapLayer] => {
    const path: ConfigPath = ['maps', key];
    const stages = Object.entries(section.stages ?? {});
    const stageRules = new Map(
      stages.map(([stage, body]) => [stage, readRules(body?.rules, [...path, 'stages', stage, 'rules'], vocabulary, report)]),
    );
    const mapRules = readRules(section.rules, [...path, 'rules'], vocabulary, report);
    return [key, { key, path, section, report, template, fileRules, mapRules, stageRules, fileHealth: file.health }];
  });
  return new Map(layers);
}

/** `new-business` → `New business` */
export function labelOf(key: string): string {
  const words = key.replaceAll(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
