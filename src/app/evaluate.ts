import { decide } from '../core/alerts/decide.ts';
import { rowOf, sameRow } from '../core/alerts/journey-facts.ts';
import { type Fate, retire } from '../core/alerts/retire.ts';
import type { Change } from '../core/change.ts';
import { feedIsStale } from '../core/detectors/stale-feed.ts';
import type { Journey } from '../core/journey/journey.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { type EpochMs, earliest } from '../core/time.ts';
import { withAlertsElsewhere } from './alerts-elsewhere.ts';
import { longestSettleMs } from './late.ts';
import type { Feed, Neighbourhood, Store } from './ports.ts';
import { unknownInJourney } from './unknown-values.ts';

/** What an evaluation needs beside the journeys: the world as it is now. */
export type Setting = { config: JourneyConfig; feeds: Feed[]; now: EpochMs; newId(): string };

/** Decides about one journey of a neighbourhood. `history`: what is found was found in old signals. */
export function evaluateJourney(journey: Journey, around: Neighbourhood, history: boolean, { config, feeds, now, newId }: Setting): Change[] {
  const row = around.journeys.get(journey.id) ?? null;
  const feed = feeds.find(({ source }) => source === journey.source);
  const changes = decide({
    journey: withAlertsElsewhere(journey, around),
    row,
    alerts: around.alerts.get(journey.id) ?? [],
    cards: around.cards.get(journey.id) ?? [],
    mute: (journey.account === null ? undefined : around.mutes.get(journey.account.id)) ?? null,
    feedStale: feed !== undefined && feedIsStale(feed, config.feed, config.calendar, now),
    history,
    config,
    now,
    newId,
  });
  return [...changes, ...unknownInJourney(journey, row, now)];
}

/** Puts an evaluation off until history has come in: notes since when, and when to look again. */
export function putOff(journey: Journey, around: Neighbourhood, quietAt: EpochMs, now: EpochMs): Change[] {
  const row = around.journeys.get(journey.id) ?? null;
  const settlingSince = row?.settlingSince ?? now;
  // However much more comes in for it, and whatever it was due for before.
  const until = Math.min(quietAt, settlingSince + longestSettleMs);
  const recheckAt = earliest(until, row?.settlingSince === null ? row.recheckAt : null);
  const next = { ...rowOf(journey, row, recheckAt, now), settlingSince, evaluatedAt: row?.evaluatedAt ?? null };
  // An evaluation that is under way has not read what comes in now: it must not end the waiting.
  const mayBeEvaluated = row?.recheckAt != null && row.recheckAt <= now;
  return row !== null && sameRow(row, next) && !mayBeEvaluated ? [] : [{ kind: 'journey.put', row: next }, ...unknownInJourney(journey, row, now)];
}

/** Ends a stored journey that can no longer be assembled. */
export async function retireJourney(id: string, fate: Fate, store: Pick<Store, 'journeyState'>, { now, newId }: Setting): Promise<Change[]> {
  const { row, alerts, cards } = await store.journeyState(id);
  return row === null ? [] : retire({ row, alerts, cards, fate, now, newId });
}
