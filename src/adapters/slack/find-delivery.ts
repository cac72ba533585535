import type { webApi } from '@slack/bolt';
import type { Receipt } from '../../core/delivery.ts';
import { type EpochMs, minuteMs } from '../../core/time.ts';

/** What carries a delivery's id through Slack, which has no idempotency key. */
export const deliveryEvent = 'journey_delivery';

/** Slack takes 999, and allows 50 pages a minute. */
const pageSize = 500;
/** Slack's clock and ours may differ. */
const clockSlackMs = 5 * minuteMs;

/** The message with this delivery id, in all of a channel's history since then, or of a thread's. */
export async function findDelivery(
  client: webApi.WebClient,
  deliveryId: string,
  where: { channelId: string; threadTs: string | null; since: EpochMs },
): Promise<Receipt | null> {
  const oldest = ((where.since - clockSlackMs) / 1000).toFixed(6);
  let cursor: string | undefined;
  for (;;) {
    const window = {
      channel: where.channelId,
      oldest,
      inclusive: true,
      limit: pageSize,
      include_all_metadata: true,
      ...(cursor === undefined ? {} : { cursor }),
    };
    const answer =
      where.threadTs === null ? await client.conversations.history(window) : await client.conversations.replies({ ...window, ts: where.threadTs });
    const found = (answer.messages ?? []).find(
      ({ metadata }) => metadata?.event_type === deliveryEvent && idOf(metadata.event_payload) === deliveryId,
    );
    if (found?.ts !== undefined) return { channelId: where.channelId, ts: found.ts, at: Math.round(Number(found.ts) * 1000) };
    cursor = answer.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return null;
  }
}

const idOf = (payload: unknown): unknown => (typeof payload === 'object' && payload !== null && 'delivery' in payload ? payload.delivery : undefined);
