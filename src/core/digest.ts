import type { Alert } from './alerts/alert.ts';
import { cardAlert, worstFirst } from './alerts/card-content.ts';
import { byMute } from './alerts/inhibit.ts';
import { matches } from './alerts/route.ts';
import type { CardLine } from './delivery.ts';
import { titleOf } from './detectors/index.ts';
import type { AlertLife } from './insight/action-rate.ts';
import type { DigestDefinition, JourneyConfig } from './journey/journey-map.ts';
import type { JourneyRow } from './journey/journey-row.ts';
import type { StageMove } from './journey/stage-moves.ts';
import { type Suggestion, suggest } from './suggestion.ts';
import type { EpochMs } from './time.ts';

type Amount = { value: number; currency: string | null } | null;

/** The scheduled summary of one channel, as a value. */
export type Digest = {
  from: EpochMs;
  to: EpochMs;
  timezone: string;
  /** `map new-business`, `segment enterprise`; empty: everything. */
  scope: string;
  /** What is open now: alerts, and how many journeys they are about. */
  open: { journeys: number; alerts: number };
  /** How many journeys have alerts that a mute holds back. */
  muted: number;
  moved: { name: string; url: string | null; from: string; to: string; at: EpochMs }[];
  won: { name: string; url: string | null; amount: Amount }[];
  lost: { name: string; url: string | null; amount: Amount }[];
  /** Open alerts by rule, the most first; `headline` is the rule's title. */
  attention: { rule: string; headline: string; count: number; worst: CardLine[] }[];
  openedInPeriod: number;
  clearedInPeriod: number;
  resolvedByHandInPeriod: number;
  /** Alerts that somebody called not useful in the period, by rule, the most first. */
  notUsefulByRule: { rule: string; count: number }[];
  /** The rule whose alerts nobody acts on, and what to change. Not there: none is so, or there are too few alerts to tell. */
  noisiest?: Suggestion;
  /** `fetched`: what the CRM had not told by itself, by kind; not there: nothing. */
  feeds: { source: string; lastReceivedAt: EpochMs | null; stale: boolean; fetched?: { crm: string; byKind: Record<string, number> } }[];
};

/** What the store knows of a period. */
export type DigestFacts = {
  journeys: JourneyRow[];
  /** Open now, or opened or resolved in the period. */
  alerts: Alert[];
};

export type DigestPeriod = { from: EpochMs; to: EpochMs };

const namedPerRule = 3;

/** Sums a period up for those journeys that a digest is about. */
export function digestOf(
  facts: DigestFacts & { stageMoves: StageMove[]; lives: readonly AlertLife[] },
  feeds: Digest['feeds'],
  { from, to }: DigestPeriod,
  about: Pick<DigestDefinition, 'match' | 'timezone'>,
  config: JourneyConfig,
): Digest {
  const journeys = new Map(facts.journeys.filter((row) => isAbout(row, about)).map((row) => [row.id, row]));
  const alerts = facts.alerts.filter(
    (alert) =>
      journeys.has(alert.journeyId) &&
      (about.match.rule?.includes(alert.rule) ?? true) &&
      (about.match.severity?.includes(alert.finding.severity) ?? true),
  );
  const during = (at: EpochMs | null | undefined): boolean => at != null && at >= from && at < to;
  const live = alerts.filter((alert) => alert.state !== 'resolved' && alert.inhibitedBy === null);
  const ended = alerts.filter((alert) => during(alert.resolution?.at));
  const rows = [...journeys.values()];
  const closed = (outcome: JourneyRow['outcome']) =>
    rows.filter((row) => row.outcome === outcome && during(row.outcomeAt)).map((row) => ({ name: row.name, url: row.url, amount: amountOf(row) }));
  return {
    from,
    to,
    timezone: about.timezone,
    scope: scopeOf(about),
    open: { journeys: new Set(live.map((alert) => alert.journeyId)).size, alerts: live.length },
    muted: new Set(alerts.filter((alert) => alert.state !== 'resolved' && alert.inhibitedBy === byMute).map((alert) => alert.journeyId)).size,
    moved: facts.stageMoves.flatMap((move) => {
      const row = journeys.get(move.journeyId);
      return row === undefined || !during(move.at)
        ? []
        : [
            {
              name: row.name,
              url: row.url,
              from: labelOf(config, row.mapKey, move.from),
              to: labelOf(config, row.mapKey, move.to),
              at: move.at,
            },
          ];
    }),
    won: closed('won'),
    lost: closed('lost'),
    attention: attentionOf(live, journeys),
    openedInPeriod: alerts.filter((alert) => during(alert.openedAt)).length,
    clearedInPeriod: ended.filter((alert) => alert.resolution?.how !== 'by-hand').length,
    resolvedByHandInPeriod: ended.filter((alert) => alert.resolution?.how === 'by-hand').length,
    notUsefulByRule: [...countBy(alerts.filter((alert) => isCalledNotUseful(alert, during)))]
      .map(([rule, count]) => ({ rule, count }))
      .sort((a, b) => b.count - a.count),
    ...noisiestOf(facts.lives, about, config),
    feeds,
  };
}

