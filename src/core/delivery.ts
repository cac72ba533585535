import type { Assignment } from './alerts/alert.ts';
import type { CardAlert, CardContent } from './alerts/card.ts';
import type { Mention } from './alerts/whom.ts';
import type { Digest } from './digest/digest.ts';
import { type DigestDetail, namesPeople } from './digest/digest-detail.ts';
import type { Severity } from './journey/journey-map.ts';
import type { EpochMs } from './time.ts';

/** A row of the outbox: one message to one channel. Its id travels in the Slack message's metadata. */
export type Delivery = {
  id: string;
  channel: string;
  message: Message;
  /** Not before this instant (quiet hours, back-off). */
  dueAt: EpochMs;
  createdAt: EpochMs;
  attempts: number;
};

/**
 * What is to be said, as data.
 * - `card`: bring the card to its newest content (post it, or edit it): content is read from the card when sent, so several become one.
 *   `otherwise`: what is said elsewhere where its channel takes no messages.
 * - `reply`: in the card's thread. `broadcast` when the card had been all clear, so that the channel sees it.
 * - `redraw`: edits what a former delivery posted, after something in it was erased. Nothing new is posted.
 * - `digest`: `by`: whose subscription it is, who gets it where its channel takes no messages; `details`: how many replies follow in its thread.
 * - `digest-part`: one of them. `parentId`: the delivery of the digest; where that was said elsewhere, it is said there.
 * - `notice`: `code` are lines to be copied as they are; `ids` are those of Slack's that stand in its words, and are shown as whom or what they mean.
 * - `welcome`: the first words in a channel.
 * - `links`: below somebody's message, what its links to the CRM show. It stands there when it comes here, drawn from the `urls`; `names` and `texts` are all in
 *   it that may name somebody.
 * - `forget-picture`: says nothing; deletes a file that was uploaded.
 * - `overflow`: the day's "and 12 more" message of a channel, edited in place.
 * - `import-summary`: what an import has brought to light, in place of as many cards.
 */
export type Message =
  | { kind: 'card'; cardId: string; otherwise?: { channel: string; reply: Reply } }
  | Reply
  | { kind: 'redraw'; deliveryId: string }
  | { kind: 'overflow'; day: string; cards: CardLine[]; total: number }
  | { kind: 'import-summary'; journeys: number; byRule: { rule: string; headline: string; count: number }[]; worst: CardLine[] }
  | { kind: 'digest'; digestId: string; digest: Digest; late: boolean; by?: string; details?: number }
  | { kind: 'digest-part'; digestId: string; parentId: string; timezone: string; detail: DigestDetail }
  | { kind: 'notice'; severity: Severity; title: string; lines: string[]; code?: string[]; ids?: string[] }
  | { kind: 'welcome'; lines: string[] }
  | { kind: 'links'; urls: string[]; names: { name: string }[]; texts: string[] }
  | { kind: 'forget-picture'; fileId: string };

export type Reply = {
  kind: 'reply';
  cardId: string;
  reason: 'new' | 'repeat' | 'snooze-over' | 'escalated' | 'assigned';
  broadcast: boolean;
  notifyOwner: boolean;
  ownerEmail: string | null;
  /** Whom it mentions beside the owner. */
  mentions?: Mention[];
  journeyName: string;
  alerts: CardAlert[];
  /** Whom an alert was given to: mentioned, once. */
  assigned?: Assignment;
  /** Of a step of a chain: when it came due. */
  escalatedAt?: EpochMs;
  /** Why it is said here: the channel that it was meant for takes no messages, or nobody whom it mentions is in Slack. */
  instead?: { of: string } | { unreached: string[] };
  /** Stands by itself in a channel that has no card: where the card is. */
  cardIn?: string;
};

export type CardLine = {
  journeyId: string;
  name: string;
  url: string | null;
  accountName: string | null;
  headline: string;
  since: EpochMs;
  amount: CardContent['amount'];
  /** Somebody has it, or put it off. */
  standing?: 'taken' | 'snoozed';
};

/** Whether a message can name people: what stands in Slack with a name in it has to be found when its person is erased. */
export function mayNamePeople(message: Message): boolean {
  switch (message.kind) {
    case 'reply':
      return message.alerts.some(({ people }) => people.length > 0);
    case 'overflow':
      return message.cards.length > 0;
    case 'import-summary':
      return message.worst.length > 0;
    case 'digest':
      return message.digest.first.length > 0;
    case 'digest-part':
      return namesPeople(message.detail);
    case 'links':
      return true;
    case 'card':
    case 'redraw':
    case 'notice':
    case 'welcome':
    case 'forget-picture':
      return false;
  }
}

/** Where a message ended up. */
export type Receipt = { channelId: string; ts: string; at: EpochMs };
