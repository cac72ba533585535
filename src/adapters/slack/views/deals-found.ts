import type { Button } from '@slack/types';
import type { DealMatch } from '../../../core/summary.ts';
import { actionIds, writeValue } from '../action-values.ts';
import { button, section, type View, view } from './blocks.ts';
import { bold, type Mrkdwn, md } from './escape.ts';
import { type Purpose, pickButton } from './picker.ts';

type DealsFound = { query: string; isNamed: boolean; deals: readonly DealMatch[] };

/** Accounts are muted, and a deal's name was typed: whose deal it is, with a button for that account. One without an account can be shown, where its alerts are. */
export function dealsFoundView({ query, isNamed, deals }: DealsFound, purpose: Extract<Purpose, { do: 'mute' | 'unmute' }>): View {
  const found = isNamed
    ? md`No account is called “${query}”, but ${deals.length === 1 ? 'a deal is' : 'deals are'}.`
    : md`Nothing is called “${query}”. Did you mean one of these?`;
  const said = md`${found} Accounts are muted, with all of their deals.`;
  return view(said, [section([said]), ...deals.map((match) => section([dealText(match)], dealButton(match, purpose)))]);
}

const dealText = ({ deal, account }: DealMatch): Mrkdwn =>
  account === null
    ? md`${bold(deal.name)} · deal without an account that is known: its alerts can be snoozed, each on its card`
    : md`${bold(deal.name)} · deal of ${bold(account.name)}`;

function dealButton({ deal, account }: DealMatch, purpose: Extract<Purpose, { do: 'mute' | 'unmute' }>): Button | null {
  if (account !== null) return pickButton({ kind: 'account', ...account }, purpose, account.name);
  const value = writeValue({ view: 'deal', kind: 'deal', id: deal.id, replace: true });
  return value === null ? null : button('Show', { id: actionIds.show, value, about: deal.name });
}
