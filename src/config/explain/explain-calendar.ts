import type { Calendar, Weekday } from '../../core/calendar.ts';
import { weekdays } from '../../core/calendar.ts';
import type { EpochMs } from '../../core/time.ts';
import { paragraph } from './layout.ts';

const holidaysSaid = 3;
const daysAhead = 400;

export function explainCalendar(calendar: Calendar, now: EpochMs): string[] {
  const { timezone, workdays, hours } = calendar;
  const holidays = nextHolidays(calendar, now);
  return [
    `${daysInWords(workdays)}, ${hours.open} to ${hours.close}, ${timezone}.`,
    holidays.length === 0 ? 'No holidays.' : `Next holidays: ${holidays.join('; ')}.`,
  ].flatMap((line) => paragraph(line, 2));
}

/** `Mon at 09:00` for the schedules that people write; any other cron expression as it is. */
export function explainSchedule(schedule: string): string {
  const [, minute = '', hour = '', given = ''] = /^(\d+)\s+(\d+)\s+\*\s+\*\s+(\S+)$/.exec(schedule.trim()) ?? [];
  const days = given === '*' ? 'daily' : cronDays(given);
  return minute === '' || days === null ? `at ${schedule}` : `${days} at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

/** `1-5` and `mon-fri` are Mon to Fri; null: something else stands there, such as a step. */
function cronDays(text: string): string | null {
  const parts = text.split(',').map((part) => part.split('-').map(cronDay));
  if (parts.some((part) => part.length > 2 || part.includes(null))) return null;
  return parts.map((part) => part.join(' to ')).join(', ');
}

/** Cron counts from Sunday, which is 7, too. */
function cronDay(text: string): string | null {
  const day = /^[0-7]$/.test(text)
    ? weekdays[(Number(text) + 6) % 7]
    : weekdays.find((known) => /^[a-z]{3,9}$/i.test(text) && text.toLowerCase().startsWith(known));
  return day === undefined ? null : capital(day);
}

function nextHolidays(calendar: Calendar, now: EpochMs): string[] {
  const today = Temporal.PlainDate.from(calendar.dayOf(now));
  const found: string[] = [];
  for (let ahead = 0; ahead < daysAhead && found.length < holidaysSaid; ahead += 1) {
    const day = today.add({ days: ahead }).toString();
    const name = calendar.holiday(day);
    if (name !== null) found.push(`${dayInWords(day)}, ${name}`);
  }
  return found;
}

const dayInWords = (day: string): string =>
  Temporal.PlainDate.from(day).toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).replace(',', '');

function daysInWords(days: readonly Weekday[]): string {
  const indexes = days.map((day) => weekdays.indexOf(day)).toSorted();
  const [first = 0] = indexes;
  const consecutive = indexes.length > 2 && indexes.every((index, position) => index === first + position);
  const names = indexes.map((index) => capital(weekdays[index] ?? ''));
  return consecutive ? `${names.at(0)} to ${names.at(-1)}` : names.join(', ');
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
