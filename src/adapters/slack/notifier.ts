import type { webApi } from '@slack/bolt';
import { DeliveryError, messageOf } from '../../app/errors.ts';
import type { Notifier, PostTarget, RenderedFor } from '../../app/notifier.ts';
import type { Clock, Logger } from '../../app/ports.ts';
import type { ChannelDirectory } from './channel-directory.ts';
import { isTokenFailure, toDeliveryError } from './delivery-failure.ts';
import type { DrawLinks } from './draw-links.ts';
import { deliveryEvent, findDelivery } from './find-delivery.ts';
import type { People } from './people.ts';
import type { Show } from './pictures/show.ts';
import { gone } from './pictures/uploads.ts';
import { renderMessage } from './render-message.ts';
import type { View, ViewBlock } from './views/blocks.ts';
import type { Owner } from './views/owner.ts';
import { slackErrorCode } from './web-client.ts';
import { createWhomToMention } from './whom-to-mention.ts';

type NotifierOptions = {
  /** Never retries and never waits: the outbox does. */
  client: webApi.WebClient;
  directory: ChannelDirectory;
  people: People;
  show: Pick<Show, 'whole'>;
  drawLinks: Pick<DrawLinks, 'redraw'>;
  clock: Clock;
  logger: Logger;
  /** Whether Slack takes our calls, after each. */
  onSending: (works: boolean) => void;
};

/** Posts, edits and finds messages; every failure is a DeliveryError that says what may be done about it. */
export function createNotifier({ client, directory, people, show, drawLinks, clock, logger, onSending }: NotifierOptions): Notifier {
  const whomToMention = createWhomToMention({ people, clock, logger });
  /** Why Slack refuses the token; null: it takes our calls. */
  let refusal: string | null = null;

  async function channelIdOf({ channel, channelId }: Pick<PostTarget, 'channel' | 'channelId'>): Promise<string> {
    const id = channelId ?? (await directory.idOf(channel));
    if (id === null) throw new DeliveryError(`Slack shows no channel ${channel}`, { kind: 'channel', code: 'channel_not_found' });
    return id;
  }

  /** A channel that was archived or deleted, and made again under its name, has another id now; then there. */
  async function whereItIsNow<Result>(channel: string | undefined, id: string, ask: (id: string) => Promise<Result>): Promise<Result> {
    try {
      return await ask(id);
    } catch (error) {
      const code = slackErrorCode(error);
      if (channel === undefined || code === null || !channelIsNoMore.has(code)) throw error;
      const other = await directory.otherIdOf(channel, id).catch(() => null);
      if (other === null) throw error;
      return ask(other);
    }
  }

  /** A public channel that the bot has been removed from, or was never in, is joined on the way. */
  async function joining<Result>(channelId: string, ask: () => Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      if (slackErrorCode(error) !== 'not_in_channel') throw error;
      try {
        await client.conversations.join({ channel: channelId });
      } catch {
        throw error;
      }
      return ask();
    }
  }

  async function guarded<Result>(call: () => Promise<Result>): Promise<Result> {
    try {
      const result = await call();
      onSending(true);
      refusal = null;
      return result;
    } catch (error) {
      const code = slackErrorCode(error);
      if (isTokenFailure(code)) {
        onSending(false);
        // Every message that waits meets the same.
        if (code !== refusal) logger.error({ code }, 'Slack refuses the bot token: nothing can be posted until the app is installed again');
        refusal = code;
      }
      throw toDeliveryError(error);
    }
  }

  return {
    post: (message, at) =>
      guarded(async () => {
        const said = draw(message, await whomToMention(message, at.since));
        const channelId = await beforeSending(() => channelIdOf(at));
        const broadcast = message.message.kind === 'reply' && message.message.broadcast;
        const thread = at.threadTs === null ? {} : { thread_ts: at.threadTs, reply_broadcast: broadcast };
        const answer = await whereItIsNow(at.channel, channelId, (channel) => {
          if (at.threadTs !== null && channel !== channelId) throw goneWithItsChannel();
          const post = (shown: View<ViewBlock>): Promise<webApi.ChatPostMessageResponse> =>
            client.apiCall('chat.postMessage', {
              channel,
              ...contentOf(shown),
              unfurl_links: false,
              unfurl_media: false,
              metadata: { event_type: deliveryEvent, event_payload: { delivery: message.deliveryId } },
              ...thread,
            });
          return show.whole(said, (shown) => joining(channel, () => post(shown)));
        });
        if (answer.ts === undefined) throw new DeliveryError('Slack answered without a ts', { kind: 'ambiguous' });
        return { channelId: answer.channel ?? channelId, ts: answer.ts, at: clock.now() };
      }),

    edit: (message, { channelId, ts }) =>
      guarded(async () => {
        if (message.message.kind === 'links') return drawLinks.redraw(message.message.urls, { channelId, ts });
        const said = draw(message, await whomToMention(message, null));
        try {
          await whereItIsNow(message.card?.channel, channelId, (channel) => {
            if (channel !== channelId) throw goneWithItsChannel();
            return show.whole(said, (shown) => joining(channel, () => client.apiCall('chat.update', { channel, ts, ...contentOf(shown) })));
          });
        } catch (error) {
          const failure = toDeliveryError(error);
          // Editing twice is editing once: no need to look whether it arrived.
          throw failure.failure.kind === 'ambiguous'
            ? new DeliveryError(failure.message, { kind: 'retry', retryAfterMs: null }, { cause: error })
            : error;
        }
      }),

    find: (deliveryId, at) =>
      guarded(async () => {
        const channelId = await beforeSending(() => channelIdOf(at));
        try {
          return await whereItIsNow(at.channel, channelId, (channel) =>
            joining(channel, () => findDelivery(client, deliveryId, { channelId: channel, threadTs: at.threadTs, since: at.since })),
          );
        } catch (error) {
          // The thread is gone, and with it what was said in it.
          if (slackErrorCode(error) === 'thread_not_found') return null;
          throw error;
        }
      }),

    forgetPicture: (fileId) =>
      guarded(async () => {
        try {
          await client.files.delete({ file: fileId });
        } catch (error) {
          if (!gone.has(slackErrorCode(error) ?? '')) throw error;
        }
      }),

    knowsAny: (emails) =>
      beforeSending(async () => {
        for (const email of emails) if ((await people.idByEmail(email)) !== null) return true;
        return false;
      }),
  };
}

