// A program of its own (see holidays.ts): prints the public holidays of a place as JSON and ends.
import DateHolidays, { type HolidaysTypes } from 'date-holidays';
import { dayMs, hourMs } from '../core/time.ts';
import type { HolidayAnswer } from './holidays.ts';
import type { HolidayPlace } from './schema/calendar-section.ts';

const { place, years } = JSON.parse(process.argv[2] ?? '') as { place: HolidayPlace; years: { from: number; to: number } };
process.stdout.write(JSON.stringify(holidaysOf(place)));

function holidaysOf({ country, state, region }: HolidayPlace): HolidayAnswer {
  const library = new DateHolidays();
  const countries = Object.keys(library.getCountries());
  if (!countries.includes(country)) return { unknown: 'country', known: countries };
  const states = Object.keys(library.getStates(country) ?? {});
  if (state !== null && !states.includes(state)) return { unknown: 'state', known: states };
  const regions = state === null ? [] : Object.keys(library.getRegions(country, state) ?? {});
  if (region !== null && !regions.includes(region)) return { unknown: 'region', known: regions };
  library.init([country, state, region].filter((part) => part !== null).join('-'), { types: ['public'] });
  const days = new Map<string, string>();
  for (let year = years.from; year <= years.to; year += 1) {
    for (const holiday of library.getHolidays(year)) {
      for (const day of daysOf(holiday)) days.set(day, days.get(day) ?? holiday.name);
    }
  }
  return { days: [...days].toSorted() };
}

/** The days that a holiday covers around noon: one that begins at sunset is the next day's, and half a day off is a working day. */
function daysOf({ date, start, end }: HolidaysTypes.Holiday): string[] {
  const [, day = '', time = '', sign = '', offsetHours = '0'] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?: ([+-])(\d\d)\d\d)?$/.exec(date) ?? [];
  const begins = Date.parse(`${day}T${time}Z`) + Number(`${sign}${offsetHours}`) * hourMs;
  const ends = begins + end.getTime() - start.getTime();
  const days: string[] = [];
  for (let noon = Math.floor(begins / dayMs) * dayMs + 12 * hourMs; noon < ends; noon += dayMs) {
    if (noon > begins) days.push(new Date(noon).toISOString().slice(0, 10));
  }
  return days;
}