const isCalledNotUseful = ({ votes = [], resolution }: Alert, during: (at: EpochMs) => boolean): boolean =>
  votes.some(({ useful, at }) => !useful && during(at)) ||
  (resolution?.how === 'by-hand' && resolution.reason === 'not-useful' && during(resolution.at));

/** Of what a digest is about, as far as an alert still knows that. */
function noisiestOf(lives: readonly AlertLife[], { match }: Pick<DigestDefinition, 'match'>, config: JourneyConfig): Pick<Digest, 'noisiest'> {
  const { severity: _, ...of } = match;
  const suggestion = suggest(
    lives.filter(({ rule, place }) =>
      matches(of, {
        rule,
        segments: [...(place?.segments ?? [])],
        mapKey: place?.map ?? '',
        stage: place?.stage ?? null,
        severity: 'info',
        ownerEmail: null,
        amount: null,
      }),
    ),
    config,
  );
  return suggestion === null ? {} : { noisiest: suggestion };
}

/** One alert in a line, with what its journey's row knows. */
export function alertLine(alert: Alert, row: JourneyRow, accountName: string | null = null): CardLine {
  const { headline, since } = cardAlert(alert, null);
  return { journeyId: row.id, name: row.name, url: row.url, accountName, headline, since, amount: amountOf(row) };
}

function attentionOf(live: Alert[], journeys: Map<string, JourneyRow>): Digest['attention'] {
  const byRule = Map.groupBy([...live].sort(worstFirst), (alert) => alert.rule);
  return [...byRule.entries()]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([rule, alerts]) => ({
      rule,
      headline: titleOf(rule),
      count: alerts.length,
      worst: [...alerts]
        .sort((a, b) => (journeys.get(b.journeyId)?.amount ?? 0) - (journeys.get(a.journeyId)?.amount ?? 0))
        .slice(0, namedPerRule)
        .flatMap((alert) => {
          const row = journeys.get(alert.journeyId);
          return row === undefined ? [] : [alertLine(alert, row)];
        }),
    }));
}

/** A digest's rule and severity choose among alerts, not among journeys. */
const withoutAlertFacts = ({ rule: _rule, severity: _severity, ...match }: DigestDefinition['match']): DigestDefinition['match'] => match;

const isAbout = (row: JourneyRow, { match }: Pick<DigestDefinition, 'match'>): boolean =>
  matches(withoutAlertFacts(match), {
    segments: row.segments,
    mapKey: row.mapKey,
    stage: row.stage,
    rule: '',
    severity: 'info',
    ownerEmail: row.ownerEmail,
    amount: row.amount,
  });

const scopeOf = ({ match }: Pick<DigestDefinition, 'match'>): string =>
  [
    match.map === undefined ? '' : `map ${match.map.join(', ')}`,
    match.segment === undefined ? '' : `segment ${match.segment.join(', ')}`,
    match.stage === undefined ? '' : `stage ${match.stage.join(', ')}`,
    match.owner === undefined ? '' : `owner ${match.owner.join(', ')}`,
    match.rule === undefined ? '' : `rule ${match.rule.join(', ')}`,
    match.severity === undefined ? '' : `severity ${match.severity.join(', ')}`,
    match.amount === undefined ? '' : `amount ${match.amount.operator} ${match.amount.value}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');

const labelOf = (config: JourneyConfig, mapKey: string, stage: string): string =>
  config.maps.find((map) => map.key === mapKey)?.stages.find(({ key }) => key === stage)?.label ?? stage;

const amountOf = (row: JourneyRow): Amount => (row.amount === null ? null : { value: row.amount, currency: row.currency });

const countBy = (alerts: Alert[]): Map<string, number> =>
  new Map([...Map.groupBy(alerts, (alert) => alert.rule)].map(([rule, group]) => [rule, group.length]));
