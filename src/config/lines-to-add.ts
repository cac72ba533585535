import { Document, isNode, stringify } from 'yaml';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { isMapping } from './is-mapping.ts';
import { type Addition, createAdditions, type Unmapped } from './line-to-add.ts';

/** One line of journey.yml that makes the values `of` known, and the block that it belongs into: `maps.new-business.stages.decision`. */
export type LineToAdd<Value> = { of: Value[]; under: string; line: string; sure: boolean; addition: Addition };

/**
 * The lines that make values known: one for all that belong into the same, since a key may stand in a file only once. So all lines can be pasted together,
 * each under its block.
 */
export function linesToAdd<Value extends Unmapped>(values: readonly Value[], config: JourneyConfig): LineToAdd<Value>[] {
  const byPlace = new Map<string, { of: Value[]; addition: Addition }>();
  const additionFor = createAdditions(config);
  for (const value of values) {
    const addition = additionFor(value);
    const place = JSON.stringify([...addition.under, addition.key]);
    const there = byPlace.get(place);
    if (there === undefined) byPlace.set(place, { of: [value], addition });
    else byPlace.set(place, { of: [...there.of, value], addition: { ...addition, value: united(there.addition.value, addition.value) } });
  }
  return [...byPlace.values()].map(({ of, addition }) => {
    const { under, key, value, sure } = addition;
    return { of, under: under.join('.'), line: onOneLine(key, value), sure, addition };
  });
}

/** All lines as one piece of journey.yml, each in its block. */
export function pieceToPaste(lines: readonly { addition: Addition }[]): string {
  const document = new Document({});
  for (const { addition } of lines) {
    const { under, key, value, sure } = addition;
    const node = document.createNode(value, { flow: true });
    if (!sure && isNode(node)) node.comment = ' or wherever it belongs';
    document.setIn([...under, key], node);
  }
  return document.toString({ lineWidth: 0 });
}

/** Lists are what all say together, in their order. */
function united(a: unknown, b: unknown): unknown {
  if (Array.isArray(a) && Array.isArray(b)) return [...new Set([...a, ...b])];
  if (!isMapping(a) || !isMapping(b)) return b;
  const both = { ...a };
  for (const [key, value] of Object.entries(b)) both[key] = key in both ? united(both[key], value) : value;
  return both;
}

/** Everything in quotes that needs them. */
const onOneLine = (key: string, value: unknown): string =>
  stringify({ [key]: value }, { collectionStyle: 'flow', lineWidth: 0 })
    .trim()
    .replace(/^\{\s*/, '')
    .replace(/\s*\}$/, '');