/** `is_inactive`: what chat.update says of an archived one. */
const channelIsNoMore = new Set(['channel_not_found', 'is_archived', 'is_inactive']);

/** What stood in a channel that is no more: its news are said in the one that took its name. */
const goneWithItsChannel = () => new DeliveryError('its channel was made anew', { kind: 'message-gone' });

/** What cannot be drawn has not been sent, and would not be drawn the next time either. */
function draw(message: RenderedFor, owner: Owner): View<ViewBlock> {
  try {
    return renderMessage(message, owner);
  } catch (error) {
    if (error instanceof DeliveryError) throw error;
    throw new DeliveryError(
      `a ${message.message.kind} cannot be drawn: ${messageOf(error)}`,
      { kind: 'content', code: 'not_drawn' },
      { cause: error },
    );
  }
}

/**
 * Both, always: an edit with `text` alone takes the blocks away. `parse: none`: nothing in `text` becomes a link or a mention by itself. Blocks are the JSON text
 * that is sent anyway: lists the client copies piece by piece, for a log that we do not keep.
 */
const contentOf = ({ text, blocks }: View<ViewBlock>) => ({ text, blocks: JSON.stringify(blocks), parse: 'none', link_names: false }) as const;

/** What fails here has sent nothing yet, however it failed. */
async function beforeSending<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    const failure = toDeliveryError(error);
    if (failure.failure.kind !== 'ambiguous') throw error;
    throw new DeliveryError(failure.message, { kind: 'retry', retryAfterMs: null }, { cause: error });
  }
}
