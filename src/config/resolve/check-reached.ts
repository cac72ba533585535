import { isDeepStrictEqual } from 'node:util';
import { type ConfigPath, formatPath } from '../problem.ts';
import type { MatchSection, RouteSection } from '../schema/delivery-section.ts';
import type { Report } from './layers.ts';

/**
 * Reports entries that never get an alert: an earlier one beside them takes all that they match. Whoever writes them one below the other means
 * "and this one, too", or "but".
 */
export function checkReached(routes: readonly RouteSection[], report: Report, path: ConfigPath = ['routes']): void {
  for (const [index, { match, routes: below }] of routes.entries()) {
    const taker = routes.slice(0, index).findIndex((earlier) => !earlier.continue && covers(earlier.match, match));
    if (taker !== -1) {
      const above = formatPath([...path, taker]);
      report(
        [...path, index],
        `is never reached: ${above} takes all that it matches; put it before ${above}, or under its \`routes\`, or let that one \`continue: true\``,
      );
    }
    checkReached(below, report, [...path, index, 'routes']);
  }
}

/** Whether all that `narrow` matches is matched by `wide`, as far as their words say it. */
function covers(wide: MatchSection = {}, narrow: MatchSection = {}): boolean {
  return (Object.keys(wide) as (keyof MatchSection)[]).every((key) => {
    const [all, some]: unknown[] = [wide[key], narrow[key]];
    if (all === undefined) return true;
    return Array.isArray(all) && Array.isArray(some) ? some.every((name) => all.includes(name)) : isDeepStrictEqual(all, some);
  });
}
