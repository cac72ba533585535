import type { EpochMs } from '../time.ts';

/** From its first instant to the one after its last. */
export type Period = { from: EpochMs; to: EpochMs; label: string };

const quarterText = /^(\d{4})-?q([1-4])$/i;
const yearText = /^(20\d{2}|19\d{2})$/;

/** The three months up to `now`, and the three before them: a quarter has its figures also in its first week. */
export function recentQuarter(now: EpochMs, timezone: string): { period: Period; before: Period } {
  const end = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone);
  const [from, earlier] = [end.subtract({ months: 3 }), end.subtract({ months: 6 })];
  return {
    period: { from: from.epochMilliseconds, to: now, label: 'the last three months' },
    before: { from: earlier.epochMilliseconds, to: from.epochMilliseconds, label: 'the quarter before' },
  };
}

/** `2026-Q3`, against the quarter before; `2026`, against the year before. Null where it is neither. */
export function namedPeriod(text: string, timezone: string): { period: Period; before: Period } | null {
  const [, ofYear, quarter] = quarterText.exec(text) ?? [];
  const year = Number(ofYear ?? yearText.exec(text)?.[1] ?? Number.NaN);
  if (Number.isNaN(year)) return null;
  const months = quarter === undefined ? 12 : 3;
  const start = Temporal.PlainDate.from({ year, month: quarter === undefined ? 1 : Number(quarter) * 3 - 2, day: 1 });
  const instant = (date: Temporal.PlainDate): EpochMs => date.toZonedDateTime(timezone).epochMilliseconds;
  const before = start.subtract({ months });
  const named = (from: Temporal.PlainDate): string => (quarter === undefined ? String(from.year) : `Q${Math.ceil(from.month / 3)} ${from.year}`);
  return {
    period: { from: instant(start), to: instant(start.add({ months })), label: named(start) },
    before: { from: instant(before), to: instant(start), label: named(before) },
  };
}
