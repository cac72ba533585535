import type { webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { View } from '../views/blocks.ts';
import { md } from '../views/escape.ts';
import { saidView } from '../views/said.ts';
import { slackErrorCode } from '../web-client.ts';
import type { Click } from './click.ts';

const tooSlow = (): View => saidView(md`ℹ️ That took longer than Slack lets me open a form in. Nothing was changed: please try again.`);

/**
 * Shows a form to whoever clicked: on the form that they clicked in, to which they come back when it closes. Slack lets a click open one within three seconds, and lays
 * three on each other (https://docs.slack.dev/reference/methods/views.push); beyond either, it takes the place of the one clicked in. The answer says why it is not
 * there; null: it is.
 */
export async function showForm(
  client: webApi.WebClient,
  { triggerId, formId }: Pick<Click, 'triggerId' | 'formId'>,
  view: ModalView,
): Promise<View | null> {
  try {
    if (formId === null) await client.views.open({ trigger_id: triggerId, view });
    else await client.views.push({ trigger_id: triggerId, view });
    return null;
  } catch (error) {
    if (!outOfReach.has(slackErrorCode(error) ?? '')) throw error;
    if (formId === null) return tooSlow();
    await client.views.update({ view_id: formId, view });
    return null;
  }
}

/** Draws a form anew; not where somebody has done something else in it meanwhile, or closed it: then it is not wanted any more. Nothing to say of either. */
export async function redrawForm(client: webApi.WebClient, { id, hash }: { id: string; hash?: string }, view: ModalView): Promise<null> {
  try {
    await client.views.update({ view_id: id, view, ...(hash === undefined ? {} : { hash }) });
  } catch (error) {
    if (!outdated.has(slackErrorCode(error) ?? '')) throw error;
  }
  return null;
}

const outdated = new Set(['hash_conflict', 'not_found', 'view_not_found']);
const outOfReach = new Set(['expired_trigger_id', 'push_limit_reached']);
