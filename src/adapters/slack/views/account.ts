import type { KnownBlock } from '@slack/types';
import type { AccountSummary, JourneySummary } from '../../../core/summary.ts';
import type { EpochMs } from '../../../core/time.ts';
import { actionIds } from '../action-values.ts';
import { accountIllustration } from '../pictures/account-illustration.ts';
import { accountButtons } from './account-buttons.ts';
import { identityLine, noJourneyYet } from './account-head.ts';
import { context, divider, linkButton, section, type View, view } from './blocks.ts';
import { committeeBlocks } from './committee.ts';
import { type Mrkdwn, md } from './escape.ts';
import { healthBlocks } from './health.ts';
import { alertListBlocks, journeyBlocks } from './journey-blocks.ts';
import { mutedLine } from './muted-line.ts';
import { heldBack, isOffMap, isSettling, noAlertWords } from './no-alert.ts';
import { openFirst } from './open-first.ts';
import { touchpointBlocks } from './touchpoints.ts';
import { clearMark, count } from './words.ts';

const journeysShown = 4;

/** The card of an account, for the person who asked. */
export function accountView(summary: AccountSummary, now: EpochMs): View {
  const { account, journeys, mute } = summary;
  const standing = standingLine(journeys);
  const head = [identityLine(account), standing];
  if (mute !== null) head.push(mutedLine(mute));
  const blocks: KnownBlock[] = [section(head, linkButton('Open in CRM', actionIds.openCrm, account.url)), ...accountButtons(account, mute !== null)];
  const ordered = openFirst(journeys);
  for (const journey of ordered.slice(0, journeysShown)) blocks.push(divider, ...journeyBlocks(journey));
  if (ordered.length > journeysShown)
    blocks.push(context([md`and ${count(ordered.length - journeysShown, 'more journey')}: /journey deal and its name`]));
  blocks.push(
    divider,
    ...alertListBlocks(journeys, 5),
    ...healthBlocks(summary.health),
    ...committeeBlocks(summary.committee, missingRoles(journeys), now),
    ...touchpointBlocks(summary.touchpoints),
  );
  const said = view(md`${account.name}: ${standing}`, blocks, [context([md`Numbers behind stages are working days spent in them`])]);
  return { ...said, picture: () => accountIllustration(summary, now) };
}

function standingLine(journeys: readonly JourneySummary[]): Mrkdwn {
  if (journeys.length === 0) return noJourneyYet;
  const open = journeys.flatMap(({ alerts }) => alerts).filter(({ state, goodNews }) => state !== 'resolved' && !goodNews).length;
  const travelling = count(journeys.filter(({ outcome }) => outcome === 'open').length, 'open journey');
  if (open === 0 && isSettling(journeys)) return md`⏳ On ${travelling} ${noAlertWords(journeys)}`;
  if (open === 0 && heldBack(journeys) > 0) return md`⏸️ On ${travelling} ${noAlertWords(journeys)}`;
  if (open === 0 && isOffMap(journeys)) return md`❔ On ${travelling} ${noAlertWords(journeys)}`;
  return open === 0 ? md`${clearMark} All clear on ${travelling}` : md`⚠️ ${count(open, 'open alert')} on ${travelling}`;
}

const missingRoles = (journeys: readonly JourneySummary[]): string[] => [...new Set(journeys.flatMap((journey) => journey.missingRoles))];
