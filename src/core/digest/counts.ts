import { percentile } from '../insight/order-statistics.ts';
import { dayMs, type EpochMs } from '../time.ts';

/**
 * A number of a period, that of the period before it (null: nothing was known then), and the median of the periods of the quarter before it (null: they are
 * too few to speak of what is usual).
 */
export type Count = { now: number; before: number | null; usual: number | null };

export type Window = { from: EpochMs; to: EpochMs };

/** How far back a digest looks. */
export const quarterMs = 13 * 7 * dayMs;
const fewestWindows = 4;

/** The whole periods of a quarter that end where `period` begins, the newest first; only those in which something could be known. */
export function windowsBefore({ from, to }: Window, knownSince: EpochMs): Window[] {
  const length = to - from;
  const windows: Window[] = [];
  for (let end = from; end - length >= Math.max(knownSince, to - quarterMs); end -= length) windows.push({ from: end - length, to: end });
  return windows;
}

/** `of`: the number of one period. */
export function countOver(period: Window, windows: readonly Window[], of: (window: Window) => number): Count {
  const past = windows.map(of);
  const sorted = past.toSorted((a, b) => a - b);
  return { now: of(period), before: past[0] ?? null, usual: sorted.length < fewestWindows ? null : percentile(sorted, 0.5).value };
}

/** How many of these happened in a period. */
export const happenings =
  (times: readonly EpochMs[]) =>
  ({ from, to }: Window): number =>
    times.filter((at) => at >= from && at < to).length;
