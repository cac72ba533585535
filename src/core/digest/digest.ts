import type { Alert } from '../alerts/alert.ts';
import { alertLine, amountOf } from '../alerts/alert-line.ts';
import type { AuditEntry } from '../alerts/audit.ts';
import { worstFirst } from '../alerts/card-content.ts';
import { byMute } from '../alerts/inhibit.ts';
import type { CardLine } from '../delivery.ts';
import { isGoodNews } from '../detectors/index.ts';
import type { AlertLife } from '../insight/action-rate.ts';
import type { DigestDefinition, JourneyConfig } from '../journey/journey-map.ts';
import type { JourneyRow } from '../journey/journey-row.ts';
import type { StageMove } from '../journey/stage-moves.ts';
import { type Friction, frictionOf } from '../review.ts';
import { type Suggestion, suggest } from '../suggestion.ts';
import type { MetricsSummary } from '../summary.ts';
import type { EpochMs } from '../time.ts';
import { isAboutAlert, isAboutJourney, isAboutLife, scopeOf, strayIn } from './about.ts';
import type { AlertSpan } from './alert-span.ts';
import type { Count } from './counts.ts';
import { detailsOf } from './details.ts';
import { countsOf, within } from './digest-counts.ts';
import type { DigestDetail } from './digest-detail.ts';
import { countFates, type Fate, type FateCounts, fateOf } from './fates.ts';

type Money = { value: number; currency: string | null };

/** The scheduled summary of one channel, or of one person, as a value: what stands on the first screen. */
export type Digest = {
  from: EpochMs;
  to: EpochMs;
  timezone: string;
  /** `map new-business`, `segment enterprise`; empty: everything. */
  scope: string;
  /** There is no journey at all, of whatever scope: nothing can be said. */
  nothingKnown?: true;
  /** What it asks for and the journey map does not have. */
  stray: string[];
  /** What is open now: alerts, and how many journeys they are about. */
  open: { journeys: number; alerts: number };
  /** How many journeys have alerts that a mute holds back. */
  muted: number;
  /** How many have none that is open, and some that a silent CRM holds back: nobody knows whether these are still true. */
  held: number;
  /** The worst alerts, one a journey. */
  first: CardLine[];
  /**
   * Of the period: moves, ends, questions answered late, alerts opened. At its end: journeys that are stalled, lack a role, or whose people have gone silent.
   */
  counts: Record<'moved' | 'won' | 'lost' | 'late' | 'opened' | 'stalled' | 'missing' | 'silent', Count>;
  /** Sums by currency: amounts of different ones are never added up. */
  wonAmounts: Money[];
  lostAmounts: Money[];
  /** What became of the alerts that were told in the period. */
  fates: FateCounts;
  /** Of the last three months. Not there: no map. */
  friction?: Friction;
  /** The rule whose alerts nobody acts on, and what to change. Not there: none is so, or there are too few alerts to tell. */
  noisiest?: Suggestion;
  /** `fetched`: what the CRM had not told by itself, by kind; not there: nothing. */
  feeds: { source: string; lastReceivedAt: EpochMs | null; stale: boolean; fetched?: { crm: string; byKind: Record<string, number> } }[];
};

export type DigestPeriod = { from: EpochMs; to: EpochMs };

/** What there is to sum up. Each over the quarter that ends with the period, where it does not say otherwise. */
export type DigestFacts = {
  /** Open now, or ended in the quarter. */
  journeys: JourneyRow[];
  /** What the accounts of open alerts are called, by id. */
  accounts: ReadonlyMap<string, string>;
  /** Open now, or opened or resolved in the period. */
  alerts: Alert[];
  spans: AlertSpan[];
  moves: StageMove[];
  /** What people did to alerts that opened in the period. */
  deeds: AuditEntry[];
  lives: readonly AlertLife[];
  /** Null: no map. */
  metrics: MetricsSummary | null;
  /** There is no journey and never was one. */
  nothingKnown?: true;
};

export type About = Pick<DigestDefinition, 'match' | 'timezone'>;

const firstShown = 3;

