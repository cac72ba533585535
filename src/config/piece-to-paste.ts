import { Document, isNode } from 'yaml';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { type Addition, createAdditions, type Unmapped } from './line-to-add.ts';

/**
 * The lines that make values known as one piece of journey.yml, each in its block: one for all that belong into the same, since a key may stand in a file
 * only once.
 */
export function pieceToPaste(values: readonly Unmapped[], config: JourneyConfig): string {
  const document = new Document({});
  for (const { under, key, value, remark } of additionsFor(values, config)) {
    const node = document.createNode(value, { flow: true });
    if (remark !== null && isNode(node)) node.comment = ` ${remark}`;
    document.setIn([...under, key], node);
  }
  return document.toString({ lineWidth: 0 });
}

function additionsFor(values: readonly Unmapped[], config: JourneyConfig): Iterable<Addition> {
  const byPlace = new Map<string, Addition>();
  const additionFor = createAdditions(config);
  for (const value of values) {
    const addition = additionFor(value);
    const place = JSON.stringify([...addition.under, addition.key]);
    const there = byPlace.get(place);
    byPlace.set(place, there === undefined ? addition : { ...addition, value: united(there.value, addition.value) });
  }
  return byPlace.values();
}

/** Lists are what all say together, in their order. */
function united(a: unknown, b: unknown): unknown {
  if (Array.isArray(a) && Array.isArray(b)) return [...new Set([...a, ...b])];
  if (!isTree(a) || !isTree(b)) return b;
  const both = { ...a };
  for (const [key, value] of Object.entries(b)) both[key] = key in both ? united(both[key], value) : value;
  return both;
}

const isTree = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
