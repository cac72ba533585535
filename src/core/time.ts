/**
 * Instants are epoch milliseconds throughout: they travel through JSON documents and SQL unchanged, and comparing two numbers costs
 * nothing where comparing two `Temporal.Instant` costs half a microsecond. Temporal does the calendar's work (see calendar.ts).
 */
export type EpochMs = number;

/** A calendar day without a zone, ISO 8601: `2026-12-15`. */
export type IsoDay = string;

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** The earlier of two instants that may be missing. */
export const earliest = (a: EpochMs | null, b: EpochMs | null): EpochMs | null => (a === null ? b : b === null ? a : Math.min(a, b));
