import type { Journey } from '../journey/journey.ts';
import type { HealthDefinition } from '../journey/journey-map.ts';
import { dayMs, type EpochMs } from '../time.ts';
import { createHealthInputs, fewestForUsual, type HealthInput, type HealthInputs, insert, type MissingInput, median } from './health-inputs.ts';

/**
 * An account's health. `index`: the weighted mean of what is known, 0 to 100; null where too little is. What is missing counts for nothing, neither good
 * nor bad. `usual`: the same inputs as they mostly were before, each by the median of its own past; null where that is too short.
 */
export type Health = { index: number | null; usual: number | null; known: HealthInput[]; missing: MissingInput[]; enough: number };

/** The health at `at`, against what was usual until `baselineDays` before. */
export function healthOf(journey: Journey, definition: HealthDefinition, at: EpochMs, baselineDays = 0): Health {
  const inputsAt = createHealthInputs(journey, definition);
  const now = inputsAt(at);
  const before = instantsOf(journey, definition, at - baselineDays * dayMs)
    .filter((instant) => instant < at)
    .map((instant) => inputsAt(instant));
  return { ...indexOf(now, definition), usual: usualOf(now, usualScores(before), definition)?.usual ?? null, enough: definition.enough };
}

/** The index as it was with each measurement: that of the last one until `at`, null where there is none or too little was known. */
export function createHealthIndex(journey: Journey, definition: HealthDefinition): { instants: EpochMs[]; at(at: EpochMs): number | null } {
  const inputsAt = createHealthInputs(journey, definition);
  const instants = instantsOf(journey, definition, Number.POSITIVE_INFINITY);
  return {
    instants,
    at(at) {
      const last = instants.findLast((instant) => instant <= at);
      return last === undefined ? null : indexOf(inputsAt(last), definition).index;
    },
  };
}

/** What pulls health down: inputs under 100, those that cost most first. */
export const pullingDown = ({ known }: Pick<Health, 'known'>): HealthInput[] =>
  known.filter(({ score }) => score < 100).sort((a, b) => (100 - b.score) * b.weight - (100 - a.score) * a.weight || (a.key < b.key ? -1 : 1));

/** `usage 40 (usually 120)` */
export const inputInWords = ({ label, value, usual }: HealthInput): string =>
  `${label} ${inDigits(value)}${usual === null ? '' : ` (usually ${inDigits(usual)})`}`;

/** `at`: since when it is low. `index` and `usual` are of the same inputs, as they were then. */
export type Fall = { at: EpochMs; index: number; usual: number; inputs: HealthInput[] };

/** `points`: how far the index must be under what was usual before the last `windowDays`; it is over when it is back within `recovered` of that. */
export type FallLimits = { points: number; windowDays: number; recovered: number };

/** Where health stands at `now`: fallen and since when, or not; `unknown`: it was never known well enough. `nextAt`: the next measurement after `now`. */
export type HealthState = { fall: Fall | null; unknown: boolean; nextAt: EpochMs | null };

/**
 * Goes through the account's own past, measurement by measurement. What was usual is kept while health is low, so that nobody gets used to it. Only
 * measurements change the answer, never time alone, and an input is only compared with itself: one that is missing makes nothing fall.
 */
export function healthState(
  journey: Journey,
  definition: HealthDefinition,
  { points, windowDays, recovered }: FallLimits,
  now: EpochMs,
): HealthState {
  const inputsAt = createHealthInputs(journey, definition);
  const all = instantsOf(journey, definition, Number.POSITIVE_INFINITY);
  const instants = all.filter((at) => at <= now).slice(-pointsRead);
  const usual = new Map<string, number[]>();
  const waiting: { at: EpochMs; inputs: HealthInputs }[] = [];
  let fall: Fall | null = null;
  let unknown = true;
  for (const at of instants) {
    const inputs = inputsAt(at);
    while (fall === null && waiting[0] !== undefined && waiting[0].at <= at - windowDays * dayMs) remember(usual, waiting.shift()?.inputs);
    const compared = usualOf(inputs, usual, definition);
    if (compared === null) {
      if (fall === null) waiting.push({ at, inputs });
      continue;
    }
    unknown = false;
    if (fall === null) {
      if (compared.index <= compared.usual - points) fall = { at, ...compared };
      else waiting.push({ at, inputs });
    } else if (compared.index > compared.usual - recovered) {
      fall = null;
      waiting.push({ at, inputs });
    }
  }
  return { fall, unknown, nextAt: all.find((at) => at > now) ?? null };
}

/** Of several metrics that are measured every day at times of their own, all that is remembered of half a year and more. */
const pointsRead = 400;

/** When anything that health is made of was measured, oldest first, until `until`. */
function instantsOf({ metrics }: Journey, definition: HealthDefinition, until: EpochMs): EpochMs[] {
  const instants = new Set<EpochMs>();
  for (const { metric } of definition.metrics) {
    for (const { at } of Object.hasOwn(metrics, metric) ? (metrics[metric] ?? []) : []) if (at <= until) instants.add(at);
  }
  return [...instants].sort((a, b) => a - b);
}

function indexOf({ known, missing }: HealthInputs, { enough }: HealthDefinition): Pick<Health, 'index' | 'known' | 'missing'> {
  return { index: isEnough(known, weightOf(known) + weightOf(missing), enough) ? meanOf(known) : null, known, missing };
}

/** The inputs of which a past is known, as they are and as they usually were. Null where they are too little of all. */
function usualOf({ known, missing }: HealthInputs, usual: Map<string, number[]>, { enough }: HealthDefinition): Omit<Fall, 'at'> | null {
  const inputs = known.filter(({ key }) => (usual.get(key)?.length ?? 0) >= fewestForUsual);
  if (!isEnough(inputs, weightOf(known) + weightOf(missing), enough)) return null;
  const before = inputs.map((input) => ({ ...input, score: median(usual.get(input.key) ?? []) }));
  return { index: meanOf(inputs), usual: meanOf(before), inputs };
}

function usualScores(past: readonly HealthInputs[]): Map<string, number[]> {
  const usual = new Map<string, number[]>();
  for (const inputs of past) remember(usual, inputs);
  return usual;
}

function remember(usual: Map<string, number[]>, inputs: HealthInputs | undefined): void {
  for (const { key, score } of inputs?.known ?? []) {
    const scores = usual.get(key) ?? [];
    usual.set(key, scores);
    insert(scores, score);
  }
}

const weightOf = (inputs: readonly { weight: number }[]): number => inputs.reduce((sum, { weight }) => sum + weight, 0);

const isEnough = (inputs: readonly HealthInput[], all: number, enough: number): boolean => inputs.length > 0 && weightOf(inputs) >= enough * all;

const meanOf = (inputs: readonly HealthInput[]): number =>
  Math.round(inputs.reduce((sum, { score, weight }) => sum + score * weight, 0) / weightOf(inputs));

const inDigits = (value: number): string => String(Math.round(value * 100) / 100);
