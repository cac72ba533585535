import Holidays from 'date-holidays';

/** When the people of the demo are at work: Berlin, Monday to Friday, no public holidays. */
export type OfficeTime = {
  /** `minutes` after 09:00 on the n-th working day before today (1: the one before today). Epoch milliseconds, always in the past. */
  ago(workingDays: number, minutes: number): number;
  /** ISO day of the n-th working day after today. */
  ahead(workingDays: number): string;
  /** ISO day of the n-th working day before today. */
  dayAgo(workingDays: number): string;
};

export const timezone = 'Europe/Berlin';
/** A little more than a year of calendar days. */
const daysBack = 420;
const daysAhead = 200;

export function createOfficeTime(now: number): OfficeTime {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate();
  const publicHolidays = holidaysAround(today.year);
  const isOpen = (day: Temporal.PlainDate): boolean => day.dayOfWeek <= 5 && !publicHolidays.has(day.toString());
  const walk = (step: 1 | -1, count: number): Temporal.PlainDate[] =>
    Array.from({ length: count }, (_, index) => today.add({ days: step * (index + 1) })).filter(isOpen);
  const past = walk(-1, daysBack);
  const future = walk(1, daysAhead);
  const take = (days: Temporal.PlainDate[], count: number): Temporal.PlainDate => {
    const day = days[count - 1];
    if (day === undefined) throw new RangeError(`no working day ${count} away`);
    return day;
  };
  return {
    ago: (workingDays, minutes) =>
      take(past, workingDays).toZonedDateTime({ timeZone: timezone, plainTime: '09:00' }).add({ minutes }).epochMilliseconds,
    ahead: (workingDays) => take(future, workingDays).toString(),
    dayAgo: (workingDays) => take(past, workingDays).toString(),
  };
}

/** Whether the office is open on that day. */
export const isWorkingDay = (day: Temporal.PlainDate): boolean => day.dayOfWeek <= 5 && !holidaysAround(day.year).has(day.toString());

function holidaysAround(year: number): Set<string> {
  const calendar = new Holidays('DE', { types: ['public'] });
  const years = [year - 2, year - 1, year, year + 1];
  return new Set(years.flatMap((each) => calendar.getHolidays(each).map(({ date }) => date.slice(0, 10))));
}
