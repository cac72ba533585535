import type { KnownBlock } from '@slack/types';
import type { FeedHealth, HomeHealth } from '../../../app/home-summary.ts';
import { sourceTitle } from '../../../core/journey/signal.ts';
import { part } from './app-home-lists.ts';
import type { HomeState } from './app-home-state.ts';
import { section, sections } from './blocks.ts';
import { bold, join, type Mrkdwn, md } from './escape.ts';
import { clearMark, count, moment } from './words.ts';

/** How the bot's connections are: for admins, with what to do where something is wrong. */
export function healthBlocks(health: HomeHealth, slackWorks: boolean, state: HomeState): KnownBlock[] {
  const { store, inbox, outbox, feeds } = health;
  const isWell = store && slackWorks && outbox.failed === 0 && feeds.every(isFine);
  return part('health', md`${bold('Connections')}: ${isWell ? md`${clearMark} all work` : md`⚠️ look here`}`, state, () => [
    section([
      md`${store ? clearMark : '⚠️'} ${bold('Store')}: ${store ? 'works' : 'does not answer'}`,
      md`${slackWorks ? clearMark : '⚠️'} ${bold('Slack')}: ${slackWorks ? 'connected' : 'does not take our calls; see the log'}`,
      md`${bold('Waiting')}: ${count(inbox.pending, 'webhook body', 'webhook bodies')}${inbox.oldestReceivedAt === null || inbox.pending === 0 ? '' : moment(inbox.oldestReceivedAt, ', the oldest since ')}; ${count(outbox.pending, 'message')} to Slack${outbox.failed === 0 ? '' : `, and ${outbox.failed.toLocaleString('en')} that could not be sent`}`,
    ]),
    ...(feeds.length === 0 ? [section([md`⚠️ No CRM is connected, and none has sent anything.`])] : sections(feeds.map(feedLine))),
  ]);
}

const isFine = ({ isStale, dead, unknown, lastReceivedAt }: FeedHealth): boolean =>
  !isStale && dead === 0 && unknown === 0 && lastReceivedAt !== null;

function feedLine(feed: FeedHealth): Mrkdwn {
  const { source, lastReceivedAt, isStale, comparedAt, pending, dead, unknown } = feed;
  const heard = lastReceivedAt === null ? md`nothing has come in yet` : md`${moment(lastReceivedAt, 'last heard ')}`;
  const facts = [isStale ? md`${heard}: it has gone quiet, check its webhook` : heard];
  if (comparedAt !== null) facts.push(moment(comparedAt, 'compared '));
  if (pending > 0) facts.push(md`${count(pending, 'body', 'bodies')} waiting`);
  if (dead > 0) facts.push(md`${count(dead, 'dead letter')}: journey dead-letters`);
  if (unknown > 0) facts.push(md`${count(unknown, 'value')} that the map does not know: journey quarantine`);
  return md`${isFine(feed) ? clearMark : '⚠️'} ${bold(sourceTitle(source))}: ${join(facts, ' · ')}`;
}
