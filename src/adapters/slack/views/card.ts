import type { KnownBlock } from '@slack/types';
import type { CardAlert, CardContent } from '../../../core/alerts/card.ts';
import { calendarDay } from '../../../core/calendar-day.ts';
import { type Severity, severities } from '../../../core/journey/journey-map.ts';
import { crmNameOf } from '../../../core/journey/signal.ts';
import { actionIds } from '../action-values.ts';
import { acknowledgeAll, alertButtons } from './alert-buttons.ts';
import { alertInWords, alertLine, alertLines, evidenceParts } from './alert-lines.ts';
import { actions, context, divider, linkButton, section, sections, type View, view } from './blocks.ts';
import { bold, join, type Mrkdwn, md, named } from './escape.ts';
import { type Owner, othersText, ownerText } from './owner.ts';
import { andMore, clearMark, count, day, goodNewsMark, money, nextStepText, severityMark } from './words.ts';

/** More than these, and a card is a wall that people scroll past. */
const shownInFull = 3;
const shownAtAll = 8;
const resolvedShown = 5;

/** The one message about one journey: the worst first; green, and without a mention, when nothing needs doing. */
export function cardView(content: CardContent, owner: Owner): View {
  return content.state === 'clear' ? clearCard(content) : activeCard(content, owner);
}

function activeCard(content: CardContent, owner: Owner): View {
  const open = content.alerts.filter((alert) => alert.state !== 'resolved');
  const resolved = content.alerts.filter((alert) => alert.state === 'resolved').slice(0, resolvedShown);
  const head = [
    md`${open.every(({ goodNews }) => goodNews) ? goodNewsMark : severityMark[worst(open)]} ${title(content)}`,
    // A feed is nobody's and leads nowhere.
    ...(content.kind === 'feed' ? [] : [placeLine(content), join([nextStepText(content.nextStep), ownerText(owner), othersText(owner)], ' · ')]),
  ];
  const blocks: KnownBlock[] = [section(head, openInCrm(content))];
  for (const alert of open.slice(0, shownInFull)) blocks.push(...alertBlocks(alert, content));
  const rest = [
    ...open.slice(shownInFull, shownAtAll).map(alertLine),
    ...andMore(open.length - shownAtAll, `/journey why ${content.name}`),
    ...resolved.map(alertLine),
  ];
  if (rest.length > 0) blocks.push(divider, ...sections(rest));
  if (open.filter((alert) => alert.acknowledged === null).length > 1) blocks.push(actions([acknowledgeAll(content.journeyId)]));
  const [first] = open;
  const said =
    first === undefined
      ? md`${content.name}`
      : md`${content.name}: ${alertInWords(first)}${open.length > 1 ? `, and ${open.length - 1} more` : ''}. Next: ${first.nextStep}`;
  return view(said, blocks);
}

function clearCard(content: CardContent): View {
  const { mark, words, why } = clearWords(content);
  const head = [md`${mark} ${bold(`${words}:`)} ${title(content)}`, placeLine(content), ...why];
  const blocks: KnownBlock[] = [section(head, openInCrm(content))];
  const lines = content.alerts.slice(0, resolvedShown).map(alertLine);
  lines.push(...andMore(content.alerts.length - resolvedShown, `/journey why ${content.name}`));
  if (lines.length > 0) blocks.push(...sections(lines));
  return view(md`${words}: ${content.name}`, blocks);
}

/** All is clear only where nothing of the journey is open anywhere else, and its stage is known. */
function clearWords({ name, elsewhere = 0, offMap }: CardContent): { mark: string; words: string; why: Mrkdwn[] } {
  if (elsewhere > 0) {
    const why = md`${count(elsewhere, 'alert is', 'alerts are')} open in other channels or digests, or held back: /journey why ${name}`;
    return { mark: clearMark, words: 'Nothing open here', why: [why] };
  }
  if (offMap === true)
    return { mark: '❔', words: 'No open alert', why: [md`The CRM has a stage that is not on the journey map: rules about stages say nothing.`] };
  return { mark: clearMark, words: 'All clear', why: [] };
}

function alertBlocks(alert: CardAlert, { kind, account }: CardContent): KnownBlock[] {
  const evidence = evidenceParts(alert);
  return [
    divider,
    section(alertLines(alert)),
    ...(evidence.length > 0 ? [context(evidence)] : []),
    alertButtons(alert, { isFeed: kind === 'feed', hasAccount: account !== null }),
  ];
}

/** `Acme rollout · Acme GmbH · €48,000` */
function title({ kind, name, url, account, amount }: CardContent): Mrkdwn {
  const parts = [bold(named(name, url))];
  if (kind === 'deal' && account !== null && account.name !== name) parts.push(named(account.name, account.url));
  if (amount !== null) parts.push(md`${money(amount)}`);
  return join(parts, ' · ');
}

function placeLine({ stage, mapLabel, outcome, deletedIn = 'signals', closeDate, mutedUntil }: CardContent): Mrkdwn {
  const parts: Mrkdwn[] = [];
  if (outcome !== 'open') parts.push(md`${{ won: 'Won', lost: 'Lost', deleted: `Deleted in ${crmNameOf(deletedIn)}` }[outcome]}`);
  if (stage !== null && outcome === 'open') parts.push(md`In ${bold(stage.label)} ${day(stage.enteredAt, 'since ')}`);
  else if (stage !== null) parts.push(md`last in ${bold(stage.label)}`);
  parts.push(md`${mapLabel}`);
  if (closeDate !== null && outcome === 'open') parts.push(md`closes ${calendarDay(closeDate)}`);
  if (mutedUntil !== null) parts.push(mutedUntil === 'unmuted' ? md`🔕 muted until somebody unmutes it` : md`🔕 ${day(mutedUntil, 'muted until ')}`);
  return join(parts, ' · ');
}

const openInCrm = ({ url }: CardContent) => linkButton('Open in CRM', actionIds.openCrm, url);

const worst = (alerts: readonly CardAlert[]): Severity =>
  severities.findLast((severity) => alerts.some((alert) => alert.severity === severity)) ?? 'info';
