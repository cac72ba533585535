import { calendarDay } from '../../../core/calendar-day.ts';
import { counted } from '../../../core/counted.ts';
import type { Severity } from '../../../core/journey/journey-map.ts';
import { dayMs, type EpochMs, type IsoDay } from '../../../core/time.ts';
import { type Mrkdwn, md } from './escape.ts';

/** How views say dates, amounts and numbers. */

/**
 * A day in the reader's own zone: `Today`, `Nov 3`. Words of ours that stand before it go into the token, where Slack writes `since today`; outside of
 * it, it would write `since Today`.
 */
export const day = (at: EpochMs, before = ''): Mrkdwn => dateToken(at, before, '{date_short_pretty}');

/** A day and hour in the reader's own zone, with the words before it as for `day`. */
export const moment = (at: EpochMs, before = ''): Mrkdwn => dateToken(at, before, '{date_short_pretty} at {time}');

/** `15 Dec 2026` in a zone, for text in which Slack fills no dates in. */
export const dayIn = (at: EpochMs, timezone: string): string =>
  calendarDay(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDate().toString());

/** For tables, whose cells hold no date tokens: `3 days ago`. */
export function elapsed(at: EpochMs, now: EpochMs): string {
  const days = Math.floor((now - at) / dayMs);
  if (days < 1) return now < at ? 'ahead' : 'in the last 24 hours';
  if (days < 60) return `${count(days, 'day')} ago`;
  return `${count(Math.floor(days / 30.44), 'month')} ago`;
}

export function nextStepText(nextStep: { title: string; due: IsoDay | null } | null): Mrkdwn {
  if (nextStep === null) return md`No next step set`;
  return nextStep.due === null ? md`Next step: ${nextStep.title} (no date)` : md`Next step: ${nextStep.title}, ${calendarDay(nextStep.due)}`;
}

export const count = counted;

/** `€48,000`; a currency that nobody knows stands behind the number. */
export function money({ value, currency }: { value: number; currency: string | null }): string {
  if (currency === null) return value.toLocaleString('en', { maximumFractionDigits: 2 });
  return currencyFormat(currency, Number.isInteger(value))?.format(value) ?? `${value.toLocaleString('en')} ${currency}`;
}

/** Different shapes, not only colours; the word stands beside it where it matters. */
export const severityMark: Record<Severity, string> = { critical: '🚨', warning: '⚠️', info: 'ℹ️' };
export const clearMark = '🟢';
export const goodNewsMark = '🌟';

/** Good news is no alarm, whatever its severity. */
export const markOf = ({ severity, goodNews }: { severity: Severity; goodNews?: true }): string => (goodNews ? goodNewsMark : severityMark[severity]);

/** The line that says where the rest is; none where nothing is hidden. */
export const andMore = (hidden: number, where: string): Mrkdwn[] => (hidden > 0 ? [md`and ${hidden.toLocaleString('en')} more: ${where}`] : []);

/** Where all that needs somebody stands: each rule is in one of them. */
export const allLists = '/journey stalled, /journey gaps and /journey silent';

function dateToken(at: EpochMs, before: string, format: string): Mrkdwn {
  const fallback = Temporal.Instant.fromEpochMilliseconds(at).toString().slice(0, 10);
  return { mrkdwn: `<!date^${Math.floor(at / 1000)}^${before}${format}|${before}${fallback}>` };
}

const formats = new Map<string, Intl.NumberFormat | null>();

function currencyFormat(currency: string, whole: boolean): Intl.NumberFormat | null {
  const key = `${currency}/${whole}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  // Intl throws on what is not three letters; CRMs hold anything. Bounded: an unknown currency is not kept.
  if (!/^[A-Za-z]{3}$/.test(currency)) return null;
  const made = new Intl.NumberFormat('en', { style: 'currency', currency, ...(whole ? { maximumFractionDigits: 0 } : {}) });
  formats.set(key, made);
  return made;
}
