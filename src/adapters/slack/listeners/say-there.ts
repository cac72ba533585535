import type { webApi } from '@slack/bolt';
import type { View, ViewBlock } from '../views/blocks.ts';
import { isChart } from '../views/charts.ts';
import { refusalModal } from '../views/refusals.ts';
import type { PublishHome } from './app-home-publishing.ts';
import type { Click } from './click.ts';
import { showForm } from './show-form.ts';

type SayThereOptions = { publishHome: PublishHome; client: webApi.WebClient };

/**
 * Says why nothing came of a click or a shortcut where no answer can be posted: at the top of the Home tab, in a form, or, where Slack opens none any more (the bot was
 * slow, or has just started), in a direct message.
 */
export function createSayThere({ publishHome, client }: SayThereOptions): (click: Click, said: View<ViewBlock>) => Promise<void> {
  return async (click, { text, blocks }) => {
    const { userId, formId, home } = click;
    const said: View = { text, blocks: blocks.filter((block) => !isChart(block)) };
    if (formId === null && home !== null) return publishHome({ userId, ...home, notice: said });
    if ((await showForm(client, click, refusalModal(said))) !== null) await client.chat.postMessage({ channel: userId, ...said });
  };
}