/** What the facts say of those journeys that a digest is about: its first screen, and what follows in its thread. */
export function digestOf(
  facts: DigestFacts,
  feeds: Digest['feeds'],
  period: DigestPeriod,
  about: About,
  config: JourneyConfig,
): { digest: Digest; details: DigestDetail[] } {
  const journeys = new Map(facts.journeys.filter((row) => isAboutJourney(row, about)).map((row) => [row.id, row]));
  const alerts = facts.alerts.filter((alert) => journeys.has(alert.journeyId) && isAboutAlert(alert, about) && !isGoodNews(alert.rule));
  const live = alerts.filter((alert) => alert.state !== 'resolved' && alert.inhibitedBy === null).sort(worstFirst);
  const needing = journeysOf(live);
  const held = alerts.filter(({ state, inhibitedBy }) => state !== 'resolved' && inhibitedBy !== null);
  const muted = journeysOf(held.filter(({ inhibitedBy }) => inhibitedBy === byMute));
  const ours = within(facts, journeys, about);
  const told = alerts
    .filter(({ openedAt }) => openedAt >= period.from && openedAt < period.to)
    .flatMap((alert): { rule: string; fate: Fate }[] => {
      const fate = fateOf(alert, { deeds: facts.deeds, calendar: config.calendar, now: period.to });
      return fate === null ? [] : [{ rule: alert.rule, fate }];
    });
  const suggestion = suggest(
    facts.lives.filter((life) => isAboutLife(life, about)),
    config,
  );
  const chosen = { journeys, accounts: facts.accounts, alerts, live, told, moves: ours.moves, metrics: facts.metrics, noisiest: suggestion };
  const won = [...journeys.values()].filter((row) => ended(row, 'won', period));
  const lost = [...journeys.values()].filter((row) => ended(row, 'lost', period));
  return {
    digest: {
      ...period,
      timezone: about.timezone,
      scope: scopeOf(about),
      ...(facts.nothingKnown === true ? { nothingKnown: true } : {}),
      stray: strayIn(about, config),
      open: { journeys: needing.size, alerts: live.length },
      muted: muted.size,
      held: journeysOf(held).difference(muted).difference(needing).size,
      first: firstOf(live, journeys, facts.accounts),
      counts: countsOf(ours, [...journeys.values()], facts, period),
      wonAmounts: sums(won),
      lostAmounts: sums(lost),
      fates: countFates(told.map(({ fate }) => fate)),
      ...(facts.metrics === null
        ? {}
        : {
            friction: frictionOf(
              facts.metrics.mapLabel,
              facts.metrics.stages.map(({ label, now }) => ({ label, ever: true, figures: now })),
            ),
          }),
      ...(suggestion === null ? {} : { noisiest: suggestion }),
      feeds,
    },
    details: detailsOf({ ...chosen, won, lost }, period, config),
  };
}

const journeysOf = (alerts: readonly Alert[]): Set<string> => new Set(alerts.map(({ journeyId }) => journeyId));

const ended = ({ outcome, outcomeAt }: JourneyRow, how: JourneyRow['outcome'], { from, to }: DigestPeriod): boolean =>
  outcome === how && outcomeAt !== null && outcomeAt >= from && outcomeAt < to;

/** What nobody has taken or put off comes before what somebody has; in each the worst comes first. */
function firstOf(live: readonly Alert[], journeys: ReadonlyMap<string, JourneyRow>, accounts: DigestFacts['accounts']): CardLine[] {
  const lines = [...Map.groupBy(live, ({ journeyId }) => journeyId).values()].flatMap(([alert]) => {
    const row = alert === undefined ? undefined : journeys.get(alert.journeyId);
    return alert === undefined || row === undefined ? [] : [alertLine(alert, row, accounts)];
  });
  const isFree = ({ standing }: CardLine): boolean => standing === undefined;
  return [...lines.filter(isFree), ...lines.filter((line) => !isFree(line))].slice(0, firstShown);
}

function sums(rows: readonly JourneyRow[]): Money[] {
  const amounts = rows.map(amountOf).filter((amount) => amount !== null);
  return [...Map.groupBy(amounts, ({ currency }) => currency)]
    .map(([currency, all]) => ({ value: all.reduce((sum, { value }) => sum + value, 0), currency }))
    .sort((a, b) => b.value - a.value);
}
