import type { RouteMatch } from '../../core/journey/journey-map.ts';
import type { ConfigPath } from '../problem.ts';
import type { MatchSection } from '../schema/delivery-section.ts';
import { suggest } from '../suggest.ts';
import type { Report } from './layers.ts';

/** Names that routes and digests can match. */
export type MatchVocabulary = Record<'segment' | 'map' | 'stage' | 'rule', readonly string[]>;

/** What routes and digests are about, the names in it checked. */
export function resolveMatch(match: MatchSection, path: ConfigPath, vocabulary: MatchVocabulary, report: Report): RouteMatch {
  for (const what of ['segment', 'map', 'stage', 'rule'] as const) {
    for (const [index, name] of (match[what] ?? []).entries()) {
      const known = vocabulary[what];
      if (known.includes(name)) continue;
      const suggestion = suggest(name, known);
      const hint = suggestion !== null ? '' : known.length === 0 ? `; the file names none in \`${what}s\`` : `; known: ${known.join(', ')}`;
      report([...path, what, index], `unknown ${what} \`${name}\`${hint}`, { suggestion });
    }
  }
  // Left out rather than undefined: the contract's fields are optional in the exact sense.
  return Object.fromEntries(Object.entries(match).filter(([, value]) => value !== undefined));
}
