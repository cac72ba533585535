import type { Comparison, RouteMatch, RouteNode, SegmentDefinition } from '../../core/journey/journey-map.ts';
import { entry, paragraph } from './layout.ts';

/** The routing tree as an indented list. */
export function explainRoutes(routes: readonly RouteNode[], parent: string | null = null, indent = 2): string[] {
  return routes.flatMap((route) => {
    const channel = route.channel ?? parent;
    const match = explainMatch(route.match);
    const extras = [...(route.notifyOwner ? ['mentions the owner'] : []), ...(route.continue ? ['the next entries have it, too'] : [])];
    const line = `${match === '' ? 'everything' : match} → ${channel ?? 'nowhere'}${extras.map((extra) => `; ${extra}`).join('')}`;
    return [...paragraph(`${parent === null ? '' : 'but '}${line}`, indent), ...explainRoutes(route.routes, channel, indent + 4)];
  });
}

/** `segment enterprise, severity critical`; empty: everything. */
export function explainMatch({ amount, ...lists }: RouteMatch): string {
  const conditions = Object.entries(lists).map(([what, names]) => `${what} ${names.join(' or ')}`);
  return [...conditions, ...(amount === undefined ? [] : [comparisonInWords(amount)])].join(', ');
}

export function explainSegment({ key, when }: SegmentDefinition): string[] {
  const conditions = [
    ...(when.amount === undefined ? [] : [comparisonInWords(when.amount)]),
    ...(when.segment === undefined ? [] : [`the CRM's segment is ${when.segment.join(' or ')}`]),
    ...(when.ownerEmail === undefined ? [] : [`owned by ${when.ownerEmail.join(' or ')}`]),
    ...(when.pipeline === undefined ? [] : [`in pipeline ${when.pipeline.join(' or ')}`]),
  ];
  return entry(key, conditions.join(' and '), 2, Math.max(14, key.length + 2));
}

const operatorWords: Record<Comparison['operator'], string> = {
  '>=': 'at least',
  '>': 'more than',
  '<=': 'at most',
  '<': 'less than',
  '==': 'exactly',
};

const comparisonInWords = ({ operator, value }: Comparison): string => `amount ${operatorWords[operator]} ${value.toLocaleString('en-GB')}`;
