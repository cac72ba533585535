import { type Weekday, weekdays } from './calendar.ts';
import type { EpochMs } from './time.ts';

/** Once a week, at a time on the wall: `09:00`. */
export type Weekly = { weekday: Weekday; time: string };

/** The newest of its instants that is not after `now`. What a clock change skips comes right after it, and what it repeats comes the first time only. */
export function lastWeekly(weekly: Weekly, timezone: string, now: EpochMs): EpochMs {
  const { days, at } = inWeek(weekly, timezone, now);
  const thisWeek = at(-days);
  return thisWeek <= now ? thisWeek : at(-days - 7);
}

/** The first one after `now`. */
export function nextWeekly(weekly: Weekly, timezone: string, now: EpochMs): EpochMs {
  const { days, at } = inWeek(weekly, timezone, now);
  const thisWeek = at(-days);
  return thisWeek > now ? thisWeek : at(7 - days);
}

/** `days`: since its day of the week; `at`: its instant so many days from today. */
function inWeek({ weekday, time }: Weekly, timezone: string, now: EpochMs): { days: number; at(days: number): EpochMs } {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate();
  return {
    days: (today.dayOfWeek - 1 - weekdays.indexOf(weekday) + 7) % 7,
    at: (days) => today.add({ days }).toZonedDateTime({ timeZone: timezone, plainTime: time }).epochMilliseconds,
  };
}
