import { counted } from '../counted.ts';
import { rememberedOf } from '../journey/happening.ts';
import type { Journey } from '../journey/journey.ts';
import type { HealthDefinition, HealthMetric } from '../journey/journey-map.ts';
import type { Touchpoint } from '../journey/record.ts';
import { dayMs, type EpochMs } from '../time.ts';

/** One input of an account's health at one time. `score`: 0 to 100. `usual`: what it was compared with, of the account's own; null: with fixed values. */
export type HealthInput = { key: string; label: string; weight: number; value: number; score: number; usual: number | null; at: EpochMs };
/** `why` in words, for the middle of a sentence. */
export type MissingInput = { label: string; weight: number; why: string };
export type HealthInputs = { known: HealthInput[]; missing: MissingInput[] };

/** A median of fewer is chance. */
export const fewestForUsual = 3;
/** The score from which on a value is one of the ups and downs. */
const ordinary = 50;
const committeeKey = 'committee';

/**
 * All that health is made of, to be asked for any time. It follows from what was measured and heard until then alone, so that the past looks the same
 * whenever it is looked at.
 */
export function createHealthInputs(journey: Journey, definition: HealthDefinition): (at: EpochMs) => HealthInputs {
  const series = definition.metrics.map((metric) => ({ metric, scored: scored(journey, metric) }));
  const { committee, freshDays } = definition;
  // Of a journey's records some may remember more than others: what the answer rests on must not depend on which.
  const heard = committee === null ? [] : rememberedOf(journey.touchpoints);
  return (at) => {
    const inputs: HealthInputs = { known: [], missing: [] };
    for (const { metric, scored } of series) {
      const { label, weight } = metric;
      const last = lastUntil(scored, at);
      if (last === null) inputs.missing.push({ label, weight, why: 'never measured' });
      else if (last.at < at - freshDays * dayMs) inputs.missing.push({ label, weight, why: `not measured for ${counted(freshDays, 'day')}` });
      else if (last.score === null) inputs.missing.push({ label, weight, why: `too few values to know what is usual` });
      else inputs.known.push({ key: metric.metric, label, weight, value: last.value, score: last.score, usual: last.usual, at: last.at });
    }
    if (committee !== null) {
      const { weight, people, withinDays } = committee;
      const label = 'people heard from';
      const from = at - withinDays * dayMs;
      const active = activePeople(heard, from, at, people);
      if (active === null) inputs.missing.push({ label, weight, why: `not known for ${counted(withinDays, 'day')} yet` });
      else inputs.known.push({ key: committeeKey, label, weight, value: active, score: clamp((active / people) * 100), usual: null, at });
    }
    return inputs;
  };
}

type Scored = { at: EpochMs; value: number; score: number | null; usual: number | null };

/** Worked out once for what was measured: most signals bring nothing new of it. */
const kept = new WeakMap<Journey['metrics'], Map<HealthMetric, Scored[]>>();

function scored({ metrics }: Journey, metric: HealthMetric): Scored[] {
  if (!Object.hasOwn(metrics, metric.metric)) return [];
  const known = kept.get(metrics) ?? new Map<HealthMetric, Scored[]>();
  kept.set(metrics, known);
  const scores = known.get(metric) ?? scoresOf(metrics, metric);
  known.set(metric, scores);
  return scores;
}

/**
 * Oldest first, each against fixed values or against the median of those before it. What is far from usual does not become usual, however long it lasts: not
 * until what was before it is no longer remembered.
 */
function scoresOf(metrics: Journey['metrics'], { metric, scale, less }: HealthMetric): Scored[] {
  const measured = metrics[metric] ?? [];
  const before: number[] = [];
  return measured.toReversed().map(({ at, value }) => {
    if (scale !== null) return { at, value, usual: null, score: clamp(((value - scale.bad) / (scale.good - scale.bad)) * 100) };
    const usual = before.length < fewestForUsual ? null : median(before);
    const score = usual === null ? null : less ? scoreOfLess(value, usual) : scoreOfMore(value, usual);
    if (score === null || score >= ordinary) insert(before, value);
    return { at, value, usual, score };
  });
}

/** As much as usual, or more, is 100; half of it is 0. */
const scoreOfMore = (value: number, usual: number): number => (value >= usual ? 100 : usual <= 0 ? 0 : clamp((value / usual - 0.5) * 200));

/** As much as usual, or less, is 100; double of it, and one more where none is usual, is 0. */
const scoreOfLess = (value: number, usual: number): number => (value <= usual ? 100 : clamp((1 - (value - usual) / Math.max(usual, 1)) * 100));

const clamp = (score: number): number => Math.min(100, Math.max(0, score));

function lastUntil(scores: readonly Scored[], at: EpochMs): Scored | null {
  let [low, high] = [0, scores.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((scores[middle]?.at ?? at) <= at) low = middle + 1;
    else high = middle;
  }
  return scores[low - 1] ?? null;
}

/**
 * How many people the account's own touchpoints heard from; null while these do not reach back as far (it is new, or older ones are forgotten), unless
 * they show that it were `enough`. (Of its deals only the last one is remembered.)
 */
function activePeople(touchpoints: readonly Touchpoint[], from: EpochMs, until: EpochMs, enough: number): number | null {
  const oldest = touchpoints.at(-1);
  const isShort = oldest === undefined || oldest.at > from;
  const active = new Set<string>();
  // Newest first.
  for (const { direction, personId, at } of touchpoints) {
    if (at <= from) break;
    if (direction === 'inbound' && personId !== null && at <= until) active.add(personId);
  }
  return isShort && active.size < enough ? null : active.size;
}

/** Of a list in order that is not empty. */
export function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? 0;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + upper) / 2 : upper;
}

/** Into its place in a list in order. */
export function insert(sorted: number[], value: number): void {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? value) <= value) low = middle + 1;
    else high = middle;
  }
  sorted.splice(low, 0, value);
}
