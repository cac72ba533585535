import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import type { HomeAccount, HomeAlert, HomePage, HomeSummary } from '../../../app/home-summary.ts';
import { actionIds } from '../action-values.ts';
import { alertLines } from './alert-lines.ts';
import { type HomePart, type HomeState, withFold, writeHomeState } from './app-home-state.ts';
import { actions, button, context, divider, linkButton, section } from './blocks.ts';
import { bold, join, type Mrkdwn, md, named } from './escape.ts';
import { formButtons } from './form-buttons.ts';
import { limits } from './limits.ts';
import { clearMark, count, day, severityMark } from './words.ts';

/** A part of the Home tab, with a button that folds it in or out. */
export function part(name: HomePart, title: Mrkdwn, state: HomeState, blocks: () => KnownBlock[]): KnownBlock[] {
  const isFolded = state.folded.includes(name);
  const fold = button(isFolded ? 'Show' : 'Hide', {
    id: actionIds.homeGo,
    value: writeHomeState(withFold(state, name)),
    about: title.mrkdwn.replaceAll('*', ''),
  });
  return [divider, section([title], fold), ...(isFolded ? [] : blocks())];
}

export function alertBlocks(alerts: HomeSummary['alerts'], state: HomeState): KnownBlock[] {
  return part('alerts', md`${bold('My alerts')} (${alerts.total.toLocaleString('en')})`, state, () =>
    alerts.rows.length === 0
      ? [section([md`${clearMark} No alert of yours is open.`])]
      : [...alerts.rows.flatMap(oneAlert), ...pager('alerts', alerts, state)],
  );
}

export function accountBlocks(accounts: HomeSummary['accounts'], state: HomeState): KnownBlock[] {
  return part('accounts', md`${bold('My accounts')} (${accounts.total.toLocaleString('en')})`, state, () => [
    ...accounts.rows.map(oneAccount),
    ...(accounts.rows.length === 0 ? [section([md`You own no open deal and no customer account.`])] : pager('accounts', accounts, state)),
  ]);
}

function oneAlert({ alert, accountId, journeyId, name, url }: HomeAlert): KnownBlock[] {
  const acknowledge =
    alert.acknowledged === null
      ? [button('Acknowledge', { id: actionIds.homeAcknowledge, value: alert.id, about: `${alert.headline}, ${name}` })]
      : [];
  const assign = button(alert.assigned === undefined ? 'Assign' : 'Reassign', {
    id: actionIds.assign,
    value: alert.id,
    about: `${alert.headline}, ${name}`,
  });
  const made = [
    ...acknowledge,
    assign,
    showButton(accountId, journeyId, name),
    ...formButtons(accountId, name),
    linkButton('Open in CRM', actionIds.openCrm, url),
  ];
  const buttons: Button[] = made.filter((button) => button !== null);
  return [section([bold(named(name)), ...alertLines(alert)]), ...(buttons.length === 0 ? [] : [actions(buttons)])];
}

function oneAccount({ accountId, journeyId, name, stages, alerts, worst, isTaken, isMuted, isHeld }: HomeAccount): KnownBlock {
  const where = stages.length === 0 ? [] : [md`in ${stages.slice(0, 3).join(', ')}`];
  if (worst === null) {
    const standing = [...(isMuted ? [md`muted`] : []), ...(isHeld ? [md`held back until its CRM sends again`] : [])];
    return section(
      [md`${isMuted ? '🔕' : isHeld ? '⏸️' : clearMark} ${join([bold(named(name)), ...where, ...standing], ' · ')}`],
      showButton(accountId, journeyId, name),
    );
  }
  const more = alerts > 1 ? [md`${count(alerts, 'open alert')}`] : [];
  const mark = isTaken ? '👀' : severityMark[worst.severity];
  const facts = join([bold(named(name)), ...where, ...more], ' · ');
  return section([md`${mark} ${facts}`, md`${worst.headline} ${day(worst.since, 'since ')}`], showButton(accountId, journeyId, name));
}

/** A deal without an account is shown by its journey. */
const showButton = (accountId: string | null, journeyId: string, name: string): Button | null => {
  const value = accountId === null ? journeyId : `account:${accountId}`;
  return value.length > limits.buttonValue ? null : button('Show', { id: actionIds.homeShow, value, about: name });
};

function pager(name: 'alerts' | 'accounts', { page, pages }: HomePage<unknown>, state: HomeState): (KnownBlock | ActionsBlock)[] {
  if (pages <= 1) return [];
  const to = (number: number): string => writeHomeState({ ...state, [name]: number });
  const buttons = [
    ...(page > 1 ? [button('‹ Previous', { id: actionIds.homePrevious, value: to(page - 1), about: `page ${page - 1} of my ${name}` })] : []),
    ...(page < pages ? [button('Next ›', { id: actionIds.homeNext, value: to(page + 1), about: `page ${page + 1} of my ${name}` })] : []),
  ];
  return [actions(buttons), context([md`Page ${page} of ${pages}`])];
}
