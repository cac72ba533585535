import type { Card } from '../core/alerts/card.ts';
import type { Message, Receipt } from '../core/delivery.ts';
import type { EpochMs } from '../core/time.ts';

/** Says one message in one channel. Knows Slack's client, views and names; decides nothing. */
export type Notifier = {
  /** Posts. @throws DeliveryError */
  post(message: RenderedFor, at: PostTarget): Promise<Receipt>;
  /** Edits what stands at `receipt`. @throws DeliveryError */
  edit(message: RenderedFor, receipt: Pick<Receipt, 'channelId' | 'ts'>): Promise<void>;
  /** Looks for a message that carries this delivery id, in the channel's (or thread's) recent history. */
  find(deliveryId: string, at: PostTarget): Promise<Receipt | null>;
  /** Deletes a picture that was uploaded; also done where it is gone. @throws DeliveryError */
  forgetPicture(fileId: string): Promise<void>;
  /** Whether one of the e-mail addresses belongs to somebody in Slack. @throws DeliveryError when Slack cannot be asked */
  knowsAny(emails: readonly string[]): Promise<boolean>;
};

/** A message with what it needs to be drawn: a card brings its newest content. */
export type RenderedFor = { deliveryId: string; message: Message; card: Card | null };
export type PostTarget = { channel: string; threadTs: string | null; channelId: string | null; since: EpochMs };
