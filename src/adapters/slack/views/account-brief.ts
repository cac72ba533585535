import type { KnownBlock } from '@slack/types';
import type { JourneySummary, LinkSummary } from '../../../core/summary.ts';
import { actionIds } from '../action-values.ts';
import { identityLine, noJourneyYet } from './account-head.ts';
import { alertLine } from './alert-lines.ts';
import { linkButton, section } from './blocks.ts';
import { bold, join, type Mrkdwn, md, named } from './escape.ts';
import { mutedLine } from './muted-line.ts';
import { noAlertLine, noAlertWords } from './no-alert.ts';
import { openFirst } from './open-first.ts';
import { andMore, count, money, nextStepText } from './words.ts';

const rolesShown = 6;

/** `alerts`, `journeys`: how many of each are shown. */
type Room = { journeys: number; alerts: number };

/** An account in a few lines: where its journeys stand against what is expected, whom we miss, what is open, what comes next. */
export function briefBlocks({ account, mute, journeys }: LinkSummary, room: Room): KnownBlock[] {
  const ordered = openFirst(journeys);
  const shown = ordered.slice(0, room.journeys);
  const head = account === null ? [] : [identityLine(account)];
  if (mute !== null) head.push(mutedLine(mute));
  if (journeys.length === 0) head.push(noJourneyYet);
  return [
    ...(head.length === 0 ? [] : [section(head, linkButton('Open in CRM', actionIds.openCrm, account?.url ?? null))]),
    ...shown.map((journey) => section(journeyLines(journey))),
    ...(journeys.length === 0
      ? []
      : [section([...alertLines(journeys, room.alerts), ...andMore(ordered.length - shown.length, 'other journeys of the account')])]),
  ];
}

/** Its name and what is open, without formatting. */
export function briefText({ account, journeys }: LinkSummary): Mrkdwn {
  const open = openAlerts(journeys).length;
  return md`${account?.name ?? journeys[0]?.name ?? 'Account'}: ${open === 0 ? noAlertWords(journeys) : count(open, 'open alert')}`;
}

function journeyLines(journey: JourneySummary): Mrkdwn[] {
  const { name, url, amount, missingRoles, nextStep, outcome, ownerEmail } = journey;
  const facts = [bold(named(name, url)), ...(amount === null ? [] : [md`${money(amount)}`]), ...(ownerEmail === null ? [] : [md`${ownerEmail}`])];
  const lines = [join(facts, ' · '), stageLine(journey)];
  if (missingRoles.length > 0) lines.push(md`Missing: ${missingText(missingRoles)}`);
  if (outcome === 'open') lines.push(nextStepText(nextStep));
  return lines;
}

/** Where it is now, with the days spent there against those expected. */
function stageLine({ outcome, stageLabel, track }: JourneySummary): Mrkdwn {
  if (outcome !== 'open') return md`${{ won: 'Won', lost: 'Lost', deleted: 'Deleted in the CRM' }[outcome]}`;
  if (stageLabel === null) return md`In no stage yet`;
  const step = track.find(({ state }) => state === 'current');
  if (step?.workingDays == null) return md`In ${bold(stageLabel)}`;
  const spent = md`In ${bold(stageLabel)} for ${count(step.workingDays, 'working day')}`;
  if (step.expected === null) return spent;
  const against = md`${spent}, expected: ${step.expected}`;
  return step.overdue ? md`⚠️ ${against} – late` : against;
}

function missingText(roles: readonly string[]): Mrkdwn {
  const shown = roles.slice(0, rolesShown).map((role) => md`${role}`);
  if (roles.length > rolesShown) shown.push(md`and ${roles.length - rolesShown} more`);
  return join(shown, ', ');
}

function alertLines(journeys: readonly JourneySummary[], shown: number): Mrkdwn[] {
  const open = openAlerts(journeys);
  if (open.length === 0) return [noAlertLine(journeys)];
  return [...open.slice(0, shown).map(alertLine), ...andMore(open.length - shown, 'under “Show all”')];
}

const openAlerts = (journeys: readonly JourneySummary[]) => journeys.flatMap(({ alerts }) => alerts.filter(({ state }) => state !== 'resolved'));
