import type { Calendar } from '../core/calendar.ts';
import { durationInWords, durationSchema } from '../core/duration.ts';
import { dayMs, type EpochMs, type IsoDay } from '../core/time.ts';
import type { ActResult } from './use-cases.ts';

/** How long something is put off: working days and the like as typed (`2bd`), or until a day begins. */
export type PutOff = { duration: string } | { day: IsoDay };

const longestMs = 366 * dayMs;

/** When it ends; `done`: what the answer says behind "snoozed", "muted"; or what is wrong with it, with the field of a form. */
export function untilOf(
  asked: PutOff,
  calendar: Calendar,
  now: EpochMs,
):
  | { until: EpochMs; done: (what: string) => Pick<Extract<ActResult, { kind: 'done' }>, 'message' | 'when'> }
  | Extract<ActResult, { kind: 'refused' }> {
  if ('day' in asked) {
    const { day } = asked;
    const until = calendar.at(day, calendar.hours.open);
    if (until <= now) return refuse('day', 'Choose a day in the future.');
    if (until > now + longestMs) return refuse('day', 'Choose a day within a year from now.');
    return { until, done: (what) => ({ message: what, when: { words: 'until', at: until } }) };
  }
  const duration = durationSchema.safeParse(asked.duration);
  if (!duration.success) return refuse('until', `I do not understand “${asked.duration}”. Say 2bd (working days), 3d or 4h.`);
  if (duration.data.amount === 0) return refuse('until', 'That is no time at all. Say 2bd (working days), 3d or 4h.');
  const until = calendar.add(now, duration.data);
  if (duration.data.amount === 0) return refuse('until', `“${asked.duration}” is no time at all. Say 2bd (working days), 3d or 4h.`);
  if (until > now + longestMs) return refuse('until', 'That is more than a year. Say 250bd at most, or mute without an end.');
  return { until, done: (what) => ({ message: `${what} for ${durationInWords(duration.data)}.` }) };
}

const refuse = (about: string, message: string) => ({ kind: 'refused', message, about }) as const;
