import type { KnownBlock } from '@slack/types';
import type { Message } from '../../../core/delivery.ts';
import { alertInWords, alertLines } from './alert-lines.ts';
import { section, sections, type View, view } from './blocks.ts';
import { bold, type Mrkdwn, md } from './escape.ts';
import { type Owner, ownerText } from './owner.ts';
import { andMore } from './words.ts';

type Reply = Extract<Message, { kind: 'reply' }>;

const shown = 5;

const openings: Record<Reply['reason'], string> = { new: 'New', repeat: 'Still open', 'snooze-over': 'Snooze is over' };

/** What changed, in the card's thread; what can be done stands on the card above. */
export function replyView(reply: Reply, owner: Owner): View {
  const alerts = reply.alerts.slice(0, shown);
  const opening = openings[reply.reason];
  const blocks: KnownBlock[] = [section([heading(reply, opening, owner)])];
  for (const alert of alerts) blocks.push(section(alertLines(alert)));
  blocks.push(...sections(andMore(reply.alerts.length - shown, 'on the card above')));
  const [first] = alerts;
  const said =
    first === undefined
      ? md`${opening}: ${reply.journeyName}`
      : md`${opening}: ${reply.journeyName}: ${alertInWords(first)}. Next: ${first.nextStep}`;
  return view(said, blocks);
}

function heading(reply: Reply, opening: string, owner: Owner): Mrkdwn {
  const head = md`${bold(opening)}: ${reply.journeyName}`;
  return reply.notifyOwner ? md`${head} · ${ownerText(owner)}` : head;
}
