import { type Calendar, createCalendar, type WorkingTime } from '../../src/core/calendar.ts';
import type { EpochMs } from '../../src/core/time.ts';

type Example = Partial<Omit<WorkingTime, 'holidays'>> & { timezone?: string; holidays?: Record<string, string> };

/** Mon to Fri, 9 to 18, in Berlin, without holidays, unless said otherwise. */
export const calendarOf = ({
  timezone = 'Europe/Berlin',
  workdays = ['mon', 'tue', 'wed', 'thu', 'fri'],
  hours = { open: '09:00', close: '18:00' },
  holidays = {},
}: Example): Calendar => createCalendar({ timezone, workdays, hours, holidays: new Map(Object.entries(holidays)) });

/** The instant at which a zone's clocks show a time: `2026-03-02T10:00`. */
export const atIn =
  (timezone: string) =>
  (local: string): EpochMs =>
    Temporal.PlainDateTime.from(local).toZonedDateTime(timezone).epochMilliseconds;
