import type { KnownBlock } from '@slack/types';
import { context, section, type View, view } from './blocks.ts';
import { bold, join, long, type Mrkdwn, md } from './escape.ts';
import { forEyes } from './filter-hint.ts';

type CommandHelp = { usage: string; does: string; more: string[]; examples: string[] };

const filters = 'Filters: owner:@me owner:@dana segment:enterprise stage:decision map:new-business rule:stalled severity:critical amount:>50000';
const sorting =
  'sort:amount or sort:age; without, the worst first. page:2 for the next ones. One filter twice: either; different ones: all. A value with spaces: stage:"Proof of value".';

/** What can be asked, by its first word, the most useful first. */
const commands = {
  account: {
    usage: 'account NAME',
    does: 'an account: its journeys, people, alerts and last touchpoints',
    more: ['Names may be parts, have typos, or be a web domain. Several that match give a choice.'],
    examples: ['account acme', 'account acme.example'],
  },
  deal: {
    usage: 'deal NAME',
    does: 'one deal',
    more: ['Its stages with days against expected, its people, its alerts.'],
    examples: ['deal acme rollout'],
  },
  path: {
    usage: 'path NAME',
    does: 'the way it really went against the map: in time, late, missing, extra',
    more: ['Stage by stage: working days against expected, how often it came back, which people and moments of truth are missing.'],
    examples: ['path acme rollout'],
  },
  stalled: {
    usage: 'stalled',
    does: 'what has stopped moving: too long in a stage, a question unanswered, a date passed',
    more: [filters, sorting, 'Whoever was heard from and is not any more is in /journey silent.'],
    examples: ['stalled owner:@me', 'stalled segment:enterprise amount:>50k sort:amount'],
  },
  gaps: {
    usage: 'gaps',
    does: 'whom and what we miss: roles, people, material',
    more: [filters, sorting],
    examples: ['gaps stage:decision', 'gaps rule:missing-role owner:@me'],
  },
  silent: {
    usage: 'silent',
    does: 'who was heard from and is not any more',
    more: ['People with a role that matters, customers who do not answer, accounts without any touchpoint.', filters, sorting],
    examples: ['silent owner:@me sort:age'],
  },
  metrics: {
    usage: 'metrics MAP',
    does: 'how many journeys leave each stage, which way and how soon',
    more: [
      'Against the quarter before, each figure with its n and its limits.',
      'segment:enterprise; period:2026-Q3 or period:2026. Without a map: the first one.',
    ],
    examples: ['metrics', 'metrics new-business segment:enterprise', 'metrics period:2026-Q3'],
  },
  why: {
    usage: 'why NAME',
    does: 'which rules were checked, and what is held back',
    more: ['On which values, when each is next due, and what was done so far.'],
    examples: ['why acme rollout'],
  },
  note: {
    usage: 'note NAME mood:-1 "TEXT"',
    does: 'something you heard or did, where the CRM does not know it',
    more: [
      'mood: from -2 to +2. with:priya names the person, type:call what it was.',
      'in: they got in touch; out: we did. Without either it is a note: it answers nobody and counts as no attempt.',
    ],
    examples: ['note acme mood:-1 "They have a new budget owner"', 'note acme in with:priya type:call "Wants the security review first"'],
  },
  mute: {
    usage: 'mute NAME 5bd REASON',
    does: 'no alerts of an account for 5 working days (3d: 3 days; without: until unmuted)',
    more: ['What is true meanwhile is said when the mute is over, if it is still true. The name of a deal finds the account whose it is.'],
    examples: ['mute acme 5bd on holiday', 'mute "Acme GmbH" waits for legal'],
  },
  unmute: { usage: 'unmute NAME', does: 'alerts again', more: [], examples: ['unmute acme'] },
  digest: {
    usage: 'digest',
    does: 'the digest as it would be now, for you alone; with filters',
    more: ['That of this channel where it has one, else of everything.', filters],
    examples: ['digest now', 'digest segment:enterprise'],
  },
  subscribe: {
    usage: 'subscribe',
    does: 'a digest every week, to you or to a channel: your subscriptions, and new ones',
    more: ['You choose the day, the hour and what it is about. Ended and changed in the same place.', filters],
    examples: ['subscribe', 'subscribe owner:@me'],
  },
  review: {
    usage: 'review',
    does: 'what the journey map says and reality does not',
    more: ['/journey review done notes that you have been through it; the next one is due in 90 days.'],
    examples: ['review', 'review done'],
  },
  help: { usage: 'help', does: 'this list; help COMMAND says more of one', more: [], examples: ['help metrics'] },
} satisfies Record<string, CommandHelp>;

export type HelpAbout = keyof typeof commands;

const typed = (text: string): string => `/journey ${text}`;

export function helpView(opening?: Mrkdwn): View {
  const said = opening ?? md`Where customers stand on their journey, and where that differs from the map.`;
  return view(md`${said} Ask /journey account NAME, /journey stalled, /journey gaps, /journey why NAME.`, [section([said]), ...helpBlocks()]);
}

export function helpBlocks(): KnownBlock[] {
  const all: CommandHelp[] = Object.values(commands);
  const lines = [md`${bold('/journey')}: what needs you now`, ...all.map(({ usage, does }) => md`${bold(typed(usage))}: ${does}`)];
  return [section([...lines, md`Names may be parts, have typos, or be a web domain. Only you see the answers.`])];
}

/** One command in detail. `amounts`: whoever reads it may see them. */
export function commandHelpView(about: HelpAbout, opening?: Mrkdwn, amounts = true): View {
  const { usage, does, more, examples }: CommandHelp = commands[about];
  const head = md`${bold(typed(usage))}: ${does}`;
  const said = opening === undefined ? head : md`${opening} ${head}`;
  const lines = more.map((line) => md`• ${long(forEyes(line, amounts), 300)}`);
  return view(said, [
    section([...(opening === undefined ? [] : [opening]), head, ...lines]),
    context([
      md`For example: ${join(
        examples.map((example) => bold(typed(forEyes(example, amounts)))),
        ' · ',
      )}`,
    ]),
  ]);
}
