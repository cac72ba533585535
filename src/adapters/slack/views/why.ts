import type { KnownBlock } from '@slack/types';
import type { WhySummary } from '../../../core/summary.ts';
import { alertLine } from './alert-lines.ts';
import { context, section, sections, type View, view } from './blocks.ts';
import { bold, empty, join, type Mrkdwn, md, person } from './escape.ts';
import { clearMark, count, day, moment } from './words.ts';

type Line = WhySummary['lines'][number];

const marks: Record<Line['state'], string> = { found: '⚠️ found', clear: '✓ clear', undecided: '? cannot be judged for want of data', off: '– off' };
/** What speaks comes first, what is switched off last. */
const order: Record<Line['state'], number> = { found: 0, undecided: 1, clear: 2, off: 3 };

/** Which rules were checked, what is held back and why, and when each is next due. */
export function whyView(summary: WhySummary): View {
  const { name, stageLabel, lines, alerts, held, audit, channels } = summary;
  const open = alerts.filter(({ state }) => state !== 'resolved');
  const standing = open.length === 0 ? md`${clearMark} All clear` : md`⚠️ ${count(open.length, 'open alert')}`;
  const place = stageLabel === null ? md`its stage is not on the map` : md`in ${stageLabel}`;
  const blocks: KnownBlock[] = [
    section([md`${bold(name)}, ${place}`, md`${standing} · ${count(lines.filter(({ state }) => state !== 'off').length, 'rule')} checked`]),
    ...sections(open.slice(0, 10).map(alertLine)),
    ...titled('Held back', held.slice(0, 10).map(heldLine)),
    ...titled(
      'Rules',
      lines
        .toSorted((a, b) => order[a.state] - order[b.state])
        .slice(0, 30)
        .map(ruleLine),
    ),
    ...titled('What was done', audit.slice(0, 8).map(auditLine)),
  ];
  return view(md`${name}: ${standing}`, blocks, [context(footer(summary, channels))]);
}

const titled = (title: string, lines: Mrkdwn[]): KnownBlock[] => (lines.length === 0 ? [] : sections([bold(title), ...lines]));

const heldLine = ({ headline, reason, until }: WhySummary['held'][number]): Mrkdwn =>
  until === null ? md`• ${headline}: ${reason}` : md`• ${headline}: ${reason}${moment(until, ', until ')}`;

function ruleLine({ rule, state, explain, recheckAt }: Line): Mrkdwn {
  const next = recheckAt === null || state === 'off' ? empty : moment(recheckAt, '; next due ');
  return md`• ${bold(rule)}: ${marks[state]} · ${explain}${next}`;
}

const auditLine = ({ at, who, what, why }: WhySummary['audit'][number]): Mrkdwn =>
  join([md`• ${moment(at)}`, md`${person(who)}`, why === null ? md`${what}` : md`${what}: ${why}`], ' · ');

function comparedText({ crm, at, fetchedAt }: NonNullable<WhySummary['compared']>): Mrkdwn {
  const last = md`${crm} last compared ${moment(at)}`;
  return fetchedAt === null ? last : md`${last}; what it had not told of this was fetched ${moment(fetchedAt)}`;
}

function footer({ evaluatedAt, recheckAt, compared }: WhySummary, channels: readonly string[]): Mrkdwn[] {
  const parts = [evaluatedAt === null ? md`Not checked yet` : moment(evaluatedAt, 'Checked ')];
  parts.push(recheckAt === null ? md`again when something happens` : md`${day(recheckAt, 'again ')} or when something happens`);
  if (compared !== undefined) parts.push(comparedText(compared));
  if (channels.length > 0)
    parts.push(
      md`tells ${join(
        channels.slice(0, 5).map((channel) => md`${channel}`),
        ', ',
      )}`,
    );
  return parts;
}
