import type { webApi } from '@slack/bolt';
import type { View, ViewBlock } from '../views/blocks.ts';
import { isChart } from '../views/charts.ts';
import { refusalModal } from '../views/refusals.ts';
import type { PublishHome } from './app-home-publishing.ts';
import type { Click } from './click.ts';
import { showForm } from './show-form.ts';

type SayThereOptions = { publishHome: PublishHome; client: webApi.WebClient };

/** Says why nothing came of a click where no answer can be posted: at the top of the Home tab, or on the form that was clicked in. */
export function createSayThere({ publishHome, client }: SayThereOptions): (click: Click, said: View<ViewBlock>) => Promise<void> {
  return async (click, { text, blocks }) => {
    const { userId, formId, home } = click;
    const said: View = { text, blocks: blocks.filter((block) => !isChart(block)) };
    if (formId === null && home !== null) return publishHome({ userId, ...home, notice: said });
    await showForm(client, click, refusalModal(said));
  };
}
