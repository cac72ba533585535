import type { Detector } from '../../core/detectors/detector.ts';
import type { ResolvedRule, RuleSettings } from '../../core/journey/journey-map.ts';
import type { MapLayer } from './layers.ts';
import type { RuleChange, RuleLayer } from './rule-layer.ts';

/** One mistake that only shows once all layers are put together. */
type Refuse = (rule: string, message: string) => void;

/**
 * Rule layers in the order in which they take effect. What a file says wins over what it extends, wherever either says it; within one
 * file the nearer place wins: top level, map, stage. `stage: null`: the map's own rules, for journeys in a stage that it does not know.
 */
export function ruleLayers(chain: readonly MapLayer[], stage: string | null): RuleLayer[] {
  return chain.flatMap((layer, index) => {
    const sameFileBefore = chain[index - 1]?.fileRules === layer.fileRules;
    const stageRules = stage === null ? undefined : layer.stageRules.get(stage);
    return [...(sameFileBefore ? [] : [layer.fileRules]), layer.mapRules, ...(stageRules === undefined ? [] : [stageRules])];
  });
}

/** Every rule with its parameters; a segment's are those of everyone with the segment's own put on top. */
export function resolveRules(layers: readonly RuleLayer[], detectors: readonly Detector[], refuse: Refuse): Record<string, ResolvedRule> {
  return Object.fromEntries(detectors.map((detector) => [detector.name, resolveRule(layers, detector, refuse)]));
}

function resolveRule(layers: readonly RuleLayer[], detector: Detector, refuse: Refuse): ResolvedRule {
  const changes = layers.flatMap((layer) => layer.get(detector.name) ?? []);
  const settingsOf = (stack: readonly RuleChange[]): RuleSettings | null => {
    if (stack.findLast(({ on }) => on !== null)?.on === false) return null;
    const parsed = detector.params.safeParse(Object.assign({}, ...stack.map(({ params }) => params)));
    if (!parsed.success) {
      refuse(detector.name, parsed.error.issues.map(({ message }) => message).join('; '));
      return null;
    }
    return { severity: stack.findLast(({ severity }) => severity !== null)?.severity ?? detector.severity, params: parsed.data };
  };
  const segments = new Set(changes.flatMap((change) => [...change.segments.keys()]));
  const overrides = [...segments].map((segment) => {
    const own = changes.flatMap((change) => change.segments.get(segment) ?? []);
    return [segment, settingsOf([...changes, ...own])] as const;
  });
  return { base: settingsOf(changes), segments: Object.fromEntries(overrides) };
}
