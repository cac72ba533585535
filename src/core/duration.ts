import { z } from 'zod';
import { dayMs, hourMs, minuteMs } from './time.ts';

/** `bd` working days and `bh` working hours count in the calendar; `d`, `h`, `m` and `s` are plain elapsed time. */
const durationUnits = ['bd', 'bh', 'd', 'h', 'm', 's'] as const;
type DurationUnit = (typeof durationUnits)[number];
export type Duration = { amount: number; unit: DurationUnit };

const durationText = /^(\d{1,5})\s*(bd|bh|d|h|m|s)$/;

const expected = 'expected a duration such as 15bd (working days), 4bh (working hours), 3d, 48h, 30m or 2s';

const expectedDays = 'expected a number of days such as 90d';

/** Days back in time, or from one calendar day to another: `90d`. Working time cannot be counted backwards. */
export const daysSchema = z
  .string(expectedDays)
  .regex(/^\d{1,4}\s*d$/, expectedDays)
  .transform((text) => Number.parseInt(text, 10))
  .meta({ id: 'days', description: 'A number of days: 90d' });

/** Reads `15bd`, `4bh`, `3d`, `48h`, `30m`, `2s`. */
export const durationSchema = z
  .string(expected)
  .regex(durationText, expected)
  .transform(parseDuration)
  .meta({ id: 'duration', description: 'A duration: 15bd (working days), 4bh (working hours), 3d, 48h, 30m, 2s' });

/** @throws RangeError when the text is not a duration; use `durationSchema` on text from outside. */
export function parseDuration(text: string): Duration {
  const [, amount, unit] = durationText.exec(text) ?? [];
  const known = durationUnits.find((candidate) => candidate === unit);
  if (amount === undefined || known === undefined) throw new RangeError(`not a duration: ${text}`);
  return { amount: Number(amount), unit: known };
}

const unitWords: Record<DurationUnit, string> = {
  bd: 'working day',
  bh: 'working hour',
  d: 'day',
  h: 'hour',
  m: 'minute',
  s: 'second',
};

/**
 * Whether one is longer than the other whatever the calendar. A working day or hour takes at least as long as a plain one; how much longer, only a calendar
 * knows.
 */
export function isSurelyLonger(a: Duration, b: Duration): boolean {
  if (a.unit === b.unit) return a.amount > b.amount;
  return b.unit !== 'bd' && b.unit !== 'bh' && a.amount * leastMs[a.unit] > b.amount * leastMs[b.unit];
}

const leastMs: Record<DurationUnit, number> = { bd: dayMs, bh: hourMs, d: dayMs, h: hourMs, m: minuteMs, s: 1000 };

/** `15 working days`, `1 hour`: for people. */
export function durationInWords({ amount, unit }: Duration): string {
  return `${amount} ${unitWords[unit]}${amount === 1 ? '' : 's'}`;
}

/** `every 3 working days`, `every day` */
export const everyInWords = (duration: Duration): string => `every ${duration.amount === 1 ? unitWords[duration.unit] : durationInWords(duration)}`;
