import type { webApi } from '@slack/bolt';
import type { LinkUnfurls } from '@slack/types';
import type { Links } from '../../app/use-cases.ts';
import { type Access, showsAmounts, withoutAmounts } from '../../core/access.ts';
import type { LinkSummary } from '../../core/summary.ts';
import { inSight } from './listeners/visitor.ts';
import { unfurlView, unknownLink } from './views/unfurl.ts';

type DrawLinksOptions = {
  links: Pick<Links, 'summary'>;
  access: () => Access;
  /** Which of `channels`, as journey.yml writes them, has this id; null: none. */
  channelAmong: (channels: readonly string[], id: string) => Promise<string | null>;
  client: webApi.WebClient;
};

/** Those that show something. */
export type DrawnLinks = { unfurls: LinkUnfurls; shown: Map<string, LinkSummary> };

export type DrawLinks = {
  /** As much as everybody may see who reads it there; `channel` null: only whoever writes it does, and it has no buttons. */
  draw(urls: readonly string[], channel: string | null): Promise<DrawnLinks>;
  /** What stands below a message already, as it is known now. */
  redraw(urls: readonly string[], at: { channelId: string; ts: string }): Promise<void>;
};

/** Links to the CRM as what shows below the message that they stand in. */
export function createDrawLinks({ links, access, channelAmong, client }: DrawLinksOptions): DrawLinks {
  return {
    draw,
    async redraw(urls, { channelId, ts }) {
      const { unfurls } = await draw(urls, channelId);
      await client.chat.unfurl({ channel: channelId, ts, unfurls: Object.fromEntries(urls.map((url) => [url, unfurls[url] ?? unknownLink()])) });
    },
  };

  async function draw(urls: readonly string[], channel: string | null): Promise<DrawnLinks> {
    const hidesAmounts = channel === null ? null : !(await amountsShownIn(channel));
    const unfurls: LinkUnfurls = {};
    const shown = new Map<string, LinkSummary>();
    for (const url of urls) {
      const summary = await links.summary(url);
      if (summary === null) continue;
      const seen = hidesAmounts === null ? inSight(summary) : hidesAmounts ? withoutAmounts(summary) : summary;
      unfurls[url] = unfurlView(seen, channel !== null);
      shown.set(url, seen);
    }
    return { unfurls, shown };
  }

  async function amountsShownIn(channel: string): Promise<boolean> {
    const { amounts } = access();
    return amounts === null || showsAmounts(access(), (await channelAmong(amounts.channels, channel)) ?? '');
  }
}
