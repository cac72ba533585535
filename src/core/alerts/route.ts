import type { RouteMatch, RouteNode, Severity } from '../journey/journey-map.ts';
import { compares } from '../journey/segments.ts';
import type { AlertRoute } from './alert.ts';

/** What a route may ask about. */
export type RouteFacts = {
  segments: string[];
  mapKey: string;
  stage: string | null;
  rule: string;
  severity: Severity;
  ownerEmail: string | null;
  amount: number | null;
};

/**
 * Where an alert goes: the deepest node of the tree that matches, depth first; siblings after a match only where it says `continue`.
 * A node without a channel of its own sends to its parent's. A channel comes once; whoever asks for the owner in it wins.
 */
export function routesOf(roots: RouteNode[], facts: RouteFacts): AlertRoute[] {
  const found = new Map<string, AlertRoute>();
  for (const route of walk(roots, facts, null, false)) {
    found.set(route.channel, { channel: route.channel, notifyOwner: route.notifyOwner || (found.get(route.channel)?.notifyOwner ?? false) });
  }
  return [...found.values()];
}

/** The channel next further up the tree from one that cannot be posted to; null: there is none. */
export function parentChannel(roots: RouteNode[], channel: string, above: string | null = null): string | null {
  for (const node of roots) {
    const own = node.channel ?? above;
    if (own === channel && above !== null && above !== channel) return above;
    const found = parentChannel(node.routes, channel, own);
    if (found !== null) return found;
  }
  return null;
}

/** Every channel that alerts can go to. */
export const routeChannels = (roots: RouteNode[]): string[] => [
  ...new Set(roots.flatMap((node) => [...(node.channel === null ? [] : [node.channel]), ...routeChannels(node.routes)])),
];

function walk(nodes: RouteNode[], facts: RouteFacts, above: string | null, notify: boolean): AlertRoute[] {
  const found: AlertRoute[] = [];
  for (const node of nodes) {
    if (!matches(node.match, facts)) continue;
    const channel = node.channel ?? above;
    const notifyOwner = notify || node.notifyOwner;
    const deeper = walk(node.routes, facts, channel, notifyOwner);
    if (deeper.length > 0) found.push(...deeper);
    else if (channel !== null) found.push({ channel, notifyOwner });
    if (!node.continue) break;
  }
  return found;
}

/** All that is named must hold; no name at all matches everything. */
export const matches = (match: RouteMatch, facts: RouteFacts): boolean =>
  (match.segment === undefined || match.segment.some((segment) => facts.segments.includes(segment))) &&
  (match.map === undefined || match.map.includes(facts.mapKey)) &&
  (match.stage === undefined || (facts.stage !== null && match.stage.includes(facts.stage))) &&
  (match.rule === undefined || match.rule.includes(facts.rule)) &&
  (match.severity === undefined || match.severity.includes(facts.severity)) &&
  (match.owner === undefined ||
    (facts.ownerEmail !== null && match.owner.some((owner) => owner.toLowerCase() === facts.ownerEmail?.toLowerCase()))) &&
  (match.amount === undefined || compares(match.amount, facts.amount));
