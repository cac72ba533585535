import { createLocalTime, dayNumberOf, horizon, isoDayOf, lastAtOrBefore } from './calendar/local-time.ts';
import { compileOpenings, createWorkdayTest, elapsedAt, type Openings, type Weekday, type WorkingTime, wallTimeSince } from './calendar/openings.ts';
import type { Duration } from './duration.ts';
import { dayMs, type EpochMs, hourMs, type IsoDay, minuteMs } from './time.ts';

export { type Weekday, type WorkingTime, weekdays } from './calendar/openings.ts';

/** Working time of one team: days, hours, zone, holidays. It knows the years 1970 to 2099; outside them nobody works. */
export type Calendar = {
  readonly timezone: string;
  readonly workdays: readonly Weekday[];
  /** Local wall-clock times: `09:00`, `18:00`. */
  readonly hours: { readonly open: string; readonly close: string };
  /**
   * The instant at which `duration` after `start` is over. `d`, `h`, `m`, `s` are elapsed time. `bd`, `bh` count in working time: a start
   * outside it counts from the next opening; `1bd` after Mon 10:00 is Tue 10:00, local wall-clock time; `8bh` after Mon 10:00 is Mon
   * 18:00 where that is closing time.
   */
  add(start: EpochMs, duration: Duration): EpochMs;
  /** Whole working days, and working milliseconds, from `start` to `end` (0 where `end` is not later). */
  workingDaysBetween(start: EpochMs, end: EpochMs): number;
  workingMsBetween(start: EpochMs, end: EpochMs): number;
  isOpen(at: EpochMs): boolean;
  /** `at` itself when open, else the next opening. */
  nextOpening(at: EpochMs): EpochMs;
  isWorkingDay(day: IsoDay): boolean;
  /** Name of the holiday, if it is one. */
  holiday(day: IsoDay): string | null;
  /** The local calendar day of an instant. */
  dayOf(at: EpochMs): IsoDay;
  /** First and last instant of a local day: [start, end). */
  startOfDay(day: IsoDay): EpochMs;
  endOfDay(day: IsoDay): EpochMs;
  /** The instant of a wall-clock time on a local day: `at('2026-12-15', '09:00')`; what a clock change skips is taken later. */
  at(day: IsoDay, time: string): EpochMs;
};

/**
 * The working days of all years are laid out once, on first use, as sorted arrays of instants; every question is then a binary search.
 * @throws RangeError when the zone is unknown or a holiday is no calendar day.
 */
export function createCalendar({ timezone, ...workingTime }: { timezone: string } & WorkingTime): Calendar {
  const isWorkday = createWorkdayTest(workingTime);
  const zone = createLocalTime(timezone);
  let compiled: Openings | null = null;
  const openings = (): Openings => {
    compiled ??= compileOpenings(zone, workingTime.hours, isWorkday);
    return compiled;
  };
  return {
    timezone,
    workdays: workingTime.workdays,
    hours: workingTime.hours,
    add(start, { amount, unit }) {
      switch (unit) {
        case 'bd':
          return addWorkingDays(openings(), start, amount);
        case 'bh':
          return addWorkingMs(openings(), start, amount * hourMs);
        case 'd':
          return start + amount * dayMs;
        case 'h':
          return start + amount * hourMs;
        case 'm':
          return start + amount * minuteMs;
        case 's':
          return start + amount * 1000;
      }
    },
    workingDaysBetween: (start, end) => workingDaysBetween(openings(), start, end),
    workingMsBetween: (start, end) => (end <= start ? 0 : workedBefore(openings(), end) - workedBefore(openings(), start)),
    isOpen: (at) => nextOpening(openings(), at) === at && at < horizon.to,
    nextOpening: (at) => nextOpening(openings(), at),
    isWorkingDay: (day) => isWorkday(dayNumberOf(day)),
    holiday: (day) => workingTime.holidays.get(day) ?? null,
    dayOf: (at) => isoDayOf(Math.floor(zone.toLocal(at) / dayMs)),
    startOfDay: (day) => zone.fromLocal(dayNumberOf(day) * dayMs),
    endOfDay: (day) => zone.fromLocal((dayNumberOf(day) + 1) * dayMs),
    at: (day, time) => zone.fromLocal(dayNumberOf(day) * dayMs + Number(time.slice(0, 2)) * hourMs + Number(time.slice(3, 5)) * minuteMs),
  };
}

/** Beyond the last opening there is none: the instant itself, or the horizon. */
const never = (at: EpochMs): EpochMs => Math.max(at, horizon.to);

function nextOpening({ open, close }: Openings, at: EpochMs): EpochMs {
  const day = lastAtOrBefore(open, at);
  return at < (close[day] ?? Number.NEGATIVE_INFINITY) ? at : (open[day + 1] ?? never(at));
}

function addWorkingDays(openings: Openings, start: EpochMs, days: number): EpochMs {
  const { open, changes } = openings;
  const from = nextOpening(openings, start);
  const day = lastAtOrBefore(open, from);
  const wall = wallTimeSince(from - (open[day] ?? from), changes.get(day));
  const target = open[day + days];
  return target === undefined || from >= horizon.to ? never(start) : target + elapsedAt(wall, changes.get(day + days));
}

function workingDaysBetween(openings: Openings, start: EpochMs, end: EpochMs): number {
  if (end <= start) return 0;
  const { open, changes } = openings;
  const from = nextOpening(openings, start);
  const first = lastAtOrBefore(open, from);
  const last = lastAtOrBefore(open, end);
  const wall = wallTimeSince(from - (open[first] ?? from), changes.get(first));
  const reached = (open[last] ?? 0) + elapsedAt(wall, changes.get(last)) <= end;
  return Math.max(0, last - first - (reached ? 0 : 1));
}

/** Working milliseconds from the beginning of the horizon to `at`. */
function workedBefore({ open, close, before }: Openings, at: EpochMs): number {
  const day = lastAtOrBefore(open, at);
  return day < 0 ? 0 : (before[day] ?? 0) + Math.min(at, close[day] ?? at) - (open[day] ?? at);
}

function addWorkingMs(openings: Openings, start: EpochMs, ms: number): EpochMs {
  if (ms === 0) return nextOpening(openings, start);
  const { open, before } = openings;
  const due = workedBefore(openings, start) + ms;
  if (due > (before.at(-1) ?? 0)) return never(start);
  // The day on which the sum is reached: at its close, not at the next opening.
  const day = lastAtOrBefore(before, due - 1);
  return (open[day] ?? 0) + due - (before[day] ?? 0);
}
