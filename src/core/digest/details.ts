import type { Alert } from '../alerts/alert.ts';
import { alertLine, amountOf } from '../alerts/alert-line.ts';
import { titleOf } from '../detectors/index.ts';
import { missingRole } from '../detectors/missing-role.ts';
import type { JourneyConfig } from '../journey/journey-map.ts';
import type { JourneyRow } from '../journey/journey-row.ts';
import type { StageMove } from '../journey/stage-moves.ts';
import type { Suggestion } from '../suggestion.ts';
import type { MetricsSummary } from '../summary.ts';
import { wasAnsweredLate, wasSaid } from './alert-span.ts';
import type { Window } from './counts.ts';
import { type Closed, type DigestDetail, type LateAnswer, listed, type Move } from './digest-detail.ts';
import { type Fate, fatesByRule } from './fates.ts';
import { silentRules } from './silent-rules.ts';

/** What a digest is about, chosen from the facts. */
type Chosen = {
  journeys: ReadonlyMap<string, JourneyRow>;
  accounts: ReadonlyMap<string, string>;
  alerts: readonly Alert[];
  /** Open and not held back, the worst first. */
  live: readonly Alert[];
  told: readonly { rule: string; fate: Fate }[];
  moves: readonly StageMove[];
  won: readonly JourneyRow[];
  lost: readonly JourneyRow[];
  metrics: MetricsSummary | null;
  noisiest: Suggestion | null;
};

const rulesShown = 8;
const worstShown = 3;

/** The replies in a digest's thread: those that have something to say. */
export function detailsOf(chosen: Chosen, { from, to }: Window, config: JourneyConfig): DigestDetail[] {
  const { live, told, won, lost, metrics, noisiest } = chosen;
  const moved = movesOf(chosen, { from, to }, config);
  const linesOf = (alerts: readonly Alert[]) => listed(largestFirst(alerts, chosen).flatMap((alert) => lineOf(alert, chosen)));
  const missing = linesOf(live.filter(({ rule }) => rule === missingRole.name));
  const quiet = linesOf(live.filter(({ rule }) => silentRules.has(rule)));
  const late = listed(lateAnswers(chosen, { from, to }));
  const rules = attentionOf(live, chosen);
  const details: (DigestDetail | false)[] = [
    moved.length + won.length + lost.length > 0 && {
      kind: 'moves',
      moved: listed(moved),
      won: listed(won.map(closed)),
      lost: listed(lost.map(closed)),
    },
    rules.length > 0 && { kind: 'attention', rules: rules.slice(0, rulesShown), more: Math.max(0, rules.length - rulesShown) },
    missing.total + quiet.total + late.total > 0 && { kind: 'people', missing, silent: quiet, late },
    (told.length > 0 || noisiest !== null) && { kind: 'alerts', rules: fatesByRule(told), ...(noisiest === null ? {} : { noisiest }) },
    metrics !== null && { kind: 'metrics', metrics },
  ];
  return details.filter((detail) => detail !== false);
}

function movesOf({ journeys, moves }: Chosen, { from, to }: Window, config: JourneyConfig): Move[] {
  return moves.flatMap((move) => {
    const row = journeys.get(move.journeyId);
    if (row === undefined || move.at < from || move.at >= to) return [];
    const labelOf = (stage: string): string =>
      config.maps.find(({ key }) => key === row.mapKey)?.stages.find(({ key }) => key === stage)?.label ?? stage;
    return [{ journeyId: row.id, name: row.name, url: row.url, from: labelOf(move.from), to: labelOf(move.to), at: move.at }];
  });
}

const closed = (row: JourneyRow): Closed => ({ journeyId: row.id, name: row.name, url: row.url, amount: amountOf(row) });

function attentionOf(live: readonly Alert[], chosen: Chosen): Extract<DigestDetail, { kind: 'attention' }>['rules'] {
  return [...Map.groupBy(live, ({ rule }) => rule)]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([rule, alerts]) => ({
      rule,
      title: titleOf(rule),
      count: alerts.length,
      worst: largestFirst(alerts, chosen)
        .slice(0, worstShown)
        .flatMap((alert) => lineOf(alert, chosen)),
    }));
}

function lateAnswers(chosen: Chosen, { from, to }: Window): LateAnswer[] {
  return chosen.alerts.flatMap((alert) => {
    const { resolution, finding } = alert;
    if (resolution === null || resolution.at < from || resolution.at >= to || !wasAnsweredLate(alert) || !wasSaid(alert)) return [];
    return lineOf(alert, chosen).map((line) => ({ ...line, dueAt: finding.dueAt, answeredAt: resolution.at }));
  });
}

/** Amounts of different currencies cannot be compared; of the order of a list nothing hangs. */
const largestFirst = (alerts: readonly Alert[], { journeys }: Chosen): Alert[] =>
  alerts.toSorted((a, b) => (journeys.get(b.journeyId)?.amount ?? 0) - (journeys.get(a.journeyId)?.amount ?? 0));

function lineOf(alert: Alert, { journeys, accounts }: Chosen) {
  const row = journeys.get(alert.journeyId);
  return row === undefined ? [] : [alertLine(alert, row, accounts)];
}
