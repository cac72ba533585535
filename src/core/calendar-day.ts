import type { IsoDay } from './time.ts';

/** A calendar day, the same for every reader: `15 Dec 2026`. */
export function calendarDay(iso: IsoDay): string {
  const { day, month, year } = Temporal.PlainDate.from(iso);
  return `${day} ${monthNames[month - 1]} ${year}`;
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
