import type { KnownBlock } from '@slack/types';
import type { AccountSummary } from '../../../core/summary.ts';
import { sections } from './blocks.ts';
import { bold, empty, type Mrkdwn, md } from './escape.ts';
import { moment } from './words.ts';

const shown = 5;

type Touchpoint = AccountSummary['touchpoints'][number];

/** The last things that happened between them and us. */
export function touchpointBlocks(touchpoints: readonly Touchpoint[]): KnownBlock[] {
  const lines = touchpoints.slice(0, shown).map(touchpointLine);
  return sections([bold('Last touchpoints'), ...(lines.length > 0 ? lines : [md`none yet`])]);
}

function touchpointLine({ at, type, direction, personName, asset, sentiment }: Touchpoint): Mrkdwn {
  const who = direction === 'inbound' ? md`from ${personName ?? 'them'}` : md`from us${personName === null ? empty : md` to ${personName}`}`;
  const what = asset === null ? md`${type.replaceAll('_', ' ')}` : md`${type.replaceAll('_', ' ')} (${asset})`;
  return md`• ${moment(at)} · ${who}: ${what}${moodText(sentiment)}`;
}

/** From −2 to +2. */
function moodText(sentiment: number | null): Mrkdwn {
  if (sentiment === null || sentiment === 0) return empty;
  return sentiment > 0 ? md` 🙂 went well` : md` 🙁 went badly`;
}
