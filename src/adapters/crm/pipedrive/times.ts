import type { EpochMs, IsoDay } from '../../../core/time.ts';

const secondMs = 1_000;
/** Epoch seconds of the year 2286: what is larger is milliseconds. */
const mostSeconds = 1e10;

/**
 * A time in any of the forms that Pipedrive has: ISO 8601 (v2), `2026-06-01 12:00:00` in UTC (v1), seconds (documented for webhooks), milliseconds
 * (seen in them). In whole seconds, since the API keeps no more: a webhook and the API then tell the same time.
 */
export function timeOf(time: string | number | null | undefined): EpochMs | null {
  if (time === null || time === undefined || time === '') return null;
  const at = typeof time === 'number' || /^\d+$/.test(time) ? fromNumber(Number(time)) : Date.parse(inFull(time));
  return Number.isFinite(at) && at > 0 && at <= 8.64e15 ? Math.floor(at / secondMs) * secondMs : null;
}

/** `2026-12-15`, also out of a longer text; a year such as 20026, mistyped, is none. */
export function dayOf(day: string | null | undefined): IsoDay | null {
  const [found] = /^\d{4}-\d{2}-\d{2}(?!\d)/.exec(day ?? '') ?? [];
  return found === undefined || Number.isNaN(Date.parse(found)) ? null : found;
}

const fromNumber = (value: number): number => (value < mostSeconds ? value * secondMs : value);

const inFull = (time: string): string => (/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2})?$/.test(time) ? `${time.replace(' ', 'T')}Z` : time);
