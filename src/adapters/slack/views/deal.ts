import type { KnownBlock } from '@slack/types';
import type { DealSummary } from '../../../core/summary.ts';
import type { EpochMs } from '../../../core/time.ts';
import { actionIds, writeValue } from '../action-values.ts';
import { actions, button, context, linkButton, type View, view } from './blocks.ts';
import { committeeBlocks } from './committee.ts';
import { empty, md } from './escape.ts';
import { alertListBlocks, journeyBlocks } from './journey-blocks.ts';
import { noAlertWords } from './no-alert.ts';
import { touchpointBlocks } from './touchpoints.ts';
import { count } from './words.ts';

/** One deal, for the person who asked. */
export function dealView({ accountName, accountId, journey, committee, touchpoints }: DealSummary, now: EpochMs): View {
  const open = journey.alerts.filter(({ state }) => state !== 'resolved').length;
  const value = accountId === null ? null : writeValue({ view: 'account', kind: 'account', id: accountId });
  const buttons = [
    ...(value === null ? [] : [button(accountName ?? 'Account', { id: actionIds.show, value })]),
    ...[linkButton('Open in CRM', actionIds.openCrm, journey.url)].filter((link) => link !== null),
  ];
  return view(
    md`${journey.name}: ${open === 0 ? noAlertWords([journey]) : count(open, 'open alert')}${journey.stageLabel === null ? empty : md`, in ${journey.stageLabel}`}`,
    [
      ...journeyBlocks(journey),
      ...oddsBlocks(journey),
      ...(buttons.length > 0 ? [actions(buttons)] : []),
      ...alertListBlocks([journey], 8),
      ...committeeBlocks(committee, journey.missingRoles, now),
      ...touchpointBlocks(touchpoints),
    ],
    [context([md`Numbers behind stages are working days spent in them`])],
  );
}

/** What became of others like it. */
function oddsBlocks({ odds, stageLabel }: DealSummary['journey']): KnownBlock[] {
  if (odds === undefined) return [];
  const { days, ended, won } = odds;
  const stayed =
    days === 0 ? md`came into ${stageLabel ?? 'this stage'}` : md`stayed longer than ${count(days, 'working day')} in ${stageLabel ?? 'this stage'}`;
  return [
    context([
      md`Of ${ended.toLocaleString('en')} deals that have ended and ${stayed}, ${won.toLocaleString('en')} ${won === 1 ? 'was' : 'were'} won`,
    ]),
  ];
}
