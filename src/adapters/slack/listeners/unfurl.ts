import type { App, webApi } from '@slack/bolt';
import type { LinkUnfurls } from '@slack/types';
import { z } from 'zod';
import { messageOf } from '../../../app/errors.ts';
import type { Logger } from '../../../app/ports.ts';
import type { Links } from '../../../app/use-cases.ts';
import { type Access, showsAmounts, withoutAmounts } from '../../../core/access.ts';
import { unfurlView } from '../views/unfurl.ts';
import { inSight } from './visitor.ts';

type UnfurlOptions = {
  links: Links;
  client: webApi.WebClient;
  access: () => Access;
  /** Which of `channels`, as journey.yml writes them, has this id; null: none. */
  channelAmong: (channels: readonly string[], id: string) => Promise<string | null>;
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
export function listenToLinks(app: App, { links, client, access, channelAmong, logger }: UnfurlOptions): void {
  app.event('link_shared', async ({ body }) => {
    const shared = sharedSchema.safeParse(body).data;
    if (shared === undefined) return;
    try {
      const unfurls = await unfurlsOf(shared);
      if (Object.keys(unfurls).length > 0) await client.chat.unfurl({ ...targetOf(shared), unfurls });
    } catch (error) {
      // Whoever pasted it has its link all the same.
      logger.warn({ error: messageOf(error) }, 'cannot unfurl a link');
    }
  });

  async function unfurlsOf(shared: Shared): Promise<LinkUnfurls> {
    const { event } = shared;
    const urls = [...new Set(event.links.map(({ url }) => url))].slice(0, linksRead);
    const hidesAmounts = isWriting(shared) ? null : !(await amountsShownIn(event.channel ?? ''));
    const unfurls: LinkUnfurls = {};
    for (const url of urls) {
      const summary = await links.summary(url);
      if (summary === null) continue;
      // A message that is being written is seen by its author alone; one that is posted, by the whole channel.
      const seen = hidesAmounts === null ? inSight(summary) : hidesAmounts ? withoutAmounts(summary) : summary;
      unfurls[url] = unfurlView(seen, !isWriting(shared));
    }
    return unfurls;
  }

  async function amountsShownIn(channel: string): Promise<boolean> {
    const { amounts } = access();
    return amounts === null || showsAmounts(access(), (await channelAmong(amounts.channels, channel)) ?? '');
  }
}

const isWriting = ({ event }: Shared): boolean => event.source === 'composer' || event.channel === undefined || event.channel === 'COMPOSER';

function targetOf({ event }: Shared): { unfurl_id: string; source: 'composer' | 'conversations_history' } | { channel: string; ts: string } {
  const { unfurl_id, source, channel = 'COMPOSER', message_ts: ts } = event;
  return unfurl_id !== undefined && (source === 'composer' || source === 'conversations_history') ? { unfurl_id, source } : { channel, ts };
}
