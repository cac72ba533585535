import type { Detector } from '../../core/detectors/detector.ts';
import type { JourneyMap, StageDefinition, TeamDefinition } from '../../core/journey/journey-map.ts';
import type { ConfigPath } from '../problem.ts';
import type { StageSection } from '../schema/map-section.ts';
import { suggest } from '../suggest.ts';
import { chainOf, type Library } from './chain.ts';
import { labelOf, type MapLayer } from './layers.ts';
import type { CatalogueEntry } from './resolve-assets.ts';
import { resolveHealth } from './resolve-health.ts';
import { resolveRules, ruleLayers } from './resolve-rules.ts';
import { keysOf, resolveStages, type StageStack } from './resolve-stages.ts';
import { resolveStageIds } from './stage-ids.ts';

/** `teamNames`: with those that are broken themselves. */
export type MapVocabulary = {
  detectors: readonly Detector[];
  roles: readonly string[];
  assets: readonly CatalogueEntry[];
  teams: readonly TeamDefinition[];
  teamNames: readonly string[];
};

/** Every map of the file, with what it extends put underneath. */
export function resolveMaps(library: Library, vocabulary: MapVocabulary): JourneyMap[] {
  const maps = [...library.maps.values()].map((layer) => resolveMap(layer, library, vocabulary));
  checkPipelines(library, maps);
  return maps;
}

function resolveMap(own: MapLayer, library: Library, vocabulary: MapVocabulary): JourneyMap {
  const { detectors, roles } = vocabulary;
  const { chain, broken } = chainOf(own, library);
  const stacks = resolveStages(chain);
  if (stacks.length === 0 && !broken) own.report(own.path, 'has no stages: list them, or extend a template', { at: 'key' });
  checkExpectedRoles(chain, roles);
  checkTeams(chain, vocabulary.teamNames);
  const ids = resolveStageIds(chain, stacks);
  const rulesIn = (stage: string | null) =>
    resolveRules(ruleLayers(chain, stage), detectors, (rule, message) => {
      own.report([...own.path, ...(stage === null ? [] : ['stages', stage]), 'rules', rule], message);
    });
  checkAfterSale(chain, nearest(chain, ({ section }) => section.for) ?? 'deals');
  const forDeals = nearest(chain, ({ section }) => section.for) ?? 'deals';
  return {
    key: own.key,
    label: nearest(chain, ({ key, section }) => (key === own.key ? section.label : undefined)) ?? labelOf(own.key),
    for: forDeals === 'accounts' ? { kind: 'accounts' } : { kind: 'deals', pipelines: forDeals === 'deals' ? [] : forDeals.pipelines },
    stages: stacks.map((stack) => ({ ...describeStage(stack, vocabulary), from: ids.stages.get(stack.key) ?? {}, rules: rulesIn(stack.key) })),
    outcomes: { won: ids.won, lost: ids.lost },
    allowedMoves: allowedMoves(chain, stacks),
    rules: rulesIn(null),
    ...(forDeals === 'accounts' ? afterSale(chain) : {}),
  };
}

/** What only accounts have. A file's own health counts after a template's, and before that of its own map. */
function afterSale(chain: readonly MapLayer[]): Pick<JourneyMap, 'endsAt' | 'health'> {
  const ends = nearest(chain, ({ section }) => section.ends);
  const health = resolveHealth(
    chain.flatMap(({ fileHealth, section }, index) => [...(chain[index - 1]?.fileHealth === fileHealth ? [] : [fileHealth]), section.health]),
  );
  return { ...(ends === undefined ? {} : { endsAt: ends.milestone }), ...(health === undefined ? {} : { health }) };
}

function checkAfterSale(chain: readonly MapLayer[], takes: MapLayer['section']['for']): void {
  if (takes === 'accounts') return;
  for (const { section, path, report } of chain) {
    for (const key of ['ends', 'health'] as const)
      if (section[key] !== undefined) report([...path, key], 'belongs to a map for accounts: add `for: accounts`', { at: 'key' });
    for (const [stage, body] of Object.entries(section.stages ?? {}))
      if (body?.begins !== undefined)
        report([...path, 'stages', stage, 'begins'], 'belongs to a map for accounts: add `for: accounts`', { at: 'key' });
  }
}

