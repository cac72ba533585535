import type { MessageAttachment } from '@slack/types';
import type { LinkSummary } from '../../../core/summary.ts';
import { actionIds, writeValue } from '../action-values.ts';
import { briefBlocks, briefText } from './account-brief.ts';
import { actions, button, section } from './blocks.ts';
import { md } from './escape.ts';

const room = { journeys: 2, alerts: 3 };

/** What a link to a record unfurls into. `withButtons`: not while it is only being written. */
export function unfurlView(summary: LinkSummary, withButtons: boolean): MessageAttachment {
  const show = withButtons ? showButton(summary) : null;
  return { fallback: briefText(summary).mrkdwn, blocks: [...briefBlocks(summary, room), ...(show === null ? [] : [actions([show])])] };
}

/** Of a record that was known when its link was pasted, and is not any more. */
export function unknownLink(): MessageAttachment {
  const said = md`Nothing is known of it any more: merged, deleted or erased in the CRM.`;
  return { fallback: said.mrkdwn, blocks: [section([said])] };
}

/** Only whoever clicks sees the answer. */
function showButton({ account, journeys }: LinkSummary) {
  const [journey] = journeys;
  const asked =
    account === null ? { kind: 'deal' as const, id: journey?.journeyId.slice('deal:'.length) ?? '' } : { kind: 'account' as const, id: account.id };
  const value = writeValue({ view: asked.kind, ...asked });
  return value === null ? null : button('Show all', { id: actionIds.show, value, about: account?.name ?? journey?.name ?? '' });
}
