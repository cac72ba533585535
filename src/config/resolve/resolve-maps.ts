import type { Detector } from '../../core/detectors/detector.ts';
import type { JourneyMap, StageDefinition } from '../../core/journey/journey-map.ts';
import type { ConfigPath } from '../problem.ts';
import type { StageSection } from '../schema/map-section.ts';
import { suggest } from '../suggest.ts';
import { chainOf, type Library } from './chain.ts';
import { labelOf, type MapLayer } from './layers.ts';
import { resolveRules, ruleLayers } from './resolve-rules.ts';
import { keysOf, resolveStages, type StageStack } from './resolve-stages.ts';
import { resolveStageIds } from './stage-ids.ts';

export type MapVocabulary = { detectors: readonly Detector[]; roles: readonly string[] };

/** Every map of the file, with what it extends put underneath. */
export function resolveMaps(library: Library, vocabulary: MapVocabulary): JourneyMap[] {
  const maps = [...library.maps.values()].map((layer) => resolveMap(layer, library, vocabulary));
  checkPipelines(library, maps);
  return maps;
}

function resolveMap(own: MapLayer, library: Library, { detectors, roles }: MapVocabulary): JourneyMap {
  const { chain, broken } = chainOf(own, library);
  const stacks = resolveStages(chain);
  if (stacks.length === 0 && !broken) own.report(own.path, 'has no stages: list them, or extend a template', { at: 'key' });
  checkExpectedRoles(chain, roles);
  const ids = resolveStageIds(chain, stacks);
  const rulesIn = (stage: string | null) =>
    resolveRules(ruleLayers(chain, stage), detectors, (rule, message) => {
      own.report([...own.path, ...(stage === null ? [] : ['stages', stage]), 'rules', rule], message);
    });
  const forDeals = nearest(chain, ({ section }) => section.for) ?? 'deals';
  return {
    key: own.key,
    label: nearest(chain, ({ key, section }) => (key === own.key ? section.label : undefined)) ?? labelOf(own.key),
    for: forDeals === 'accounts' ? { kind: 'accounts' } : { kind: 'deals', pipelines: forDeals === 'deals' ? [] : forDeals.pipelines },
    stages: stacks.map((stack) => ({ ...describeStage(stack), from: ids.stages.get(stack.key) ?? {}, rules: rulesIn(stack.key) })),
    outcomes: { won: ids.won, lost: ids.lost },
    allowedMoves: allowedMoves(chain, stacks),
    rules: rulesIn(null),
  };
}

function describeStage({ key, layers }: StageStack): Pick<StageDefinition, 'key' | 'label' | 'required' | 'expects'> {
  const said = <Value>(pick: (section: StageSection) => Value | undefined): Value | undefined =>
    layers.reduce<Value | undefined>((value, { section }) => pick(section) ?? value, undefined);
  return {
    key,
    label: said(({ label }) => label) ?? labelOf(key),
    required: said(({ required }) => required) ?? false,
    expects: {
      roles: said(({ expects }) => expects?.roles) ?? [],
      within: said(({ expects }) => expects?.within) ?? null,
      moments: said(({ expects }) => expects?.moments) ?? [],
    },
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
