import type { Alert } from '../core/alerts/alert.ts';
import type { AuditEntry } from '../core/alerts/audit.ts';
import { type AlertSpan, spanOf } from '../core/digest/alert-span.ts';
import { quarterMs } from '../core/digest/counts.ts';
import type { DigestFacts, DigestPeriod } from '../core/digest/digest.ts';
import type { JourneyConfig, RouteMatch } from '../core/journey/journey-map.ts';
import type { AlertLives } from './alert-lives.ts';
import type { Store } from './ports.ts';
import { createStageMoves } from './stage-moves.ts';
import type { Answers } from './use-cases.ts';

type DigestFactsDependencies = {
  store: Pick<Store, 'digestJourneys' | 'alertsOfPeriod' | 'alertsOpened' | 'loadNeighbourhood' | 'accountNames' | 'knowsJourneys'>;
  alertLives: AlertLives;
  metrics: Answers['metrics'];
  config(): JourneyConfig;
  breathe(): Promise<void>;
};

/** About three milliseconds' work. */
const alertsAtOnce = 100;

/** All that a digest sums up, gathered in slices: alerts of a quarter are many, and only those of the period are kept whole. */
export function createDigestFacts({ store, alertLives, metrics, config, breathe }: DigestFactsDependencies) {
  const stageMoves = createStageMoves({ store, config, breathe });

  return async (period: DigestPeriod, match: RouteMatch): Promise<DigestFacts> => {
    const quarter = { from: Math.min(period.from, period.to - quarterMs), to: period.to };
    const journeys = await store.digestJourneys(quarter.from, quarter.to);
    const { alerts, spans } = await alertsOf(period, quarter);
    return {
      journeys,
      accounts: await accountsOf(journeys, alerts),
      alerts,
      spans,
      moves: (await stageMoves(journeys, quarter.from)).filter(({ at }) => at < quarter.to),
      deeds: await deedsOn(period),
      lives: await alertLives(),
      metrics: await metricsFor(match),
      ...(journeys.length > 0 || (await store.knowsJourneys()) ? {} : { nothingKnown: true }),
    };
  };

  async function alertsOf({ from, to }: DigestPeriod, quarter: DigestPeriod): Promise<{ alerts: Alert[]; spans: AlertSpan[] }> {
    const alerts: Alert[] = [];
    const spans: AlertSpan[] = [];
    const during = (at: number | undefined): boolean => at !== undefined && at >= from && at < to;
    for (let after: string | null = null; ; await breathe()) {
      const slice: Alert[] = await store.alertsOfPeriod(quarter, after, alertsAtOnce);
      alerts.push(...slice.filter(({ state, openedAt, resolution }) => state !== 'resolved' || during(openedAt) || during(resolution?.at)));
      spans.push(...slice.map(spanOf).filter((span) => span !== null));
      if (slice.length < alertsAtOnce) return { alerts, spans };
      after = slice.at(-1)?.id ?? null;
    }
  }

  async function accountsOf(journeys: DigestFacts['journeys'], alerts: readonly Alert[]): Promise<Map<string, string>> {
    const spokenOf = new Set(alerts.map(({ journeyId }) => journeyId));
    return store.accountNames(journeys.flatMap(({ id, accountId }) => (spokenOf.has(id) ? (accountId ?? []) : [])));
  }

  async function deedsOn(period: DigestPeriod): Promise<AuditEntry[]> {
    const found: AuditEntry[] = [];
    for (let after: string | null = null; ; await breathe()) {
      const { alerts, deeds } = await store.alertsOpened(period, after, alertsAtOnce);
      found.push(...deeds);
      if (alerts.length < alertsAtOnce) return found;
      after = alerts.at(-1)?.id ?? null;
    }
  }

  /** Of the map that a digest is about, else of the first one; figures by stage know segments, and nothing else that a digest may be about. */
  async function metricsFor({ map, segment }: RouteMatch): Promise<DigestFacts['metrics']> {
    const wanted = config().maps.find(({ key }) => map?.includes(key) ?? true);
    if (wanted === undefined) return null;
    const [only, ...others] = segment ?? [];
    const answer = await metrics(`map:${wanted.key}${only !== undefined && others.length === 0 ? ` segment:${only}` : ''}`);
    return answer.ok ? answer.metrics : null;
  }
}