type Described = Omit<StageDefinition, 'from' | 'rules'>;

function describeStage({ key, layers }: StageStack, { assets, teams }: MapVocabulary): Described {
  const said = <Value>(pick: (section: StageSection) => Value | undefined): Value | undefined =>
    layers.reduce<Value | undefined>((value, { section }) => pick(section) ?? value, undefined);
  const teamKey = layers.reduce<string | null>((value, { section }) => (section.team === undefined ? value : section.team), null);
  const begins = said((section) => section.begins);
  return {
    key,
    label: said(({ label }) => label) ?? labelOf(key),
    ...(begins === undefined
      ? {}
      : { begins: { milestones: begins.milestone ?? [], won: begins.won ?? false, renewalDays: begins.renewal ?? null } }),
    required: said(({ required }) => required) ?? false,
    expects: {
      roles: said(({ expects }) => expects?.roles) ?? [],
      within: said(({ expects }) => expects?.within) ?? null,
      moments: said(({ expects }) => expects?.moments) ?? [],
    },
    signs: said(({ signs }) => signs) ?? [],
    assets: assets.filter(({ stages }) => stages.includes(key)).map(({ stages: _, ...asset }) => asset),
    team: teams.find((team) => team.key === teamKey) ?? null,
  };
}

/** Moves of a template between stages that the file has switched off are nobody's mistake. */
function allowedMoves(chain: readonly MapLayer[], stacks: readonly StageStack[]): JourneyMap['allowedMoves'] {
  const keys = keysOf(stacks);
  return chain.flatMap(({ section, path, report, template }) =>
    (section.moves ?? []).filter(({ from, to }, index) => {
      const unknown = [from, to].find((stage) => !keys.includes(stage));
      if (unknown !== undefined && !template)
        report([...path, 'moves', index], `unknown stage \`${unknown}\``, { suggestion: suggest(unknown, keys) });
      return unknown === undefined;
    }),
  );
}

function checkExpectedRoles(chain: readonly MapLayer[], roles: readonly string[]): void {
  for (const { section, path, report } of chain) {
    for (const [stage, body] of Object.entries(section.stages ?? {})) {
      for (const [index, role] of (body?.expects?.roles ?? []).entries()) {
        const at: ConfigPath = [...path, 'stages', stage, 'expects', 'roles', index];
        if (!roles.includes(role)) report(at, `unknown role \`${role}\``, { suggestion: suggest(role, roles) });
      }
    }
  }
}

function checkTeams(chain: readonly MapLayer[], teams: readonly string[]): void {
  for (const { section, path, report } of chain) {
    for (const [stage, body] of Object.entries(section.stages ?? {})) {
      const team = body?.team ?? null;
      if (team === null || teams.includes(team)) continue;
      const known = teams.length === 0 ? 'name it in `teams`' : `known: ${teams.join(', ')}`;
      report([...path, 'stages', stage, 'team'], `unknown team \`${team}\`; ${known}`, { suggestion: suggest(team, teams) });
    }
  }
}

/** A deal travels one map: two maps cannot claim its pipeline. One that takes all pipelines gets what the others leave. */
function checkPipelines({ maps: layers }: Library, maps: readonly JourneyMap[]): void {
  const takenBy = new Map<string, string>();
  for (const { key, for: takes } of maps) {
    if (takes.kind === 'accounts') continue;
    for (const pipeline of takes.pipelines.length === 0 ? [''] : takes.pipelines) {
      const other = takenBy.get(pipeline);
      const what = pipeline === '' ? 'every pipeline' : `pipeline \`${pipeline}\``;
      const layer = layers.get(key);
      if (other !== undefined && other !== key) layer?.report([...layer.path, 'for'], `${what} is taken by the map ${other} already`);
      takenBy.set(pipeline, other ?? key);
    }
  }
}

/** The nearest layer's word on something. */
const nearest = <Value>(chain: readonly MapLayer[], pick: (layer: MapLayer) => Value | undefined): Value | undefined =>
  chain.reduce<Value | undefined>((value, layer) => pick(layer) ?? value, undefined);
