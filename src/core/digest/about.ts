import type { Alert } from '../alerts/alert.ts';
import { matches } from '../alerts/route.ts';
import type { AlertLife } from '../insight/action-rate.ts';
import type { DigestDefinition, JourneyConfig, RouteMatch } from '../journey/journey-map.ts';
import type { JourneyRow } from '../journey/journey-row.ts';

type About = Pick<DigestDefinition, 'match'>;

/** Which journeys, and which of their alerts, a digest is about. A rule and a severity choose among alerts, not among journeys. */
export const isAboutJourney = (row: JourneyRow, { match: { rule: _rule, severity: _severity, ...match } }: About): boolean =>
  matches(match, {
    segments: row.segments,
    mapKey: row.mapKey,
    stage: row.stage,
    rule: '',
    severity: 'info',
    ownerEmail: row.ownerEmail,
    amount: row.amount,
  });

export const isAboutAlert = ({ rule, finding }: Pick<Alert, 'rule' | 'finding'>, { match }: About): boolean =>
  (match.rule?.includes(rule) ?? true) && (match.severity?.includes(finding.severity) ?? true);

/** As far as an alert that was judged still knows what it was about. */
export function isAboutLife({ rule, place }: AlertLife, { match: { severity: _severity, ...match } }: About): boolean {
  const [segments, mapKey, stage] = [[...(place?.segments ?? [])], place?.map ?? '', place?.stage ?? null];
  return matches(match, { rule, segments, mapKey, stage, severity: 'info', ownerEmail: null, amount: null });
}

/** `map new-business · segment enterprise`; empty: everything. */
export const scopeOf = ({ match }: About): string =>
  [
    ...lists.flatMap((name) => (match[name] === undefined ? [] : [`${name} ${match[name].join(', ')}`])),
    ...(match.amount === undefined ? [] : [`amount ${match.amount.operator} ${match.amount.value}`]),
  ].join(' · ');

const lists = ['map', 'segment', 'stage', 'owner', 'rule', 'severity'] as const satisfies (keyof RouteMatch)[];

/** What it names and the journey map does not have any more: `stage decision`. */
export function strayIn({ match }: About, { maps, segments }: Pick<JourneyConfig, 'maps' | 'segments'>): string[] {
  const known = {
    map: maps.map(({ key }) => key),
    segment: segments.map(({ key }) => key),
    stage: maps.flatMap((map) => map.stages.map(({ key }) => key)),
  };
  return (['map', 'segment', 'stage'] as const).flatMap((name) =>
    (match[name] ?? []).filter((value) => !known[name].includes(value)).map((value) => `${name} ${value}`),
  );
}
