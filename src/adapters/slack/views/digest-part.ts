import type { KnownBlock } from '@slack/types';
import type { Closed, DigestDetail, LateAnswer, Move } from '../../../core/digest/digest-detail.ts';
import { suggestionInWords } from '../../../core/suggestion.ts';
import { context, sections, type View, type ViewBlock, view } from './blocks.ts';
import { fatesText } from './digest.ts';
import { bold, long, type Mrkdwn, md, named } from './escape.ts';
import { journeyLine } from './journey-line.ts';
import { metricsView } from './metrics.ts';
import { count, day, money } from './words.ts';

type Of<Kind extends DigestDetail['kind']> = Extract<DigestDetail, { kind: Kind }>;

/** What follows in a digest's thread, one section a reply. */
export function digestPartView(detail: DigestDetail): View<ViewBlock> {
  switch (detail.kind) {
    case 'moves':
      return partView('What moved', [...moves(detail), ...closed('Won', detail.won), ...closed('Lost', detail.lost)]);
    case 'attention':
      return partView('What needs attention', attention(detail));
    case 'people':
      return partView('Whom we miss, and who had to wait', people(detail));
    case 'alerts':
      return partView('What became of the alerts', alerts(detail), [
        context([md`Acted on: somebody took it, put it off, resolved it, or called it useful. Ignored: nobody did for two working days.`]),
      ]);
    case 'metrics':
      return metricsView(detail.metrics);
  }
}

const partView = (title: string, lines: Mrkdwn[], tail: KnownBlock[] = []): View => view(md`${title}`, sections([bold(title), ...lines]), tail);

function moves({ moved }: Of<'moves'>): Mrkdwn[] {
  if (moved.total === 0) return [];
  return [...moved.shown.map(moveLine), ...rest(moved)];
}

const moveLine = ({ name, url, from, to, at }: Move): Mrkdwn => md`• ${named(name, url)}: ${from} → ${to}${day(at, ', ')}`;

function closed(title: string, deals: { total: number; shown: Closed[] }): Mrkdwn[] {
  if (deals.total === 0) return [];
  const lines = deals.shown.map(({ name, url, amount }) =>
    amount === null ? md`• ${named(name, url)}` : md`• ${named(name, url)}, ${money(amount)}`,
  );
  return [bold(`${title}: ${deals.total.toLocaleString('en')}`), ...lines, ...rest(deals)];
}

function attention({ rules, more }: Of<'attention'>): Mrkdwn[] {
  const lines = rules.flatMap(({ title, count: number, worst }) => [
    bold(`${title}: ${number.toLocaleString('en')}`),
    ...worst.map(journeyLine),
    ...rest({ total: number, shown: worst }),
  ]);
  return more > 0 ? [...lines, md`and ${count(more, 'more rule')}: /journey stalled, /journey gaps, /journey silent`] : lines;
}

function people({ missing, silent, late }: Of<'people'>): Mrkdwn[] {
  const part = <Item>(title: string, list: { total: number; shown: Item[] }, line: (item: Item) => Mrkdwn): Mrkdwn[] =>
    list.total === 0 ? [] : [bold(`${title}: ${list.total.toLocaleString('en')}`), ...list.shown.map(line), ...rest(list)];
  return [
    ...part('Roles that nobody has', missing, journeyLine),
    ...part('Gone silent', silent, journeyLine),
    ...part('Answered late', late, lateLine),
  ];
}

const lateLine = ({ name, url, since, dueAt, answeredAt }: LateAnswer): Mrkdwn =>
  md`• ${bold(named(name, url))}: ${day(since, 'asked ')}, ${day(dueAt, 'due ')}, ${day(answeredAt, 'answered ')}`;

const alerts = ({ rules, noisiest }: Of<'alerts'>): Mrkdwn[] => [
  ...rules.map(({ title, counts }) => md`• ${bold(title)}: ${counts.told} told: ${fatesText(counts)}`),
  ...(noisiest === undefined ? [] : [bold('Noisiest rule'), ...suggestionInWords(noisiest).map((line) => long(line, 500))]),
];

const rest = ({ total, shown }: { total: number; shown: readonly unknown[] }): Mrkdwn[] =>
  total > shown.length ? [md`• and ${(total - shown.length).toLocaleString('en')} more`] : [];
