import type { KnownBlock } from '@slack/types';
import type { AccountSummary } from '../../../core/summary.ts';
import { sections } from './blocks.ts';
import { bold, empty, long, type Mrkdwn, md } from './escape.ts';
import { moment } from './words.ts';

const shown = 5;

type Touchpoint = AccountSummary['touchpoints'][number];

/** The last things that happened between them and us. */
export function touchpointBlocks(touchpoints: readonly Touchpoint[]): KnownBlock[] {
  const lines = touchpoints.slice(0, shown).map(touchpointLine);
  return sections([bold('Last touchpoints'), ...(lines.length > 0 ? lines : [md`none yet`])]);
}

function touchpointLine({ at, type, direction, personName, asset, sentiment, note }: Touchpoint): Mrkdwn {
  const what = asset === null ? md`${type.replaceAll('_', ' ')}` : md`${type.replaceAll('_', ' ')} (${asset})`;
  return md`• ${moment(at)} · ${whoText(direction, personName)}: ${what}${moodText(sentiment)}${note === undefined ? empty : md` · “${long(note, 300)}”`}`;
}

function whoText(direction: Touchpoint['direction'], personName: string | null): Mrkdwn {
  switch (direction) {
    case 'inbound':
      return md`from ${personName ?? 'them'}`;
    case 'outbound':
      return md`from us${personName === null ? empty : md` to ${personName}`}`;
    case 'internal':
      return md`noted by us${personName === null ? empty : md` about ${personName}`}`;
  }
}

/** From −2 to +2. */
function moodText(sentiment: number | null): Mrkdwn {
  if (sentiment === null || sentiment === 0) return empty;
  return sentiment > 0 ? md` 🙂 went well` : md` 🙁 went badly`;
}
