import type { EscalationStep, Notify, RouteNode } from '../../core/journey/journey-map.ts';
import type { ConfigPath } from '../problem.ts';
import type { MatchSection, RouteSection } from '../schema/delivery-section.ts';
import type { JourneyFile } from '../schema.ts';
import type { Report } from './layers.ts';
import { type MatchVocabulary, resolveMatch } from './resolve-match.ts';

/** What routes can match, and whom they can mention: the managers and teams that the file names. */
type TreeVocabulary = MatchVocabulary & Record<'managers' | 'teams', readonly string[]>;

/** The routing tree, its names checked. */
export function resolveRoutes(routes: JourneyFile['routes'], vocabulary: TreeVocabulary, report: Report): RouteNode[] {
  return routes.map((route, index) => resolveRoute(route, { path: ['routes', index], above: null }, vocabulary, report));
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

/** `above`: the channel that a route without one of its own has. */
type Place = { path: ConfigPath; above: string | null };

function resolveRoute(route: RouteSection, { path, above }: Place, vocabulary: TreeVocabulary, report: Report): RouteNode {
  const channel = route.channel ?? above;
  checkNotify(route.notify, [...path, 'notify'], vocabulary, report);
  for (const [index, step] of (route.escalate ?? []).entries()) {
    const at = [...path, 'escalate', index];
    checkNotify(step.notify, [...at, 'notify'], vocabulary, report);
    if (step.notify === undefined && step.channel === channel)
      report([...at, 'channel'], 'is where the alert is already: say whom to `notify`, or name another channel');
  }
  return {
    channel: route.channel ?? null,
    match: resolveMatch(route.match ?? {}, [...path, 'match'], vocabulary, report),
    notify: route.notify ?? [],
    escalate: route.escalate?.map(({ after, channel: to = null, notify = [] }): EscalationStep => ({ after, channel: to, notify })) ?? null,
    continue: route.continue,
    routes: route.routes.map((child, index) => resolveRoute(child, { path: [...path, 'routes', index], above: channel }, vocabulary, report)),
  };
}

/** Whom nobody names, nobody can mention. */
function checkNotify(notify: readonly Notify[] | undefined, path: ConfigPath, { managers, teams }: TreeVocabulary, report: Report): void {
  if (notify?.includes('manager') === true && managers.length === 0)
    report(path, 'nobody is a manager yet: name them in `managers`, such as managers: { default: mia@us.example }');
  if (notify?.includes('team') === true && teams.length === 0) report(path, 'there is no team yet: name them in `teams`');
}

const isEmpty = (match: MatchSection | undefined): boolean => Object.values(match ?? {}).every((value) => value === undefined);
