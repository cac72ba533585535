import type { StageSection } from '../schema/map-section.ts';
import { suggest } from '../suggest.ts';
import type { MapLayer } from './layers.ts';

/** The stages of a map in their order, each as its layers say it, the nearest last. */
export type StageStack = { key: string; layers: { section: StageSection; layer: MapLayer }[] };

/** Puts the stages of all layers together: known ones are added to, new ones put in their place, those that are off left out. */
export function resolveStages(chain: readonly MapLayer[]): StageStack[] {
  let stacks: StageStack[] = [];
  for (const layer of chain) {
    const extended = stacks.length > 0;
    for (const [key, section] of Object.entries(layer.section.stages ?? {})) {
      const known = stacks.find((stack) => stack.key === key);
      if (section === null) {
        if (known === undefined) {
          layer.report([...layer.path, 'stages', key], 'there is no such stage to switch off', {
            suggestion: suggest(key, keysOf(stacks)),
            at: 'key',
          });
        }
        stacks = stacks.filter((stack) => stack.key !== key);
      } else if (known === undefined) {
        if (extended && section.from === undefined && section.begins === undefined) reportUnplaced(layer, key, stacks);
        stacks.push({ key, layers: [{ section, layer }] });
      } else known.layers.push({ section, layer });
    }
    for (const [key, section] of Object.entries(layer.section.stages ?? {})) {
      if (section !== null) stacks = placed(stacks, key, section, layer);
    }
  }
  return stacks;
}

export const keysOf = (stacks: readonly StageStack[]): string[] => stacks.map(({ key }) => key);

/** Beside stages that come from elsewhere, a name with nothing to go by is more often a slip than a new stage. */
function reportUnplaced(layer: MapLayer, key: string, stacks: readonly StageStack[]): void {
  const suggestion = suggest(key, keysOf(stacks));
  layer.report([...layer.path, 'stages', key], 'is a new stage and needs `from`: the CRM stages that mean it', { suggestion, at: 'key' });
}

function placed(stacks: StageStack[], key: string, { after, before }: StageSection, { path, report }: MapLayer): StageStack[] {
  const neighbour = after ?? before;
  if (neighbour === undefined) return stacks;
  const side = after === undefined ? 'before' : 'after';
  const at = [...path, 'stages', key];
  const stack = stacks.find((candidate) => candidate.key === key);
  const others = stacks.filter((candidate) => candidate.key !== key);
  const index = others.findIndex((candidate) => candidate.key === neighbour);
  if (after !== undefined && before !== undefined) report([...at, 'before'], 'give either `after` or `before`', { at: 'key' });
  if (index < 0) report([...at, side], `unknown stage \`${neighbour}\``, { suggestion: suggest(neighbour, keysOf(others)) });
  return index < 0 || stack === undefined ? stacks : others.toSpliced(side === 'after' ? index + 1 : index, 0, stack);
}
