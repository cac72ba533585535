import type { DigestDefinition, RouteMatch, RouteNode } from '../../core/journey/journey-map.ts';
import type { ConfigPath } from '../problem.ts';
import type { MatchSection, RouteSection } from '../schema/delivery-section.ts';
import type { JourneyFile } from '../schema.ts';
import { suggest } from '../suggest.ts';
import type { Report } from './layers.ts';

/** Names that routes and digests can match. */
export type RouteVocabulary = Record<'segment' | 'map' | 'stage' | 'rule', readonly string[]>;

/** The routing tree, its names checked. */
export function resolveRoutes(routes: JourneyFile['routes'], vocabulary: RouteVocabulary, report: Report): RouteNode[] {
  return routes.map((route, index) => resolveRoute(route, ['routes', index], vocabulary, report));
}

/** Its roots need a channel, and one of them takes whatever no other does: an alert without a place is a lost alert. */
export function checkRoots(routes: JourneyFile['routes'], report: Report): void {
  for (const [index, { channel }] of routes.entries()) {
    if (channel === undefined) report(['routes', index], 'a route at the top needs a channel');
  }
  if (!routes.some(({ match }) => isEmpty(match))) {
    report(['routes'], 'needs an entry with a channel and without `match`, which takes every alert: - channel: "#deal-alerts"', { at: 'key' });
  }
}

export function resolveDigests(file: JourneyFile, vocabulary: RouteVocabulary, report: Report): DigestDefinition[] {
  const digests = file.digests.map(({ channel, schedule, timezone = file.timezone, match }, index): DigestDefinition => {
    const resolved = resolveMatch(match, ['digests', index, 'match'], vocabulary, report);
    const scope = Object.entries(resolved).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
    return { id: `${channel} ${schedule}${scope.join('')}`, channel, schedule, timezone, match: resolved };
  });
  for (const [index, { id }] of digests.entries()) {
    if (digests.findIndex((other) => other.id === id) < index) report(['digests', index], 'is the same as an earlier digest');
  }
  return digests;
}

function resolveRoute(route: RouteSection, path: ConfigPath, vocabulary: RouteVocabulary, report: Report): RouteNode {
  return {
    channel: route.channel ?? null,
    match: resolveMatch(route.match ?? {}, [...path, 'match'], vocabulary, report),
    notifyOwner: route.notify === 'owner',
    continue: route.continue,
    routes: route.routes.map((child, index) => resolveRoute(child, [...path, 'routes', index], vocabulary, report)),
  };
}

function resolveMatch(match: MatchSection, path: ConfigPath, vocabulary: RouteVocabulary, report: Report): RouteMatch {
  for (const what of ['segment', 'map', 'stage', 'rule'] as const) {
    for (const [index, name] of (match[what] ?? []).entries()) {
      const known = vocabulary[what];
      if (!known.includes(name)) report([...path, what, index], `unknown ${what} \`${name}\``, { suggestion: suggest(name, known) });
    }
  }
  // Left out rather than undefined: the contract's fields are optional in the exact sense.
  return Object.fromEntries(Object.entries(match).filter(([, value]) => value !== undefined));
}

const isEmpty = (match: MatchSection | undefined): boolean => Object.values(match ?? {}).every((value) => value === undefined);
