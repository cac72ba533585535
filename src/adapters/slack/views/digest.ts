import type { Count } from '../../../core/digest/counts.ts';
import type { Digest } from '../../../core/digest/digest.ts';
import type { FateCounts } from '../../../core/digest/fates.ts';
import { suggestionInWords } from '../../../core/suggestion.ts';
import { dayMs } from '../../../core/time.ts';
import { context, header, section, type View, type ViewBlock, view } from './blocks.ts';
import { digestChart } from './digest-chart.ts';
import { bold, empty, join, long, type Mrkdwn, md } from './escape.ts';
import { journeyLine } from './journey-line.ts';
import { nothingKnownLine, quietWords, silentFeedLine } from './no-alert.ts';
import { clearMark, count, day, dayIn, money } from './words.ts';

const feedsShown = 3;

/** The scheduled summary, at most a screen: what needs attention, what the period brought against others, and what to think about. */
export function digestView(digest: Digest, late: boolean, replies = 0): View<ViewBlock> {
  const title = `Customer journeys, ${dayIn(digest.from, digest.timezone)} to ${dayIn(digest.to, digest.timezone)}`;
  const attention = attentionLine(digest);
  const blocks: ViewBlock[] = [
    header(title),
    section([attention, ...digest.first.map(journeyLine)]),
    ...(digest.nothingKnown ? [] : [section(figures(digest))]),
    ...digestChart(digest),
  ];
  const thoughts = thoughtLines(digest);
  if (thoughts.length > 0) blocks.push(section(thoughts));
  return view(md`${title}: ${attention}`, blocks, [context(footer(digest, late, replies))]);
}

// One that an older version has put into the outbox does not know what was held back.
function attentionLine({ open, muted, held = 0, nothingKnown }: Digest): Mrkdwn {
  if (nothingKnown) return nothingKnownLine;
  const quiet = quietWords({ muted, held });
  if (open.alerts > 0) {
    const needs = bold(count(open.journeys, 'journey needs attention', 'journeys need attention'));
    return md`⚠️ ${needs}, with ${count(open.alerts, 'open alert')}.${quiet.length === 0 ? empty : md` Besides, ${join(quiet, ', and ')}.`}`;
  }
  if (quiet.length > 0) return md`⏸️ ${bold('No open alert,')} but ${join(quiet, ', and ')}.`;
  return md`${clearMark} ${bold('All clear:')} no journey differs from its map.`;
}

/** A line each; of ends, answers and people only where there is, or was, something. */
function figures(digest: Digest): Mrkdwn[] {
  const { counts, wonAmounts, lostAmounts } = digest;
  const against = (of: Count): Mrkdwn => comparison(of, digest);
  const missing = counts.missing.now === 0 ? 'no journey lacks a role' : `${count(counts.missing.now, 'journey lacks', 'journeys lack')} a role`;
  const silent = counts.silent.now === 0 ? 'nobody has gone silent' : `in ${count(counts.silent.now, 'journey')} somebody has gone silent`;
  const people = md`${bold('Whom we miss:')} ${missing}${against(counts.missing)}; ${silent}${against(counts.silent)}`;
  const lines: [Mrkdwn, ...Count[]][] = [
    [md`${bold('Won:')} ${number(counts.won.now)}${sumText(wonAmounts)}${against(counts.won)}`, counts.won],
    [md`${bold('Lost:')} ${number(counts.lost.now)}${sumText(lostAmounts)}${against(counts.lost)}`, counts.lost],
    [md`${bold('Stalled:')} ${count(counts.stalled.now, 'journey')}${against(counts.stalled)}`, counts.stalled],
    [people, counts.missing, counts.silent],
    [md`${bold('Answered late:')} ${count(counts.late.now, 'question')}${against(counts.late)}`, counts.late],
  ];
  return [
    md`${bold('Moved:')} ${count(counts.moved.now, 'stage change')}${against(counts.moved)}`,
    ...lines.flatMap(([line, ...of]) => (of.some(({ now, before, usual }) => now + (before ?? 0) + (usual ?? 0) > 0) ? [line] : [])),
    fateLine(digest.fates, against(counts.opened)),
  ];
}

