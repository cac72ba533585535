import type { EscalationStep, Notify, RouteMatch, RouteNode, Severity } from '../journey/journey-map.ts';
import { compares } from '../journey/segments.ts';
import type { AlertRoute, Escalation } from './alert.ts';

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
 * A node without a channel of its own sends to its parent's. A channel comes once; whoever asks for somebody in it wins.
 */
export function routesOf(roots: RouteNode[], facts: RouteFacts): AlertRoute[] {
  const found = new Map<string, Set<Notify>>();
  for (const { channel, notify } of walk(roots, facts, top)) found.set(channel, new Set([...(found.get(channel) ?? []), ...notify]));
  return [...found].map(([channel, notify]) => {
    const others = [...notify].filter((who) => who !== 'owner');
    return { channel, notifyOwner: notify.has('owner'), ...(others.length === 0 ? {} : { others }) };
  });
}

/** The chain of an alert that opens now; null: none. Where it goes to several channels, the first one that has a chain gives it. */
export function escalationOf(roots: RouteNode[], facts: RouteFacts): Escalation | null {
  const route = walk(roots, facts, top).find(({ steps }) => steps.length > 0);
  return route === undefined ? null : { channel: route.channel, steps: route.steps, next: 0, told: [], since: null, stopped: null };
}

/**
 * The channel next further up the tree from one that cannot be posted to; of one that only a step of a chain names, that of the chain. Null: there
 * is none.
 */
export function parentChannel(roots: RouteNode[], channel: string): string | null {
  return isRouted(roots, channel) ? parentOf(roots, channel, null) : chainChannel(roots, channel, null);
}

/** Whether only steps of chains name it: what stands there stands first in the channel of the chain. */
export const isStepChannel = (roots: RouteNode[], channel: string): boolean =>
  !isRouted(roots, channel) && chainChannel(roots, channel, null) !== null;

const isRouted = (roots: RouteNode[], channel: string): boolean => nodesOf(roots).some((node) => node.channel === channel);

function parentOf(roots: RouteNode[], channel: string, above: string | null): string | null {
  for (const node of roots) {
    const own = node.channel ?? above;
    if (own === channel && above !== null && above !== channel) return above;
    const found = parentOf(node.routes, channel, own);
    if (found !== null) return found;
  }
  return null;
}

function chainChannel(roots: RouteNode[], channel: string, above: string | null): string | null {
  for (const node of roots) {
    const own = node.channel ?? above;
    if (own !== channel && node.escalate?.some((step) => step.channel === channel) === true) return own;
    const found = chainChannel(node.routes, channel, own);
    if (found !== null) return found;
  }
  return null;
}

/** Every channel that alerts can go to, those first to which they go at once. */
export const routeChannels = (roots: RouteNode[]): string[] =>
  [
    ...new Set([
      ...nodesOf(roots).map(({ channel }) => channel),
      ...nodesOf(roots).flatMap(({ escalate }) => (escalate ?? []).map(({ channel }) => channel)),
    ]),
  ].filter((channel) => channel !== null);

const nodesOf = (roots: RouteNode[]): RouteNode[] => roots.flatMap((node) => [node, ...nodesOf(node.routes)]);

type Routed = { channel: string; notify: Notify[]; steps: EscalationStep[] };
type Above = { channel: string | null; notify: Notify[]; steps: EscalationStep[] };
const top: Above = { channel: null, notify: [], steps: [] };

function walk(nodes: RouteNode[], facts: RouteFacts, above: Above): Routed[] {
  const found: Routed[] = [];
  for (const node of nodes) {
    if (!matches(node.match, facts)) continue;
    const here = { channel: node.channel ?? above.channel, notify: [...above.notify, ...node.notify], steps: node.escalate ?? above.steps };
    const deeper = walk(node.routes, facts, here);
    if (deeper.length > 0) found.push(...deeper);
    else if (here.channel !== null) found.push({ ...here, channel: here.channel });
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
