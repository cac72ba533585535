import { z } from 'zod';
import { weekdays } from '../../core/calendar.ts';
import { isTimezone } from '../../core/is-timezone.ts';
import { offSchema, timeRangeText } from './scalars.ts';

/** A zone that Temporal knows, by its own spelling of it. */
export const timezoneSchema = z
  .string()
  .refine(isTimezone, {
    error: 'unknown time zone; zones are named as in Europe/Berlin',
    params: { known: () => Intl.supportedValuesOf('timeZone') },
  })
  .meta({ id: 'timezone', description: 'An IANA time zone such as Europe/Berlin' });

/** Whose public holidays: `DE`, `DE-BY`, or the same as an object. */
const holidayPlaceSchema = z.union([
  offSchema,
  z
    .string()
    .regex(/^[A-Z]{2}(-[A-Za-z0-9]{1,8}){0,2}$/, 'expected a country such as DE, a state such as DE-BY, or off')
    .transform((text) => {
      const [country = '', state, region] = text.split('-');
      return { country, state: state ?? null, region: region ?? null };
    }),
  z.strictObject({
    country: z.string(),
    state: z.string().nullable().default(null),
    region: z.string().nullable().default(null),
  }),
]);

const hoursExpected = 'expected opening hours such as "09:00-18:00"';

const hoursSchema = z
  .string(hoursExpected)
  .regex(timeRangeText, hoursExpected)
  .transform((text) => {
    const [, open = '', close = ''] = timeRangeText.exec(text) ?? [];
    return { open, close };
  })
  .refine(({ open, close }) => open < close, 'must close later than it opens, on the same day');

export const calendarSchema = z
  .strictObject({
    workdays: z
      .array(z.enum(weekdays))
      .min(1, 'must name at least one')
      .prefault(['mon', 'tue', 'wed', 'thu', 'fri'])
      .describe('Days on which we work'),
    hours: hoursSchema.prefault('09:00-18:00').describe('Opening hours, local time, on each of them'),
    holidays: holidayPlaceSchema.prefault('off').describe('Public holidays: a country (DE), a state (DE-BY), or off'),
    extra: z.array(z.iso.date('expected a day such as 2026-12-24')).default([]).describe('More days off, such as 2026-12-24'),
  })
  .meta({ id: 'calendar', description: 'Working time: `bd` and `bh` in durations count in it' });

export type HolidayPlace = { country: string; state: string | null; region: string | null };
