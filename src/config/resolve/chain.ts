import { suggest } from '../suggest.ts';
import type { MapLayer } from './layers.ts';

/** What a map can extend: the other maps of its file, and the templates' maps by the template's name. */
export type Library = {
  maps: ReadonlyMap<string, MapLayer>;
  /** Null: there is no such template. */
  template(name: string): ReadonlyMap<string, MapLayer> | null;
  templateNames: readonly string[];
  /** The template that the file as a whole extends. */
  base: ReadonlyMap<string, MapLayer> | null;
};

/** A map and all that it extends, the furthest first. What cannot be found, or goes in circles, is reported: the chain is broken there. */
export function chainOf(own: MapLayer, library: Library): { chain: MapLayer[]; broken: boolean } {
  const chain: MapLayer[] = [];
  for (let layer: MapLayer = own; ; ) {
    chain.unshift(layer);
    const next = extended(layer, own, library);
    if (next === null || next === 'unknown') return { chain, broken: next === 'unknown' };
    if (chain.includes(next)) {
      const circle = [...chain.toReversed(), next].map(({ key }) => key);
      own.report([...own.path, 'extends'], `goes in circles: ${circle.join(' extends ')}`);
      return { chain, broken: true };
    }
    layer = next;
  }
}

/** Null: it extends nothing. */
function extended(layer: MapLayer, own: MapLayer, library: Library): MapLayer | 'unknown' | null {
  const name = layer.section.extends;
  if (name === undefined) return layer.template ? null : (library.base?.get(layer.key) ?? null);
  const sibling = layer.template ? undefined : library.maps.get(name);
  if (sibling !== undefined && (sibling !== layer || !library.templateNames.includes(name))) return sibling;
  const template = library.template(name);
  if (template === null) {
    const known = [...library.templateNames, ...[...library.maps.keys()].filter((key) => key !== layer.key)];
    layer.report([...layer.path, 'extends'], `unknown template or map \`${name}\`; known: ${known.join(', ')}`, { suggestion: suggest(name, known) });
    return 'unknown';
  }
  return mapOf(template, layer, own);
}

/** A template's map of the same name; else the one for what the map is about, deals or accounts. */
function mapOf(template: ReadonlyMap<string, MapLayer>, layer: MapLayer, own: MapLayer): MapLayer | 'unknown' {
  const kindOf = ({ section }: MapLayer) => (section.for === 'accounts' ? 'accounts' : 'deals');
  const wanted = own.section.for === undefined ? kindOf(layer) : kindOf(own);
  const found = template.get(layer.key) ?? [...template.values()].find((candidate) => kindOf(candidate) === wanted);
  if (found === undefined)
    layer.report([...layer.path, 'extends'], `the template has no map for ${wanted}; known: ${[...template.keys()].join(', ')}`);
  return found ?? 'unknown';
}
