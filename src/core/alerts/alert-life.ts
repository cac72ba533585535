import type { Calendar } from '../calendar.ts';
import { detectors } from '../detectors/index.ts';
import { type AlertLife, actWithin } from '../insight/action-rate.ts';
import type { EpochMs } from '../time.ts';
import type { Alert } from './alert.ts';
import type { AuditEntry } from './audit.ts';
import { votesOf } from './vote.ts';

type LifeSetting = { calendar: Pick<Calendar, 'add'>; now: EpochMs };

/**
 * What became of an alert, for the action rate of its rule. `deeds`: what people did to it, as the audit has it. Acted on is an alert that within two working
 * days after it was first said
 * - was acknowledged or snoozed by somebody, or resolved by hand as done;
 * - or cleared, unless its rule clears only by what the customer does;
 *
 * or that somebody ever called useful. What more people called not useful than useful is not acted on, whatever else was done: one has to click to be rid of it, too.
 *
 * Null where it is not counted: it was never said in a channel, the two days are not over, its journey ended within them and nobody had done anything, or there
 * is no such rule any more.
 */
export function lifeOf(alert: Alert, deeds: readonly AuditEntry[], { calendar, now }: LifeSetting): AlertLife | null {
  const detector = detectors.find(({ name }) => name === alert.rule);
  const saidAt = alert.firstSaidAt ?? (alert.saidAt === null ? null : alert.openedAt);
  if (detector === undefined || saidAt === null) return null;
  const until = calendar.add(saidAt, actWithin);
  if (now < until) return null;
  const { resolution, finding } = alert;
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

/** As transitions call it in the audit. */
const taking: ReadonlySet<string> = new Set(['acknowledged', 'snoozed']);
