import { dayMs, type EpochMs, hourMs, type IsoDay, minuteMs } from '../time.ts';
import { dayNumberOf, horizon, isoDayOf, type LocalTime } from './local-time.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** What makes a calendar. `open` and `close` are local wall-clock times, `09:00` and `18:00`; `24:00` is the end of the day. */
export type WorkingTime = {
  workdays: readonly Weekday[];
  hours: { open: string; close: string };
  /** Name by day. */
  holidays: ReadonlyMap<IsoDay, string>;
};

/** Every working day within the horizon, in order, as sorted arrays that a binary search can read. */
export type Openings = {
  open: Float64Array;
  close: Float64Array;
  /** Working milliseconds before each opening; one more entry at the end holds the sum of all. */
  before: Float64Array;
  /** Working days on which the clocks change while we are open, by index. */
  changes: ReadonlyMap<number, ClockChange>;
};

/** `at` and `skipped` in ms after the opening: at `at` the clocks jump ahead by `skipped`, or back where it is negative. */
type ClockChange = { at: number; skipped: number };

export function compileOpenings(zone: LocalTime, hours: WorkingTime['hours'], isWorkday: (dayNumber: number) => boolean): Openings {
  const openMs = msOfDay(hours.open);
  const closeMs = msOfDay(hours.close);
  const open: number[] = [];
  const close: number[] = [];
  const before: number[] = [0];
  const changes = new Map<number, ClockChange>();
  for (let day = horizon.from / dayMs; day < horizon.to / dayMs; day += 1) {
    if (!isWorkday(day)) continue;
    const midnight = day * dayMs;
    const opens = zone.fromLocal(midnight + openMs);
    const closes = zone.fromLocal(midnight + closeMs);
    // The hours of a day can fall wholly into the hour (or, in Apia 2011, the day) that the clocks skip.
    if (closes <= opens) continue;
    const change = changeWithin(zone, opens, closes, midnight + openMs);
    if (change !== null) changes.set(open.length, change);
    before.push((before.at(-1) ?? 0) + closes - opens);
    open.push(opens);
    close.push(closes);
  }
  return { open: Float64Array.from(open), close: Float64Array.from(close), before: Float64Array.from(before), changes };
}

/**
 * Whether a day, given by its number, is worked on.
 * @throws RangeError when a holiday is no ISO day: a misspelt one must not pass for a working day.
 */
export function createWorkdayTest({ workdays, holidays }: WorkingTime): (dayNumber: number) => boolean {
  const worked = new Set(workdays.map((day) => weekdays.indexOf(day)));
  const off = new Set<number>();
  for (const day of holidays.keys()) {
    const dayNumber = dayNumberOf(day);
    if (Number.isNaN(dayNumber) || isoDayOf(dayNumber) !== day) throw new RangeError(`not a calendar day: ${day}`);
    off.add(dayNumber);
  }
  // 1970-01-01 was a Thursday, the fourth weekday.
  return (dayNumber) => worked.has((dayNumber + 3) % 7) && !off.has(dayNumber);
}

/**
 * How far the clocks have come since opening time, given the time that has passed since then. Where they go back, it stands still until
 * they have caught up: of two instants the later never has the earlier wall-clock time.
 */
export const wallTimeSince = (elapsed: number, change: ClockChange | undefined): number =>
  change === undefined || elapsed < change.at ? elapsed : Math.max(change.at, elapsed + change.skipped);

/** The other way round: when the clocks first show `wall` after opening time. */
export const elapsedAt = (wall: number, change: ClockChange | undefined): number =>
  change === undefined || wall <= change.at ? wall : Math.max(change.at, wall - change.skipped);

function msOfDay(time: string): number {
  const [hours = '', minutes = ''] = time.split(':');
  return Number(hours) * hourMs + Number(minutes) * minuteMs;
}

/** `nominal`: the local time at which the day should open. */
function changeWithin(zone: LocalTime, opens: EpochMs, closes: EpochMs, nominal: number): ClockChange | null {
  const atOpening = zone.toLocal(opens);
  if (atOpening > nominal) return { at: 0, skipped: atOpening - nominal };
  const skippedAt = (at: EpochMs) => zone.toLocal(at) - atOpening - (at - opens);
  if (skippedAt(closes) === 0) return null;
  let low = opens;
  let high = closes;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (skippedAt(middle) === 0) low = middle;
    else high = middle;
  }
  return { at: high - opens, skipped: skippedAt(high) };
}