/** `, 2 more than the week before (usual this quarter: 5)`; nothing where nothing is known of before. */
function comparison({ now, before, usual }: Count, { from, to }: Digest): Mrkdwn {
  if (before === null) return empty;
  const days = Math.round((to - from) / dayMs);
  const than = days >= 6 && days <= 8 ? 'the week before' : `the ${days === 1 ? 'day' : `${days} days`} before`;
  const difference = now === before ? `as in ${than}` : `${number(Math.abs(now - before))} ${now > before ? 'more' : 'fewer'} than ${than}`;
  return md`, ${difference}${usual === null ? empty : md` (usual this quarter: ${number(usual)})`}`;
}

/** Sums by currency: amounts of different ones are never added up. */
const sumText = (sums: Digest['wonAmounts']): Mrkdwn =>
  sums.length === 0
    ? empty
    : md` (${join(
        sums.slice(0, 3).map((sum) => md`${money(sum)}`),
        ' + ',
      )})`;

/** What was told, and what became of it. */
function fateLine(fates: FateCounts, against: Mrkdwn): Mrkdwn {
  if (fates.told === 0) return md`${bold('Alerts:')} none was new${against}`;
  return md`${bold('Alerts:')} ${number(fates.told)} told${against}: ${fatesText(fates)}`;
}

/** `4 acted on, 3 cleared by themselves, 1 ignored`; those that are none are left away. */
export function fatesText(fates: FateCounts): string {
  const parts: [number, string][] = [
    [fates.acted, 'acted on'],
    [fates.cleared, fates.cleared === 1 ? 'cleared by itself' : 'cleared by themselves'],
    [fates.ignored, 'ignored'],
    [fates['not-useful'], 'called not useful'],
    [fates.fresh, 'too new to say'],
  ];
  return parts
    .filter(([many]) => many > 0)
    .map(([many, what]) => `${number(many)} ${what}`)
    .join(', ');
}

/** What the stages say, which rule makes noise, and feeds that are silent. */
function thoughtLines({ friction, noisiest, feeds, stray }: Digest): Mrkdwn[] {
  const lines: Mrkdwn[] = [];
  if (stray.length > 0) lines.push(md`⚠️ This digest asks for ${stray.slice(0, 3).join(', ')}, which the journey map does not have (any more).`);
  if (friction?.slowest != null) {
    const { stage, days, n } = friction.slowest;
    lines.push(md`${bold('Longest stage:')} ${stage}, half of ${number(n)} leave it within ${count(days, 'working day')} (${friction.map})`);
  }
  if (noisiest !== undefined) lines.push(md`${bold('Noisiest rule:')} ${long(suggestionInWords(noisiest)[0] ?? '', 300)}`);
  const forgotten = feeds.flatMap(({ fetched }) => (fetched === undefined ? [] : [fetchedLine(fetched)]));
  const silent = feeds.filter(({ stale }) => stale).map(silentFeedLine);
  return [...lines, ...[...forgotten, ...silent].slice(0, feedsShown)];
}

/** What webhooks did not bring is not lost, but a webhook that brings nothing is worth a look. */
function fetchedLine({ crm, byKind }: NonNullable<Digest['feeds'][number]['fetched']>): Mrkdwn {
  const kinds = Object.entries(byKind);
  const total = kinds.reduce((sum, [, many]) => sum + many, 0);
  const parts = kinds.map(([kind, many]) => md`${count(many, kind, kind === 'person' ? 'people' : `${kind}s`)}`);
  return md`${crm} forgot to tell ${count(total, 'change')} (${join(parts, ', ')}); ${total === 1 ? 'it was' : 'they were'} fetched.`;
}

function footer({ scope, feeds, timezone }: Digest, late: boolean, replies: number): Mrkdwn[] {
  const parts = [scope === '' ? md`All journeys` : md`Only ${scope}`, md`days in ${timezone}`];
  for (const { source, stale, lastReceivedAt } of feeds.slice(0, 5)) {
    if (!stale && lastReceivedAt !== null) parts.push(md`${source} ${day(lastReceivedAt, 'last heard ')}`);
  }
  if (replies > 0) parts.push(md`details in the thread`);
  if (late) parts.push(md`⏰ late: the bot was not running at the hour`);
  return parts;
}

const number = (value: number): string => value.toLocaleString('en');
