import type { KnownBlock } from '@slack/types';
import { titleOf } from '../../../core/detectors/index.ts';
import type { Digest } from '../../../core/digest.ts';
import { suggestionInWords } from '../../../core/suggestion.ts';
import { context, header, section, sections, type View, view } from './blocks.ts';
import { bold, empty, join, long, type Mrkdwn, md, named } from './escape.ts';
import { journeyLine } from './journey-line.ts';
import { clearMark, count, day, dayIn, money } from './words.ts';

const rulesShown = 6;
const worstShown = 2;
const dealsShown = 5;

/** The scheduled summary: three lines first, then what needs attention, what moved, and what to think about. */
export function digestView(digest: Digest, late: boolean): View {
  const title = `Customer journeys, ${dayIn(digest.from, digest.timezone)} to ${dayIn(digest.to, digest.timezone)}`;
  const attention = attentionLine(digest);
  const summary = [attention, periodLine(digest), outcomeLine(digest)];
  const blocks: KnownBlock[] = [header(title), section(summary)];
  if (digest.attention.length > 0) blocks.push(...sections([bold('Needs attention'), ...digest.attention.slice(0, rulesShown).flatMap(ruleLines)]));
  blocks.push(...moves(digest), ...closed('Won', digest.won), ...closed('Lost', digest.lost), ...thoughts(digest));
  return view(md`${title}: ${attention}`, blocks, [context(footer(digest, late))]);
}

function attentionLine({ open, muted }: Digest): Mrkdwn {
  const held = muted === 0 ? empty : md` ${count(muted, 'journey is', 'journeys are')} muted.`;
  if (open.alerts === 0) return md`${clearMark} ${bold('All clear:')} no journey differs from its map.${held}`;
  return md`⚠️ ${bold(count(open.journeys, 'journey needs', 'journeys need'))} attention, with ${count(open.alerts, 'open alert')}.${held}`;
}

function periodLine({ openedInPeriod, clearedInPeriod, resolvedByHandInPeriod }: Digest): Mrkdwn {
  return md`Alerts: ${openedInPeriod} new, ${clearedInPeriod} cleared, ${resolvedByHandInPeriod} resolved by hand.`;
}

function outcomeLine({ won, lost, moved }: Digest): Mrkdwn {
  const parts = [
    md`${count(won.length, 'deal')} won${sumText(won)}`,
    md`${lost.length} lost${sumText(lost)}`,
    md`${count(moved.length, 'stage change')}`,
  ];
  return md`Journeys: ${join(parts, ', ')}.`;
}

/** Sums by currency: amounts of different ones are never added up. */
function sumText(deals: Digest['won']): Mrkdwn {
  const sums = new Map<string | null, number>();
  for (const { amount } of deals) if (amount !== null) sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.value);
  const parts = [...sums].slice(0, 3).map(([currency, value]) => md`${money({ value, currency })}`);
  return parts.length === 0 ? empty : md` (${join(parts, ' + ')})`;
}

function ruleLines({ headline, count: number, worst }: Digest['attention'][number]): Mrkdwn[] {
  const lines = [md`${bold(`${headline}: ${number.toLocaleString('en')}`)}`, ...worst.slice(0, worstShown).map(journeyLine)];
  if (number > worstShown && worst.length > 0) lines.push(md`• and ${(number - Math.min(worstShown, worst.length)).toLocaleString('en')} more`);
  return lines;
}

function moves({ moved }: Digest): KnownBlock[] {
  if (moved.length === 0) return [];
  const lines = moved.slice(0, dealsShown).map(({ name, url, from, to, at }) => md`• ${named(name, url)}: ${from} → ${to}${day(at, ', ')}`);
  return sections([bold('What moved'), ...lines, ...more(moved.length - dealsShown)]);
}

function closed(title: string, deals: Digest['won']): KnownBlock[] {
  if (deals.length === 0) return [];
  const lines = deals
    .slice(0, dealsShown)
    .map(({ name, url, amount }) => (amount === null ? md`• ${named(name, url)}` : md`• ${named(name, url)}, ${money(amount)}`));
  return sections([bold(title), ...lines, ...more(deals.length - dealsShown)]);
}

/** What the answers to alerts say of the rules, and feeds that are silent. */
function thoughts({ notUsefulByRule, noisiest, feeds }: Digest): KnownBlock[] {
  const noise =
    noisiest === undefined
      ? []
      : [
          md`• ${bold('Noisiest rule:')} ${join(
            suggestionInWords(noisiest).map((line) => long(line, 500)),
            ' ',
          )}`,
        ];
  const others = notUsefulByRule
    .filter(({ rule }) => rule !== noisiest?.rule)
    .slice(0, 3)
    .map(
      ({ rule, count: number }) =>
        md`• “${titleOf(rule)}” was called not useful ${count(number, 'time')}: think about a longer limit for it in journey.yml.`,
    );
  const lines = [...noise, ...others];
  for (const { source, stale, lastReceivedAt, fetched } of feeds) {
    if (fetched !== undefined) lines.push(fetchedLine(fetched));
    if (stale)
      lines.push(
        md`• ⚠️ ${source} ${lastReceivedAt === null ? md`has sent nothing yet` : day(lastReceivedAt, 'has sent nothing since ')}: silence there means nothing.`,
      );
  }
  return lines.length === 0 ? [] : sections([bold('To think about'), ...lines]);
}

/** What webhooks did not bring is not lost, but a webhook that brings nothing is worth a look. */
function fetchedLine({ crm, byKind }: NonNullable<Digest['feeds'][number]['fetched']>): Mrkdwn {
  const kinds = Object.entries(byKind);
  const total = kinds.reduce((sum, [, number]) => sum + number, 0);
  const parts = kinds.map(([kind, number]) => md`${count(number, kind, kind === 'person' ? 'people' : `${kind}s`)}`);
  return md`• ${crm} forgot to tell ${count(total, 'change')} (${join(parts, ', ')}); ${total === 1 ? 'it was' : 'they were'} fetched.`;
}

function footer({ scope, feeds, timezone }: Digest, late: boolean): Mrkdwn[] {
  const parts = [md`${scope === '' ? 'All journeys' : `Only ${scope}`}`, md`days in ${timezone}`];
  for (const { source, stale, lastReceivedAt } of feeds.slice(0, 5)) {
    if (!stale && lastReceivedAt !== null) parts.push(md`${source} ${day(lastReceivedAt, 'last heard ')}`);
  }
  if (late) parts.push(md`⏰ late: the bot was not running at the hour`);
  return parts;
}

const more = (hidden: number): Mrkdwn[] => (hidden > 0 ? [md`• and ${hidden.toLocaleString('en')} more`] : []);
