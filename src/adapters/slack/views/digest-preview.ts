import type { DigestNow } from '../../../app/use-cases.ts';
import { context, divider, type View, type ViewBlock, view } from './blocks.ts';
import { digestView } from './digest.ts';
import { digestPartView } from './digest-part.ts';
import { type Mrkdwn, md } from './escape.ts';
import { moment } from './words.ts';

/** The digest as it would be now, for one reader, with what follows in its thread, and when it comes by itself. */
export function digestPreview({ digest, details, scheduled }: Extract<DigestNow, { ok: true }>): View<ViewBlock> {
  const { text, blocks } = digestView(digest, false);
  const lines = scheduled.slice(0, 5).map(({ channel, schedule, timezone, nextAt }) => when(channel, `${schedule}, ${timezone}`, nextAt));
  if (lines.length === 0) lines.push(md`nobody gets this one by itself: /journey subscribe`);
  const parts = details.flatMap((detail): ViewBlock[] => [divider, ...digestPartView(detail).blocks]);
  return view({ mrkdwn: text }, [context([md`Only you see this preview`, ...lines]), ...blocks, ...parts]);
}

const when = (channel: string, schedule: string, nextAt: number | null): Mrkdwn =>
  nextAt === null ? md`${channel} gets it by itself (${schedule})` : md`${channel} ${moment(nextAt, 'gets the next one ')}`;
