/** Whether a text names a zone. Offsets such as +02:00 do not: they know nothing of summer time. */
export function isTimezone(text: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return !/^[+-]/.test(text);
  } catch {
    return false;
  }
}
