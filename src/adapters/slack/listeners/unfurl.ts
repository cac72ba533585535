import type { App, webApi } from '@slack/bolt';
import { z } from 'zod';
import { messageOf } from '../../../app/errors.ts';
import type { Logger } from '../../../app/ports.ts';
import type { Links } from '../../../app/use-cases.ts';
import type { DrawLinks } from '../draw-links.ts';

type UnfurlOptions = {
  links: Pick<Links, 'noteShown'>;
  drawLinks: Pick<DrawLinks, 'draw'>;
  client: webApi.WebClient;
  logger: Logger;
};

/** What a message says beyond these many links is not read. */
const linksRead = 10;

/** While a message is being written, `channel` is `COMPOSER`, or not there. */
const sharedSchema = z.object({
  event: z.object({
    channel: z.string().optional(),
    message_ts: z.string(),
    unfurl_id: z.string().optional(),
    source: z.string().optional(),
    links: z.array(z.object({ url: z.string() })),
  }),
});
type Shared = z.output<typeof sharedSchema>;

/** Links to the CRM that somebody pastes: each shows its account below the message, where the bot knows it. In which channels is asked before (admission). */
export function listenToLinks(app: App, { links, drawLinks, client, logger }: UnfurlOptions): void {
  app.event('link_shared', async ({ body }) => {
    const shared = sharedSchema.safeParse(body).data;
    if (shared === undefined) return;
    try {
      await show(shared);
    } catch (error) {
      // Whoever pasted it has its link all the same.
      logger.warn({ error: messageOf(error) }, 'cannot unfurl a link');
    }
  });

  async function show(shared: Shared): Promise<void> {
    const { event } = shared;
    const urls = [...new Set(event.links.map(({ url }) => url))].slice(0, linksRead);
    // A message that is being written is seen by its author alone; one that is posted, by the whole channel.
    const channelId = isWriting(shared) ? null : (event.channel ?? '');
    const { unfurls, shown } = await drawLinks.draw(urls, channelId);
    if (shown.size === 0) return;
    if (channelId !== null) await links.noteShown({ channelId, ts: event.message_ts }, shown);
    await client.chat.unfurl({ ...targetOf(shared), unfurls });
  }
}

const isWriting = ({ event }: Shared): boolean => event.source === 'composer' || event.channel === undefined || event.channel === 'COMPOSER';

function targetOf({ event }: Shared): { unfurl_id: string; source: 'composer' | 'conversations_history' } | { channel: string; ts: string } {
  const { unfurl_id, source, channel = 'COMPOSER', message_ts: ts } = event;
  return unfurl_id !== undefined && (source === 'composer' || source === 'conversations_history') ? { unfurl_id, source } : { channel, ts };
}
