import type { webApi } from '@slack/bolt';
import { messageOf } from '../../../app/errors.ts';
import type { Logger } from '../../../app/ports.ts';
import { bareHome } from '../views/app-home.ts';
import type { View } from '../views/blocks.ts';
import { refusalModal } from '../views/refusals.ts';
import { clickOf } from './click.ts';
import { eventOf } from './request.ts';
import { showForm } from './show-form.ts';

/** Says something to whoever asked where no answer can be posted: on their Home tab, or in a form. A link that was pasted gets nothing. */
export async function sayElsewhere(body: unknown, said: View, { client, logger }: { client: webApi.WebClient; logger: Logger }): Promise<void> {
  const click = clickOf(body);
  const { userId, triggerId } = click;
  try {
    if (triggerId !== '') await showForm(client, click, refusalModal(said));
    else if (userId !== '' && eventOf(body).type === 'app_home_opened') await client.views.publish({ user_id: userId, view: bareHome(said) });
  } catch (error) {
    // People of other organisations have no Home tab of ours.
    logger.warn({ error: messageOf(error) }, 'cannot answer in Slack');
  }
}
