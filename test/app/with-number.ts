import { detectors } from '../../src/core/detectors/index.ts';
import type { JourneyConfig } from '../../src/core/journey/journey-map.ts';
import type { NumberChange } from '../../src/core/suggestion.ts';

/** A config whose stage has another number: what pasting the lines of a suggestion does to one where no segment has its own. */
export function withNumber(config: JourneyConfig, rule: string, { map, stage, parameter, to }: NumberChange): JourneyConfig {
  const detector = detectors.find(({ name }) => name === rule);
  const parsed = detector?.params.parse({ [parameter]: to }) as Record<string, unknown>;
  const changed = (each: JourneyConfig['maps'][number]['stages'][number]) => {
    const base = each.rules[rule]?.base;
    if (base == null || each.key !== stage?.key) return each;
    const params = { ...(base.params as object), [parameter]: parsed[parameter] };
    return { ...each, rules: { ...each.rules, [rule]: { segments: {}, base: { ...base, params } } } };
  };
  return { ...config, maps: config.maps.map((each) => (each.key === map.key ? { ...each, stages: each.stages.map(changed) } : each)) };
}
