import { dayMs, type EpochMs, type IsoDay } from '../time.ts';

/** Wall-clock time of one zone. A local instant is what its clocks show, as if that were UTC: milliseconds since 1970-01-01T00:00. */
export type LocalTime = {
  toLocal(at: EpochMs): number;
  /**
   * The first instant at which the zone's clocks show `local` or later. Where they skip it (spring), that is the moment of the change;
   * where they show it twice (autumn), the first of the two. So it never runs backwards as `local` grows.
   */
  fromLocal(local: number): EpochMs;
};

/** Changes of the zone's offset are looked up between these; the offset at either end holds beyond it. */
export const horizon = { from: Date.UTC(1970, 0, 1), to: Date.UTC(2100, 0, 1) } as const;

/** No zone is further from UTC than this. */
const widestOffsetMs = 1.2 * dayMs;

/**
 * Asks Temporal once for every change of the zone's offset; after that it is arithmetic on two arrays, because one `ZonedDateTime` costs
 * microseconds and detectors ask millions of times.
 * @throws RangeError when the zone is unknown.
 */
export function createLocalTime(timezone: string): LocalTime {
  const { from, offset } = offsetsOf(timezone);
  const segmentAt = (at: EpochMs): number => Math.max(0, lastAtOrBefore(from, at));
  return {
    toLocal: (at) => at + (offset[segmentAt(at)] ?? 0),
    fromLocal(local) {
      let segment = segmentAt(local - widestOffsetMs);
      for (; segment < from.length - 1; segment += 1) {
        const at = Math.max(from[segment] ?? 0, local - (offset[segment] ?? 0));
        if (at < (from[segment + 1] ?? 0)) return at;
      }
      return Math.max(from[segment] ?? 0, local - (offset[segment] ?? 0));
    },
  };
}

/** Days since 1970-01-01 of a calendar day; NaN where it is none. */
export const dayNumberOf = (day: IsoDay): number => Date.parse(`${day}T00:00:00Z`) / dayMs;

export const isoDayOf = (dayNumber: number): IsoDay => new Date(dayNumber * dayMs).toISOString().slice(0, 10);

/** Index of the last value that is not greater than `value` in a sorted array; −1 where there is none. */
export function lastAtOrBefore(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function offsetsOf(timezone: string): { from: Float64Array; offset: Float64Array } {
  const from: number[] = [];
  const offset: number[] = [];
  let change: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(horizon.from).toZonedDateTimeISO(timezone);
  while (change !== null && change.epochMilliseconds < horizon.to) {
    from.push(from.length === 0 ? Number.NEGATIVE_INFINITY : change.epochMilliseconds);
    offset.push(change.offsetNanoseconds / 1_000_000);
    change = change.getTimeZoneTransition('next');
  }
  return { from: Float64Array.from(from), offset: Float64Array.from(offset) };
}
