import type { Calendar } from '../calendar.ts';
import { detectors } from '../detectors/index.ts';
import { type AlertLife, actWithin } from '../insight/action-rate.ts';
import type { EpochMs } from '../time.ts';
import type { Alert } from './alert.ts';
import type { AuditEntry } from './audit.ts';
import { votesOf } from './vote.ts';

/** What people did to an alert, as the audit has it; since when its journey has a card in Slack (null: it has none). */
type LifeFacts = { deeds: readonly AuditEntry[]; postedAt: EpochMs | null };
type LifeSetting = { calendar: Pick<Calendar, 'add'>; now: EpochMs };

/**
 * What became of an alert, for the action rate of its rule. Acted on is an alert that within two working days after it could first be read on a card
 * - was acknowledged, assigned or snoozed by somebody, or resolved by hand as done;
 * - or cleared, unless its rule clears only by what the customer does;
 *
 * or that somebody ever called useful. What more people called not useful than useful is not acted on, whatever else was done: one has to click to be rid of it, too.
 *
 * Null where it is not counted: it was on no card (only in digests, or the summary of an import), the two days are not over, its journey ended within them and nobody had done anything, or there
 * is no such rule any more; or what it missed had happened in time.
 */
export function lifeOf(alert: Alert, { deeds, postedAt }: LifeFacts, { calendar, now }: LifeSetting): AlertLife | null {
  const detector = detectors.find(({ name }) => name === alert.rule);
  const saidAt = alert.firstSaidAt ?? (alert.saidAt === null ? null : alert.openedAt);
  if (detector === undefined || saidAt === null || postedAt === null) return null;
  const until = calendar.add(Math.max(saidAt, postedAt), actWithin);
  if (now < until) return null;
  const { resolution, finding } = alert;
  if (resolution?.how === 'cleared' && resolution.inTime === true) return null;
  const inTime = (at: EpochMs): boolean => at <= until;
  const cleared = resolution?.how === 'cleared' ? resolution.at : null;
  const life = { rule: alert.rule, place: alert.place ?? null, dueAt: finding.dueAt, goneAt: cleared };
  const { useful, notUseful } = votesOf(alert);
  if (notUseful > useful) return { ...life, actedOn: false };
  const done = resolution?.how === 'by-hand' && resolution.reason === 'done' && inTime(resolution.at);
  const taken = deeds.some(({ alertId, what, at }) => alertId === alert.id && taking.has(what) && inTime(at));
  const mended = cleared !== null && inTime(cleared) && detector.theyClear === undefined;
  const actedOn = useful > 0 || done || taken || mended;
  const cutShort = resolution?.how === 'ended' && inTime(resolution.at);
  return !actedOn && cutShort ? null : { ...life, actedOn };
}

/** What somebody does to take an alert, or to put it off, as the audit calls it. */
export const taking: ReadonlySet<string> = new Set(['acknowledged', 'assigned', 'snoozed']);
