import { rowOf } from '../../core/alerts/journey-facts.ts';
import type { Era } from '../../core/backtest/eras.ts';
import { createLife, type Life, type Span } from '../../core/backtest/life.ts';
import type { JourneyStory } from '../../core/backtest/story.ts';
import type { Variant } from '../../core/backtest/variants.ts';
import { currentVisit, type Journey } from '../../core/journey/journey.ts';
import type { JourneyConfig } from '../../core/journey/journey-map.ts';
import type { JourneyRow } from '../../core/journey/journey-row.ts';
import { type EpochMs, earliest } from '../../core/time.ts';
import { emptyNeighbourhood } from '../empty-neighbourhood.ts';
import { isLate, longestSettleMs } from '../late.ts';
import type { KeptSignal } from '../ports.ts';
import { createWorkingSet } from '../working-set.ts';
import type { TimeOfKnowing } from './time-of-knowing.ts';

export type ReplayOptions = {
  config: JourneyConfig;
  eras: readonly Era[];
  variants: readonly Variant[];
  span: Span;
  knownAt: TimeOfKnowing;
  /** What comes late is put off until it has settled, as the bot does it. Where signals count from when they happened, nothing is late. */
  settles: boolean;
};

/** About as many milliseconds' work where an account has one deal. */
const instantsAtOnce = 50;

type Settling = { since: EpochMs; until: EpochMs };

/**
 * Lets the journeys of one group of records live through their past once more: signals in the order in which they became known, and a clock that goes
 * from one `recheckAt` to the next. Records begin empty, so that at no moment more is known than was. What is known after the period says how they ended.
 * Yields now and then, so that others have their turn: an account can have thousands of deals.
 */
export function* replayGroup(
  kept: readonly KeptSignal[],
  { config, eras, variants, span, knownAt, settles }: ReplayOptions,
): Generator<undefined, JourneyStory[]> {
  const signals = kept.map((each) => ({ ...each, at: knownAt(each) })).sort((a, b) => a.at - b.at || a.sequence - b.sequence);
  const lives = new Map<string, Life>();
  const settling = new Map<string, Settling>();
  /** For the working set: which journeys there were before. */
  const rows = new Map<string, JourneyRow>();
  let now = signals[0]?.at ?? span.to;
  const working = createWorkingSet({ ...emptyNeighbourhood(), journeys: rows }, () => now);
  let era = Math.max(
    0,
    eras.findLastIndex(({ from }) => from <= now),
  );
  let next = 0;

  for (let instants = 1; ; instants += 1) {
    if (instants % instantsAtOnce === 0) yield;
    const at = nextInstant();
    if (at === null || at >= span.to) break;
    now = at;
    const touched = applyUntil(now);
    const changed = newEra();
    for (const [id, { late }] of touched) if (late) putOff(id);
    for (const [id, life] of lives) {
      const wait = settling.get(id);
      if (wait !== undefined) {
        if (wait.until > now) continue;
        settling.delete(id);
        look(life, id);
      } else if (touched.has(id) || changed(life)) look(life, id, touched.get(id)?.journey);
      else if ((life.recheckAt() ?? Number.POSITIVE_INFINITY) <= now) life.due(fresh(life, id), configNow(), now);
    }
  }
  const last = signals.at(-1)?.at ?? now;
  if (next < signals.length) {
    now = last;
    applyUntil(last, false);
  }
  return [...lives].map(([id, life]) => life.story(working.journey(id, config)?.outcome ?? null));

  function configNow(): JourneyConfig {
    return eras[era]?.config ?? config;
  }

  function nextInstant(): EpochMs | null {
    let soonest = earliest(signals[next]?.at ?? null, lives.size === 0 ? null : (eras[era + 1]?.from ?? null));
    for (const [id, life] of lives) soonest = earliest(soonest, settling.get(id)?.until ?? life.recheckAt());
    return soonest;
  }

  /** Which journeys it touches, as they are then, and whether something late did. */
  function applyUntil(instant: EpochMs, follow = true): Map<string, { journey: Journey; late: boolean }> {
    const touched = new Map<string, { journey: Journey; late: boolean }>();
    const before = next;
    for (let each = signals[next]; each !== undefined && each.at <= instant; each = signals[next]) {
      working.apply(each.signal, settles && isLate(each.signal, each.receivedAt));
      next += 1;
    }
    if (next === before || !follow) return touched;
    const { journeys, gone } = working.touched(config);
    working.forgetTouched();
    for (const { journey, late } of journeys) {
      if (!lives.has(journey.id)) lives.set(journey.id, createLife(journey, variants, span));
      rows.set(journey.id, rowOf(journey, null, null, now));
      touched.set(journey.id, { journey, late });
    }
    for (const id of gone) lives.get(id)?.gone(now);
    return touched;
  }

  function newEra(): (life: Life) => boolean {
    const before = era;
    while ((eras[era + 1]?.from ?? Number.POSITIVE_INFINITY) <= now) era += 1;
    const limits = eras.slice(before + 1, era + 1).flatMap(({ changed }) => changed);
    return ({ journey }) =>
      limits.some(({ mapKey, stage, holdsFor }) => mapKey === journey.mapKey && stage === currentVisit(journey)?.stage && holdsFor(journey.segments));
  }

  function putOff(id: string): void {
    const since = settling.get(id)?.since ?? now;
    settling.set(id, { since, until: Math.min(config.calendar.add(now, config.alerts.settle), since + longestSettleMs) });
  }

  function look(life: Life, id: string, known?: Journey): void {
    const journey = known ?? working.journey(id, config);
    if (journey !== null) life.look(aware(journey), configNow(), now);
  }

  /** Time alone moves only journeys of accounts. */
  function fresh({ journey }: Life, id: string) {
    return journey.kind === 'deal' ? journey : aware(working.journey(id, config) ?? journey);
  }

  /** The same as `withAlertsElsewhere`, of alerts that were never kept. */
  function aware(journey: Journey): Journey {
    const { kind, account } = journey;
    if (kind === 'deal' || account === null) return journey;
    let open = 0;
    for (const [id, life] of lives) if (id !== journey.id && life.journey.account?.id === account.id) open += life.warnings();
    return open === 0 ? journey : { ...journey, alertsElsewhere: open };
  }
}
