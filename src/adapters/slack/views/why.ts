import type { KnownBlock } from '@slack/types';
import type { ChainLine, ChainStep } from '../../../core/alerts/chain-line.ts';
import type { WhySummary } from '../../../core/summary.ts';
import { alertLine } from './alert-lines.ts';
import { context, section, sections, type View, view } from './blocks.ts';
import { bold, codeSpan, empty, join, long, type Mrkdwn, md, person } from './escape.ts';
import { clearMark, count, day, moment } from './words.ts';

/** What was learned takes more words than a fixed number. */
const explainRoom = 400;

type Line = WhySummary['lines'][number];

const marks: Record<Line['state'], string> = { found: '⚠️ found', clear: '✓ clear', undecided: '? cannot be judged for want of data', off: '– off' };
/** What speaks comes first, what is switched off last. */
const order: Record<Line['state'], number> = { found: 0, undecided: 1, clear: 2, off: 3 };

/** Which rules were checked, what is held back and why, and when each is next due. */
export function whyView(summary: WhySummary): View {
  const { name, stageLabel, others, lines, alerts, held, audit, channels } = summary;
  const open = alerts.filter(({ state }) => state !== 'resolved');
  const wrong = open.filter(({ goodNews }) => !goodNews).length;
  const standing =
    wrong > 0
      ? md`⚠️ ${count(wrong, 'open alert')}`
      : held.length > 0
        ? md`No open alert, ${held.length} held back`
        : summary.offMap
          ? md`No open alert, stage not on the map`
          : md`${clearMark} All clear`;
  const place = join(
    [stageLabel === null ? md`its stage is not on the map` : md`in ${stageLabel}`, ...(others === undefined ? [] : [md`${others.mapLabel}`])],
    ' · ',
  );
  const blocks: KnownBlock[] = [
    section([md`${bold(name)}, ${place}`, md`${standing} · ${count(lines.filter(({ state }) => state !== 'off').length, 'rule')} checked`]),
    ...(others === undefined
      ? []
      : [
          context([
            md`${count(others.journeys, 'other journey')} of this account ${others.journeys === 1 ? 'is' : 'are'} open: /journey account and its name has them all, each with its own Why?`,
          ]),
        ]),
    ...sections(open.slice(0, 10).map(alertLine)),
    ...titled('Held back', held.slice(0, 10).map(heldLine)),
    ...titled('While nobody takes it', (summary.chains ?? []).slice(0, 5).flatMap(chainLines)),
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

/** The chain of an alert: what was said, and what is still to come. */
function chainLines({ headline, state, by, steps }: ChainLine): Mrkdwn[] {
  const standing = {
    'goes-on': empty,
    waits: md`: waits until it is said, or no longer held back`,
    stopped: by === null ? md`: stopped` : md`: stopped, ${person(by)} has seen it`,
    done: md`: all said`,
  }[state];
  return [md`• ${headline}${standing}`, ...steps.map((step) => stepLine(step, state === 'stopped'))];
}

function stepLine({ wait, channel, notify, emails, state, at, saidIn }: ChainStep, stopped: boolean): Mrkdwn {
  const whom = notify.length === 0 ? empty : md`${notify.join(' and ')} (${emails.length === 0 ? 'nobody is known' : emails.join(', ')}) in `;
  const what = md`after ${wait}: ${whom}${channel}`;
  switch (state) {
    case 'said':
      return md`    ✓ ${what}${saidIn === undefined ? empty : md`, which takes no messages: said in ${saidIn} instead`}${at === null ? empty : moment(at, saidIn === undefined ? ', said ' : ', ')}`;
    case 'passed-over':
      return md`    – ${what}, passed over: it came due while the bot was not running`;
    case 'next':
      return md`    ${stopped ? '–' : '→'} ${what}${at === null ? empty : moment(at, ', due ')}`;
    case 'later':
      return md`    ${stopped ? '–' : '·'} ${what}`;
  }
}

/** As people read it everywhere else; beside it the key that journey.yml calls it by. */
function ruleLine({ rule, title, state, explain, recheckAt }: Line): Mrkdwn {
  const next = recheckAt === null || state === 'off' ? empty : moment(recheckAt, '; next due ');
  return md`• ${bold(title)} ${codeSpan(rule)}: ${marks[state]} · ${long(explain, explainRoom)}${next}`;
}

const auditLine = ({ at, who, what, why }: WhySummary['audit'][number]): Mrkdwn =>
  join([md`• ${moment(at)}`, md`${person(who)}`, deedText(what, why)], ' · ');

function deedText(what: string, why: string | null): Mrkdwn {
  if (why === null) return md`${what}`;
  if (what === 'assigned') return md`assigned to ${person(why.replace(/^to /, ''))}`;
  const [, until] = /^until (\d{4}-\d\d-\d\dT.+Z)$/.exec(why) ?? [];
  return until === undefined ? md`${what}: ${why}` : moment(Date.parse(until), `${what} until `);
}

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
