import type { Calendar } from '../calendar.ts';
import type { AlertPolicy } from '../journey/journey-map.ts';
import { dayMs, type EpochMs, minuteMs } from '../time.ts';

/** The instant from which something new may be said: `at` itself outside quiet hours, else their end. */
export function saysFrom(at: EpochMs, quiet: AlertPolicy['quiet'], calendar: Calendar): EpochMs {
  if (quiet === null) return at;
  let when = at;
  // A firm that shuts for the summer has a month of days off in a row; a year of them nobody has.
  for (let step = 0; step < 400; step++) {
    const end = quietEnd(when, quiet, calendar);
    if (end === null) return when;
    when = end;
  }
  return when;
}

/** When the quiet that `at` lies in ends; null outside of it. */
function quietEnd(at: EpochMs, { from, to, offDays }: NonNullable<AlertPolicy['quiet']>, calendar: Calendar): EpochMs | null {
  const day = calendar.dayOf(at);
  if (offDays && !calendar.isWorkingDay(day)) return calendar.endOfDay(day);
  const begins = calendar.at(day, from);
  const ends = calendar.at(day, to);
  if (begins <= ends) return at >= begins && at < ends ? ends : null;
  if (at < ends) return ends;
  return at >= begins ? calendar.at(calendar.dayOf(calendar.endOfDay(day)), to) : null;
}

/** When the next day begins, for budgets of a day. */
export const nextDay = (at: EpochMs, calendar: Calendar): EpochMs => Math.min(calendar.endOfDay(calendar.dayOf(at)), at + dayMs + 60 * minuteMs);
