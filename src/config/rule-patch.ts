import { stringify } from 'yaml';
import type { NumberChange } from '../core/suggestion.ts';

/** The lines of journey.yml that change one number of a rule: ready to be pasted, or put where the file has the same keys already. */
export function rulePatch(rule: string, { map, stage, segment, parameter, to }: NumberChange): string[] {
  const number = { [parameter]: to };
  const rules = { rules: { [rule]: segment === null ? number : { [segment]: number } } };
  return stringify({ maps: { [map.key]: stage === null ? rules : { stages: { [stage.key]: rules } } } }, { lineWidth: 0 })
    .trimEnd()
    .split('\n');
}
