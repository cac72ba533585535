import type { KnownBlock } from '@slack/types';
import type { CardAlert } from '../../../core/alerts/card.ts';
import type { Reply } from '../../../core/delivery.ts';
import { alertInWords, alertLines } from './alert-lines.ts';
import { section, sections, type View, view } from './blocks.ts';
import { bold, join, type Mrkdwn, md, person } from './escape.ts';
import { type Owner, othersText, ownerText } from './owner.ts';
import { andMore } from './words.ts';

const shown = 5;

const openings: Record<Reply['reason'], string> = {
  new: 'New',
  repeat: 'Still open',
  'snooze-over': 'Snooze is over',
  escalated: 'Nobody has taken this yet',
  assigned: 'Assigned',
};

/** What changed, in the card's thread; what can be done stands on the card above. */
export function replyView(reply: Reply, owner: Owner): View {
  const alerts = reply.alerts.slice(0, shown).map((alert) => toldBefore(alert, reply));
  const opening = openings[reply.reason];
  const blocks: KnownBlock[] = [section([heading(reply, opening, owner), ...insteadLines(reply)])];
  for (const alert of alerts) blocks.push(section(alertLines(alert)));
  blocks.push(...sections(andMore(reply.alerts.length - shown, reply.cardIn === undefined ? 'on the card above' : `on the card in ${reply.cardIn}`)));
  const [first] = alerts;
  const said =
    first === undefined
      ? md`${opening}: ${reply.journeyName}`
      : md`${opening}: ${reply.journeyName}: ${alertInWords(first)}. Next: ${first.nextStep}`;
  return view(said, blocks);
}

function heading(reply: Reply, opening: string, owner: Owner): Mrkdwn {
  const { assigned } = reply;
  const head =
    assigned === undefined
      ? md`${bold(opening)}: ${reply.journeyName}`
      : md`${person(assigned.to)}, ${person(assigned.by)} gave you this to see to: ${bold(reply.journeyName)}`;
  return join([head, ...(reply.notifyOwner ? [ownerText(owner)] : []), othersText(owner)], ' · ');
}

/** Why it is said here. */
function insteadLines({ instead, cardIn, broadcast }: Reply): Mrkdwn[] {
  const lines: Mrkdwn[] = [];
  if (instead !== undefined && 'of' in instead) lines.push(md`I cannot post in ${instead.of}, so it is said here.`);
  if (instead !== undefined && 'unreached' in instead && (cardIn !== undefined || broadcast)) {
    const whom =
      instead.unreached.length === 0
        ? md`Nobody is named who could be told`
        : md`${join(
            instead.unreached.slice(0, 3).map((email) => md`${email}`),
            ', ',
          )} cannot be told in Slack`;
    lines.push(md`${whom}, so the whole channel is.`);
  }
  if (cardIn !== undefined) lines.push(md`Its card, with the buttons, is in ${cardIn}.`);
  return lines;
}

/** Who was told before this. */
const toldBefore = (alert: CardAlert, { escalatedAt }: Reply): CardAlert =>
  escalatedAt === undefined || alert.told === undefined ? alert : { ...alert, told: alert.told.filter(({ at }) => at < escalatedAt) };
