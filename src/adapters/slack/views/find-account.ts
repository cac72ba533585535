import type { KnownBlock, ModalView } from '@slack/types';
import type { AccountSummary, DealSummary, LinkSummary } from '../../../core/summary.ts';
import type { EpochMs } from '../../../core/time.ts';
import { actionIds, formIds } from '../action-values.ts';
import { briefBlocks } from './account-brief.ts';
import { accountSearch } from './account-search.ts';
import { type HomeState, writeHomeState } from './app-home-state.ts';
import { actions, divider, plainText, section, sections } from './blocks.ts';
import { bold, join, type Mrkdwn, md } from './escape.ts';
import { formButtons } from './form-buttons.ts';
import { healthBlocks } from './health.ts';
import { limits } from './limits.ts';
import { touchpointBlocks } from './touchpoints.ts';
import { andMore, elapsed } from './words.ts';

const room = { journeys: 4, alerts: 8 };
const peopleShown = 8;

/** An account, or a deal that belongs to none. */
export type ShownInForm = LinkSummary & Pick<AccountSummary, 'health' | 'committee' | 'touchpoints'>;

export const dealInForm = ({ journey, committee, touchpoints }: DealSummary): ShownInForm => ({
  account: null,
  mute: null,
  journeys: [journey],
  committee,
  touchpoints,
});

/** Finds an account by its name, and shows the one that is picked below. `found` null: none is picked yet. */
export function findAccountModal(found: ShownInForm | 'gone' | null, now: EpochMs): ModalView {
  return modal('Find account', [searchBlock, ...(found === null ? [hint] : found === 'gone' ? [gone] : [divider, ...accountBlocks(found, now)])]);
}

/** One account, from the Home tab, which is drawn anew when something was done. */
export const accountModal = (found: ShownInForm | 'gone', now: EpochMs, home: HomeState): ModalView => ({
  ...modal('Account', found === 'gone' ? [gone] : accountBlocks(found, now)),
  private_metadata: writeHomeState(home),
});

const hint = section([md`Part of the name or the web domain is enough.`]);
const gone = section([md`This is not known any more: it may have been merged or deleted in the CRM.`]);

const searchBlock = accountSearch('Which account?', actionIds.pickAccount);

/** As in the answer to `/journey account`, but without a table, which forms do not show. */
function accountBlocks(summary: ShownInForm, now: EpochMs): KnownBlock[] {
  const buttons = formButtons(summary.account?.id ?? null, summary.account?.name ?? '');
  return [
    ...briefBlocks(summary, room),
    ...healthBlocks(summary.health),
    ...peopleBlocks(summary.committee, now),
    ...touchpointBlocks(summary.touchpoints),
    ...(buttons.length === 0 ? [] : [actions(buttons)]),
  ];
}

function peopleBlocks(committee: AccountSummary['committee'], now: EpochMs): KnownBlock[] {
  const shown = committee.toSorted((a, b) => Number(b.roles.length > 0) - Number(a.roles.length > 0)).slice(0, peopleShown);
  const lines = shown.map(({ name, title, roles, lastHeardAt }) => {
    const facts: Mrkdwn[] = [bold(name), ...(title === null ? [] : [md`${title}`])];
    facts.push(roles.length === 0 ? md`no role set` : md`${roles.map(({ label }) => label).join(', ')}`);
    facts.push(lastHeardAt === null ? md`never heard` : md`heard ${elapsed(lastHeardAt, now)}`);
    return md`• ${join(facts, ' · ')}`;
  });
  return sections([
    bold('Buying committee'),
    ...(lines.length === 0 ? [md`nobody known yet`] : lines),
    ...andMore(committee.length - shown.length, '/journey account and its name'),
  ]);
}

const modal = (title: string, blocks: KnownBlock[]): ModalView => ({
  type: 'modal',
  callback_id: formIds.findAccount,
  title: plainText(title, limits.modalTitle),
  close: plainText('Close', limits.modalButton),
  blocks,
});
