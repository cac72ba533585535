import type { Detector } from '../../core/detectors/detector.ts';
import type { ResolvedRule, RuleSettings } from '../../core/journey/journey-map.ts';
import type { MapLayer } from './layers.ts';
import type { RuleChange, RuleLayer } from './rule-layer.ts';

/** One mistake that only shows once all layers are put together. */
type Refuse = (rule: string, message: string) => void;

/** A rule layer and how near to the journey it stands: 0 the whole file, 1 its map, 2 its stage. */
type Placed<Layer> = { layer: Layer; nearness: 0 | 1 | 2 };

/**
 * Rule layers in the order in which they take effect. What a file says wins over what it extends, wherever either says it; within one
 * file the nearer place wins: top level, map, stage. `stage: null`: the map's own rules, for journeys in a stage that it does not know.
 */
export function ruleLayers(chain: readonly MapLayer[], stage: string | null): Placed<RuleLayer>[] {
  return chain.flatMap(({ fileRules, mapRules, stageRules }, index): Placed<RuleLayer>[] => {
    const sameFileBefore = chain[index - 1]?.fileRules === fileRules;
    const ofStage = stage === null ? undefined : stageRules.get(stage);
    return [
      ...(sameFileBefore ? [] : [{ layer: fileRules, nearness: 0 as const }]),
      { layer: mapRules, nearness: 1 },
      ...(ofStage === undefined ? [] : [{ layer: ofStage, nearness: 2 as const }]),
    ];
  });
}

/** Every rule with its parameters; a segment's are those of everyone with the segment's own put on top. */
export function resolveRules(layers: readonly Placed<RuleLayer>[], detectors: readonly Detector[], refuse: Refuse): Record<string, ResolvedRule> {
  return Object.fromEntries(detectors.map((detector) => [detector.name, resolveRule(layers, detector, refuse)]));
}

function resolveRule(layers: readonly Placed<RuleLayer>[], detector: Detector, refuse: Refuse): ResolvedRule {
  const changes = layers.flatMap(({ layer, nearness }) => {
    const change = layer.get(detector.name);
    return change === undefined ? [] : [{ layer: change, nearness }];
  });
  const everyone = changes.map(({ layer, nearness }) => ({ layer: layer as RuleChange, nearness }));
  const settingsOf = (stack: readonly Placed<RuleChange>[]): RuleSettings | null => {
    if (!isOn(stack)) return null;
    const put = detector.layer ?? ((below, above) => ({ ...below, ...above }));
    const parsed = detector.params.safeParse(stack.reduce<Record<string, unknown>>((below, { layer }) => put(below, layer.params), {}));
    if (!parsed.success) {
      refuse(detector.name, parsed.error.issues.map(({ message }) => message).join('; '));
      return null;
    }
    return { severity: stack.findLast(({ layer }) => layer.severity !== null)?.layer.severity ?? detector.severity, params: parsed.data };
  };
  const segments = new Set(changes.flatMap(({ layer }) => [...layer.segments.keys()]));
  const overrides = [...segments].map((segment) => {
    const own = changes.flatMap(({ layer }) => layer.segments.get(segment) ?? []).map((layer) => ({ layer, nearness: 2 as const }));
    return [segment, settingsOf([...everyone, ...own])] as const;
  });
  return { base: settingsOf(everyone), segments: Object.fromEntries(overrides) };
}

/**
 * Parameters switch a rule on again that was off, but only from a place at least as near: numbers for the whole file do not wake what a
 * template has put to sleep in one map.
 */
function isOn(stack: readonly Placed<RuleChange>[]): boolean {
  let offAt: number | null = null;
  for (const { layer, nearness } of stack) {
    if (layer.state === 'off') offAt = Math.max(offAt ?? 0, nearness);
    else if (layer.state === 'on' || (layer.state === 'parameters' && nearness >= (offAt ?? 0))) offAt = null;
  }
  return offAt === null;
}
