import { DeliveryError, type DeliveryFailure } from '../../src/app/errors.ts';
import type { Notifier, RenderedFor } from '../../src/app/notifier.ts';
import type { Clock } from '../../src/app/ports.ts';
import type { CardContent } from '../../src/core/alerts/card.ts';
import type { Message } from '../../src/core/delivery.ts';

export type SlackMessage = {
  channel: string;
  ts: string;
  threadTs: string | null;
  deliveryId: string;
  message: Message;
  /** Of a card: what it shows now. */
  content: CardContent | null;
  edits: number;
};

/** What the fake does with the next call: the error comes before anything happens, or after it has. */
type Trouble = { on: 'post' | 'edit'; channel?: string; failure: DeliveryFailure; arrives?: boolean };

/** Channels in memory, with their history. */
export function createFakeSlack(clock: Clock) {
  const messages: SlackMessage[] = [];
  const calls: string[] = [];
  const strangers = new Set<string>();
  let troubles: Trouble[] = [];
  let clockTicks = 0;

  function trouble(on: Trouble['on'], channel: string): Trouble | undefined {
    const found = troubles.find((one) => one.on === on && (one.channel ?? channel) === channel);
    troubles = troubles.filter((one) => one !== found);
    return found;
  }
  const failed = ({ failure }: Trouble): DeliveryError => new DeliveryError(`Slack says no: ${failure.kind}`, failure);
  const contentOf = ({ card }: RenderedFor): CardContent | null => (card === null ? null : structuredClone(card.content));

  const notifier: Notifier = {
    async post(rendered, { channel, channelId, threadTs }) {
      const name = channelId?.replace(/^C:/, '') ?? channel;
      calls.push(`post ${name} ${rendered.message.kind}`);
      const wrong = trouble('post', name);
      if (wrong !== undefined && wrong.arrives !== true) throw failed(wrong);
      const message = structuredClone(rendered.message);
      const ts = `${++clockTicks}.0`;
      messages.push({
        channel: name,
        ts,
        threadTs,
        deliveryId: rendered.deliveryId,
        message,
        content: message.kind === 'card' ? contentOf(rendered) : null,
        edits: 0,
      });
      if (wrong !== undefined) throw failed(wrong);
      return { channelId: `C:${name}`, ts, at: clock.now() };
    },
    async edit(rendered, { channelId, ts }) {
      const name = channelId.replace(/^C:/, '');
      calls.push(`edit ${name} ${rendered.message.kind}`);
      const wrong = trouble('edit', name);
      if (wrong !== undefined) throw failed(wrong);
      const found = messages.find((message) => message.channel === name && message.ts === ts);
      if (found === undefined) throw new DeliveryError('message_not_found', { kind: 'message-gone' });
      found.message = structuredClone(rendered.message);
      if (rendered.message.kind === 'card') found.content = contentOf(rendered);
      found.edits += 1;
    },
    async forgetPicture(fileId) {
      calls.push(`forget ${fileId}`);
    },
    async knowsAny(emails) {
      return emails.some((email) => !strangers.has(email));
    },
    async find(deliveryId, { channel }) {
      calls.push(`find ${channel}`);
      const found = messages.find((message) => message.deliveryId === deliveryId);
      return found === undefined ? null : { channelId: `C:${found.channel}`, ts: found.ts, at: clock.now() };
    },
  };

  return {
    notifier,
    /** Everything that was asked of Slack, in order: `post #deals card`. */
    calls,
    messages: (channel?: string): SlackMessage[] => messages.filter((message) => channel === undefined || message.channel === channel),
    cards: (channel?: string): SlackMessage[] =>
      messages.filter((message) => message.message.kind === 'card' && (channel === undefined || message.channel === channel)),
    replies: (channel?: string) =>
      messages.flatMap(({ message, channel: name, threadTs }) =>
        message.kind === 'reply' && (channel ?? name) === name ? [{ ...message, threadTs }] : [],
      ),
    goesWrong(...more: Trouble[]): void {
      troubles.push(...more);
    },
    /** Nobody in Slack has these addresses. */
    left(...emails: string[]): void {
      for (const email of emails) strangers.add(email);
    },
    delete(message: SlackMessage): void {
      messages.splice(messages.indexOf(message), 1);
    },
  };
}
