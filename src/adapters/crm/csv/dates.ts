import type { LocalTime } from '../../../core/calendar/local-time.ts';
import { dayMs, type EpochMs, hourMs, type IsoDay, minuteMs } from '../../../core/time.ts';
import type { DateOrder } from './csv-mapping.ts';

/** A date as it stands in a cell: what the clocks showed (as if that were UTC), or an instant where it names its offset. */
export type WrittenDate = { local: number; instant: EpochMs | null };

/** What a value proves about the order of day and month in its column. */
export type OrderEvidence = DateOrder | 'ambiguous' | 'none';

const time = String.raw`(?:[T,\s]\s*(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?\s*([ap]\.?\s?m\.?)?(?:\s*uhr)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?)?`;
const yearFirst = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${time}$`, 'i');
const yearLast = new RegExp(String.raw`^(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})${time}$`, 'i');
const dayMonthName = new RegExp(String.raw`^(?:[\p{L}]+\.?,?\s+)?(\d{1,2})\.?[\s-]+(\p{L}{3,9})\.?,?[\s-]+(\d{4}|\d{2})${time}$`, 'iu');
const monthNameDay = new RegExp(String.raw`^(?:[\p{L}]+\.?,?\s+)?(\p{L}{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${time}$`, 'iu');
const compact = /^(\d{4})(\d{2})(\d{2})$/;

/** The first three letters say it, in English and in German. */
const months: Record<string, number> = {
  ...{ jan: 1, feb: 2, mar: 3, apr: 4, may: 5, jun: 6, jul: 7, aug: 8, sep: 9, oct: 10, nov: 11, dec: 12 },
  ...{ jän: 1, mär: 3, mrz: 3, mae: 3, mai: 5, okt: 10, dez: 12 },
};

/** Days of a spreadsheet count from here (it thinks that 1900 was a leap year). From 1954 to 2064; a smaller number is none. */
const serialZero = Date.UTC(1899, 11, 30);
const serials = { from: 20_000, to: 60_000 } as const;

/** Null: no date. `order` settles what the value leaves open; 'unsaid' where that is needed and missing. */
export function readDate(text: string, order: DateOrder | null): WrittenDate | 'unsaid' | null {
  const iso = yearFirst.exec(text);
  if (iso !== null) return written(iso[1], iso[2], iso[3], iso.slice(4));
  const numeric = yearLast.exec(text);
  if (numeric !== null) {
    const [, first, separator, second, year] = numeric;
    const meant = order ?? proven(Number(first), Number(second), separator ?? '');
    if (meant === 'ambiguous') return 'unsaid';
    const [day, month] = meant === 'mdy' ? [second, first] : [first, second];
    return written(year, month, day, numeric.slice(5));
  }
  if (/^\d+([.,]\d+)?$/.test(text)) return fromNumber(text);
  const named = dayMonthName.exec(text);
  if (named !== null) return written(named[3], String(monthOf(named[2])), named[1], named.slice(4));
  const american = monthNameDay.exec(text);
  return american === null ? null : written(american[3], String(monthOf(american[1])), american[2], american.slice(4));
}

/** What one value says about its column. */
export function orderEvidence(text: string): OrderEvidence {
  const numeric = yearLast.exec(text);
  if (numeric === null) return 'none';
  const [, first, separator, second] = numeric;
  const [a, b] = [Number(first), Number(second)];
  if ((a > 12 && b > 12) || a === b) return 'none';
  return proven(a, b, separator ?? '');
}

export const instantOf = ({ local, instant }: WrittenDate, zone: LocalTime): EpochMs => instant ?? zone.fromLocal(local);

/** The calendar day as written; of an instant the day it was in the zone. */
export const dayOf = ({ local, instant }: WrittenDate, zone: LocalTime): IsoDay =>
  new Date(instant === null ? local : zone.toLocal(instant)).toISOString().slice(0, 10);

/** Between dots the day comes first, everywhere in the world. */
function proven(first: number, second: number, separator: string): DateOrder | 'ambiguous' {
  if (second > 12) return 'mdy';
  if (first > 12 || first === second || separator === '.') return 'dmy';
  return 'ambiguous';
}

function written(year = '', month = '', day = '', clock: (string | undefined)[]): WrittenDate | null {
  const fullYear = year.length === 2 ? (Number(year) < 70 ? 2000 : 1900) + Number(year) : Number(year);
  if (fullYear < 1900 || fullYear > 2199) return null;
  const midnight = Date.UTC(fullYear, Number(month) - 1, Number(day));
  const back = new Date(midnight);
  if (back.getUTCMonth() !== Number(month) - 1 || back.getUTCDate() !== Number(day)) return null;
  const [hours, minutes = '0', seconds = '0', half, offset] = clock;
  if (hours === undefined) return { local: midnight, instant: null };
  const hour = hourOf(Number(hours), half);
  if (hour === null || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const local = midnight + hour * hourMs + Number(minutes) * minuteMs + Number(seconds) * 1000;
  return { local, instant: offset === undefined ? null : local - offsetMs(offset) };
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour > 23 ? null : hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
}

function offsetMs(offset: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset) ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * hourMs + Number(minutes) * minuteMs);
}

/** A spreadsheet's day number, milliseconds or seconds since 1970, or eight digits. */
function fromNumber(text: string): WrittenDate | null {
  const digits = compact.exec(text);
  if (digits !== null) return written(digits[1], digits[2], digits[3], []);
  const value = Number(text.replace(',', '.'));
  if (/^\d{12,13}$/.test(text)) return { local: value, instant: value };
  if (/^\d{10}$/.test(text)) return { local: value * 1000, instant: value * 1000 };
  if (value < serials.from || value >= serials.to) return null;
  // A fraction of a day holds seconds only approximately.
  return { local: serialZero + Math.round((value * dayMs) / 1000) * 1000, instant: null };
}

const monthOf = (name = ''): number => months[name.toLowerCase().slice(0, 3)] ?? 0;
