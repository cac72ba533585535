import type { EpochMs } from '../core/time.ts';

/** The beginning of a day that an option names, some days later where asked for; null: the option was not given; undefined: no day. */
export function startOfDay(text: string | null, timezone: string, daysLater = 0): EpochMs | null | undefined {
  if (text === null) return null;
  try {
    return Temporal.PlainDate.from(text).add({ days: daysLater }).toZonedDateTime(timezone).epochMilliseconds;
  } catch {
    return undefined;
  }
}
