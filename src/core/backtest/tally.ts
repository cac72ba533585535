import { detectors } from '../detectors/index.ts';
import { liftOf } from '../insight/lift.ts';
import { percentile } from '../insight/order-statistics.ts';
import { type Figure, fewestForMetrics } from '../insight/stage-metrics.ts';
import { wilson } from '../insight/wilson.ts';
import { dayMs, type EpochMs } from '../time.ts';
import type { Span } from './life.ts';
import type { BacktestReport, RuleWorth, Worth } from './report.ts';
import type { JourneyStory, RaisedAlert } from './story.ts';
import type { Threshold } from './variants.ts';

const weekMs = 7 * dayMs;

/** Adds stories up, one after the other: counts alone are kept, and a number for each journey that was warned of and lost. */
export type Tally = {
  add(story: JourneyStory): void;
  report(facts: Pick<BacktestReport, 'knownFrom' | 'signals' | 'erased' | 'limitsLearned'>): BacktestReport;
};

type Counts = { alerts: number; journeys: number; ended: number; lost: number; leads: number[] };
type RuleCounts = Counts & { heldBack: number; baseEnded: number; baseLost: number; variants: Counts[] };

export function createTally(thresholds: readonly Threshold[], { from, to }: Span): Tally {
  const weeks = Math.max((to - from) / weekMs, Number.EPSILON);
  /** Of each variant in a story: whose it is, and which one of these. */
  const slots = thresholds.flatMap(({ rule, variants }) => variants.map((_, place) => ({ rule, place })));
  const rules = new Map<string, RuleCounts>();
  const channels = new Map<string | null, number>();
  const byWeek = Array.from({ length: Math.max(1, Math.ceil(weeks)) }, (_, week) => ({
    from: from + week * weekMs,
    alerts: {} as Record<string, number>,
  }));
  const journeys = { replayed: 0, inPeriod: 0, ended: 0, won: 0, lost: 0 };

  return {
    add(story) {
      journeys.replayed += 1;
      if (story.rules.size === 0) return;
      const end = endOf(story);
      journeys.inPeriod += 1;
      if (end !== null) journeys.ended += 1;
      if (end !== null) journeys[end.lost ? 'lost' : 'won'] += 1;
      for (const rule of story.rules) {
        const counts = countsOf(rule);
        counts.heldBack += story.heldBack.get(rule) ?? 0;
        if (end === null) continue;
        counts.baseEnded += 1;
        if (end.lost) counts.baseLost += 1;
      }
      for (const [rule, alerts] of Map.groupBy(story.alerts.filter(stands), (alert) => alert.rule)) {
        const fresh = alerts.filter(({ at }) => at >= from);
        count(countsOf(rule), fresh.length, Math.min(...alerts.map(({ at }) => at)), end);
        for (const alert of fresh) note(alert);
      }
      for (const [index, { alerts, firstAt }] of story.variants.entries()) {
        const slot = slots[index];
        if (slot === undefined || firstAt === null) continue;
        const counts = countsOf(slot.rule).variants[slot.place];
        if (counts !== undefined) count(counts, alerts, firstAt, end);
      }
    },
    report: (facts) => ({
      format: 1,
      period: { from, to, weeks },
      ...facts,
      journeys,
      base: rate(journeys.lost, journeys.ended),
      rules: detectors.flatMap(({ name, title, ...detector }) => {
        const counts = rules.get(name);
        return counts === undefined ? [] : [{ rule: name, title, goodNews: detector.goodNews === true, ...worthOfRule(name, counts) }];
      }),
      channels: [...channels]
        .map(([channel, alerts]) => ({ channel, alerts, perWeek: alerts / weeks }))
        .sort((a, b) => b.alerts - a.alerts || ((a.channel ?? '') < (b.channel ?? '') ? -1 : 1)),
      weeks: byWeek,
    }),
  };

  function stands({ at, endedAt }: RaisedAlert): boolean {
    return at < to && (endedAt === null || endedAt > from);
  }

  function note({ rule, at, channels: places }: RaisedAlert): void {
    for (const channel of places.length === 0 ? [null] : places) channels.set(channel, (channels.get(channel) ?? 0) + 1);
    const week = byWeek[Math.floor((at - from) / weekMs)];
    if (week !== undefined) week.alerts[rule] = (week.alerts[rule] ?? 0) + 1;
  }

  function countsOf(rule: string): RuleCounts {
    const known = rules.get(rule);
    if (known !== undefined) return known;
    const others = thresholds.find((threshold) => threshold.rule === rule)?.variants ?? [];
    const counts = { ...none(), heldBack: 0, baseEnded: 0, baseLost: 0, variants: others.map(none) };
    rules.set(rule, counts);
    return counts;
  }

  function worthOfRule(rule: string, counts: RuleCounts): Omit<RuleWorth, 'rule' | 'title' | 'goodNews'> {
    const { baseEnded, baseLost, heldBack } = counts;
    const threshold = thresholds.find((candidate) => candidate.rule === rule);
    return {
      ...worthOf(counts, counts),
      heldBack,
      base: { ended: baseEnded, lost: baseLost, rate: rate(baseLost, baseEnded) },
      numbers: threshold?.numbers ?? null,
      variants: (threshold?.variants ?? []).map(({ factor, numbers }, index) => ({
        factor,
        numbers,
        ...worthOf(counts.variants[index] ?? none(), counts),
      })),
    };
  }

  function worthOf({ alerts, journeys: alerted, ended, lost, leads }: Counts, { baseEnded, baseLost }: RuleCounts): Worth {
    const isEnough = ended >= fewestForMetrics && baseLost >= fewestForMetrics;
    return {
      alerts,
      perWeek: alerts / weeks,
      journeys: alerted,
      ended,
      lost,
      precision: rate(lost, ended),
      recall: rate(lost, baseLost),
      lift: isEnough
        ? { kind: 'known', ...liftOf({ hits: lost, marked: ended, happened: baseLost, all: baseEnded }) }
        : few(Math.min(ended, baseLost)),
      leadDays:
        leads.length < fewestForMetrics
          ? few(leads.length)
          : {
              kind: 'known',
              ...percentile(
                leads.toSorted((a, b) => a - b),
                0.5,
              ),
            },
    };
  }
}

function count(counts: Counts, alerts: number, firstAt: EpochMs, end: End | null): void {
  counts.alerts += alerts;
  counts.journeys += 1;
  if (end === null) return;
  counts.ended += 1;
  if (!end.lost) return;
  counts.lost += 1;
  counts.leads.push((end.at - firstAt) / dayMs);
}

type End = { at: EpochMs; lost: boolean };

const endOf = ({ outcome }: JourneyStory): End | null =>
  outcome?.state === 'won' || outcome?.state === 'lost' ? { at: outcome.at, lost: outcome.state === 'lost' } : null;

const none = (): Counts => ({ alerts: 0, journeys: 0, ended: 0, lost: 0, leads: [] });

const few = (n: number) => ({ kind: 'few' as const, n, needed: fewestForMetrics });

const rate = (part: number, n: number): Figure<ReturnType<typeof wilson>> => (n < fewestForMetrics ? few(n) : { kind: 'known', ...wilson(part, n) });
