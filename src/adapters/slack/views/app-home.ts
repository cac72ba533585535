import type { HomeView, KnownBlock } from '@slack/types';
import type { HomeSummary } from '../../../app/home-summary.ts';
import type { EpochMs } from '../../../core/time.ts';
import { actionIds } from '../action-values.ts';
import { digestBlocks } from './app-home-digests.ts';
import { healthBlocks } from './app-home-health.ts';
import { accountBlocks, alertBlocks } from './app-home-lists.ts';
import { firstHome, type HomeState, writeHomeState } from './app-home-state.ts';
import { button, context, divider, section, type View } from './blocks.ts';
import { bold, type Mrkdwn, md } from './escape.ts';
import { allLists, clearMark, count, moment } from './words.ts';

/** What the view needs beside the summary: what was just done or why it was not, and whether Slack takes our calls. */
export type HomeSetting = { state: HomeState; notice: View | null; now: EpochMs; slackWorks: boolean };

/** The Home tab of one person: what needs them, what is theirs, and for admins how the connections are. */
export function appHome(summary: HomeSummary, { state, notice, now, slackWorks }: HomeSetting): HomeView {
  // The pages that are shown, where fewer are left than were asked for.
  const shown: HomeState = { ...state, alerts: summary.alerts.page, accounts: summary.accounts.page };
  const isEmpty = summary.alerts.total === 0 && summary.accounts.total === 0;
  const blocks: KnownBlock[] = [
    section([openingText(summary)], button('Refresh', { id: actionIds.homeGo, value: writeHomeState(shown), about: 'the Home tab' })),
    ...(notice?.blocks ?? []),
    ...(isEmpty ? emptyBlocks(summary.email) : [...alertBlocks(summary.alerts, shown), ...accountBlocks(summary.accounts, shown)]),
    ...digestBlocks(summary.subscriptions, shown, now),
    ...(summary.health === null ? [] : healthBlocks(summary.health, slackWorks, shown)),
    divider,
    context([md`As of ${moment(now)}`, md`/journey help shows all you can ask`, md`accounts are yours by the owner’s e-mail address in the CRM`]),
  ];
  return homeOf(blocks, shown);
}

/** In place of it: a refusal, or what went wrong. */
export const bareHome = ({ blocks }: View): HomeView => homeOf(blocks, firstHome);

const homeOf = (blocks: KnownBlock[], state: HomeState): HomeView => ({ type: 'home', private_metadata: writeHomeState(state), blocks });

function openingText({ email, alerts, accounts }: HomeSummary): Mrkdwn {
  if (email === null) return md`Your Slack profile shows me no e-mail address, so I cannot tell which accounts are yours.`;
  if (alerts.total > 0)
    return md`⚠️ ${bold(count(alerts.total, 'alert of yours is open', 'alerts of yours are open'))}. You own ${count(accounts.total, 'account')}.`;
  const quiet = [
    ...(accounts.rows.some(({ isMuted }) => isMuted) ? ['what is muted'] : []),
    ...(accounts.rows.some(({ isHeld }) => isHeld) ? ['what a silent CRM holds back'] : []),
  ];
  if (quiet.length > 0)
    return md`${quiet.length === 1 && quiet[0] === 'what is muted' ? '🔕' : '⏸️'} No alert of yours is open. You own ${count(accounts.total, 'account')}; ${quiet.join(' and ')} is marked below.`;
  if (accounts.total > 0) return md`${clearMark} ${bold('All clear')} on ${count(accounts.total, 'account')} of yours.`;
  return md`Nothing is yours yet.`;
}

/** What will be here, and what has to happen first. */
function emptyBlocks(email: string | null): KnownBlock[] {
  const address = email === null ? md`your e-mail address` : md`${bold(email)}`;
  return [
    section([
      bold('What will be here'),
      md`• your open alerts: what differs from the journey map, since when, and what to do next`,
      md`• your accounts, those that need you first`,
      md`• your digests`,
    ]),
    section([
      bold('What to do'),
      md`• In the CRM, your deals and accounts need ${address} as their owner. Where it knows you by another name, “owners” in journey.yml says who that is.`,
      md`• Look at any account meanwhile: /journey account and its name, or “Find account” among the shortcuts.`,
      md`• ${allLists} list what needs anybody.`,
    ]),
  ];
}
