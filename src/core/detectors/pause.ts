import type { Calendar } from '../calendar.ts';
import type { Duration } from '../duration.ts';
import type { Journey } from '../journey/journey.ts';
import type { EpochMs } from '../time.ts';
import type { Finding } from './detector.ts';

/**
 * When a limit takes effect: a dated next step holds it back to the end of its day, but not longer than `patience` beyond the limit,
 * so that a next step in the year 2099 silences nobody for good. One that somebody sets when the limit has passed already holds it back from then on, for as
 * long: it is what the card asks for. One that was due before the limit, or before it was set, changes nothing.
 */
export function pausedUntil({ nextStep }: Journey, limit: EpochMs, patience: Duration, calendar: Calendar): EpochMs {
  if (nextStep === null || nextStep.due === null) return limit;
  const from = Math.max(limit, nextStep.setAt);
  const dayIsOver = calendar.endOfDay(nextStep.due);
  return dayIsOver <= from ? limit : Math.min(dayIsOver, calendar.add(from, patience));
}

/** What a finding says of its limit: where a next step held it back, both when it was passed and until when that counted. */
export const passed = (limit: EpochMs, dueAt: EpochMs): Pick<Finding, 'dueAt' | 'limitAt'> => (dueAt > limit ? { dueAt, limitAt: limit } : { dueAt });

/** A next step is ahead until the end of the day it is due. */
export const isAhead = ({ due }: NonNullable<Journey['nextStep']>, calendar: Calendar, now: EpochMs): boolean =>
  due !== null && now < calendar.endOfDay(due);
