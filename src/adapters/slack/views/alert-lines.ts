import type { CardAlert } from '../../../core/alerts/card.ts';
import { reasonWords } from '../../../core/alerts/transition.ts';
import { calendarDay } from '../../../core/calendar-day.ts';
import type { Evidence } from '../../../core/detectors/detector.ts';
import { bold, empty, join, long, type Mrkdwn, md, person } from './escape.ts';
import { day, markOf } from './words.ts';

/**
 * One alert in full. Its first three lines say all that is needed: what and since when; against what was expected, and who; one suggested step. Where it stands
 * comes below: Slack may fold what is longer behind "Show more".
 */
export function alertLines(alert: CardAlert): Mrkdwn[] {
  if (alert.resolution !== null || alert.state === 'resolved') return [resolvedLine(alert)];
  const compared = alert.goodNews ? md`Why: ${alert.expected}` : md`Expected: ${alert.expected}`;
  const who = alert.people.length > 0 ? md` · Who: ${peopleText(alert.people)}` : empty;
  const next = md`👉 ${bold('Next:')} ${long(alert.nextStep, 300)}`;
  return [headLine(alert), md`${compared}${limitText(alert)}${who}`, next, ...stateLines(alert), ...toldLines(alert)];
}

/** One alert in one line. */
export function alertLine(alert: CardAlert): Mrkdwn {
  if (alert.resolution !== null || alert.state === 'resolved') return resolvedLine(alert);
  const state = alert.snoozedUntil !== null ? md` · snoozed` : whoIsOnIt(alert);
  return md`${headLine(alert)}${state}`;
}

/** The values compared, and whether it is the first time. */
export function evidenceParts(alert: CardAlert): Mrkdwn[] {
  const parts = alert.evidence.slice(0, 8).map(evidenceText);
  if (alert.episode > 1) parts.push(md`${ordinal(alert.episode)} time this happens`);
  return parts;
}

/** `(limit passed Nov 16, held back by a next step until Dec 7)` */
function limitText({ since, dueAt, limitAt }: CardAlert): Mrkdwn {
  if (limitAt !== undefined) return md` (${day(limitAt, 'limit passed ')}${day(dueAt, ', held back by a next step until ')})`;
  return dueAt > since ? md` (${day(dueAt, 'limit passed ')})` : empty;
}

/** Without formatting or dates, for `text`. */
export const alertInWords = (alert: CardAlert): Mrkdwn => (alert.severity === 'critical' ? md`Critical: ${alert.headline}` : md`${alert.headline}`);

function headLine(alert: CardAlert): Mrkdwn {
  const mark = alert.snoozedUntil !== null ? '💤' : alert.acknowledged !== null ? '👀' : markOf(alert);
  return md`${mark} ${bold(alertInWords(alert))} ${day(alert.since, 'since ')}`;
}

function whoIsOnIt({ acknowledged, assigned }: CardAlert): Mrkdwn {
  if (assigned !== undefined) return md` · assigned to ${person(assigned.to)}`;
  return acknowledged === null ? empty : md` · ${person(acknowledged.by)} is on it`;
}

function stateLines({ acknowledged, assigned, snoozedUntil }: CardAlert): Mrkdwn[] {
  const lines: Mrkdwn[] = [];
  if (assigned !== undefined && assigned.to === assigned.by) lines.push(md`Taken by ${person(assigned.to)}${day(assigned.at, ', ')}`);
  else if (assigned !== undefined) lines.push(md`Assigned to ${person(assigned.to)} by ${person(assigned.by)}${day(assigned.at, ', ')}`);
  else if (acknowledged !== null) lines.push(md`Acknowledged by ${person(acknowledged.by)}${day(acknowledged.at, ', ')}`);
  if (snoozedUntil === 'stage-change') lines.push(md`Snoozed until the stage changes`);
  else if (snoozedUntil !== null) lines.push(day(snoozedUntil, 'Snoozed until '));
  return lines;
}

/** The last ones, of an alert that nobody has taken although others were told. */
function toldLines({ told = [] }: CardAlert): Mrkdwn[] {
  if (told.length === 0) return [];
  const shown = told.slice(-toldShown).map(({ at, channel, emails, saidIn }) => {
    const named = join(
      emails.slice(0, toldShown).map((email) => md`${email}`),
      ', ',
    );
    const whom = emails.length === 0 ? empty : md`${named}${emails.length > toldShown ? md` and others` : empty} in `;
    const where = saidIn === undefined ? md`${channel}` : md`${saidIn} instead of ${channel}, which takes no messages`;
    return md`${whom}${where}${day(at, ', ')}`;
  });
  return [md`Told so far: ${join(shown, '; ')}. Nobody has taken it.`];
}

const toldShown = 3;

function resolvedLine({ headline, resolution }: CardAlert): Mrkdwn {
  if (resolution === null) return md`✅ ${headline}`;
  if (resolution.how !== 'by-hand') return md`✅ Over: ${headline} · ${resolution.text}${day(resolution.at, ', ')}`;
  const note = resolution.note === null ? empty : md`: “${long(resolution.note, 300)}”`;
  return md`✅ ${headline}: ${reasonWords[resolution.reason]}, says ${person(resolution.by)}${day(resolution.at, ', ')}${note}`;
}

function peopleText(people: CardAlert['people']): Mrkdwn {
  const named = people.slice(0, 4).map(({ name, title }) => (title === null ? md`${name}` : md`${name}, ${title}`));
  if (people.length > 4) named.push(md`and ${people.length - 4} more`);
  return join(named, '; ');
}

function evidenceText(evidence: Evidence): Mrkdwn {
  if ('at' in evidence) return md`${evidence.label}${day(evidence.at, ': ')}`;
  if ('day' in evidence) return md`${evidence.label}: ${calendarDay(evidence.day)}`;
  if ('text' in evidence) return md`${evidence.label}: ${evidence.text}`;
  return evidence.limit === undefined ? md`${evidence.label}: ${evidence.count}` : md`${evidence.label}: ${evidence.count} (limit ${evidence.limit})`;
}

const ordinalRules = new Intl.PluralRules('en', { type: 'ordinal' });
const endings: Record<string, string> = { one: 'st', two: 'nd', few: 'rd' };
const ordinal = (number: number): string => `${number}${endings[ordinalRules.select(number)] ?? 'th'}`;
