import type { EpochMs } from './time.ts';

/** What the clock on the wall shows in a zone, as if it were UTC. */
export function wallTime(at: EpochMs, timezone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
  return local.toPlainDateTime().toZonedDateTime('UTC').epochMilliseconds;
}
