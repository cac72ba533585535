import type { Answers } from '../../../app/use-cases.ts';
import { context, type View } from './blocks.ts';
import { digestView } from './digest.ts';
import { type Mrkdwn, md } from './escape.ts';
import { limits } from './limits.ts';
import { moment } from './words.ts';

/** The digest as it would be now, for one reader, with when it comes by itself. */
export function digestPreview({ digest, scheduled }: Awaited<ReturnType<Answers['digestNow']>>): View {
  const { text, blocks } = digestView(digest, false);
  const lines = scheduled.slice(0, 5).map(({ channel, schedule, timezone, nextAt }) => when(channel, `${schedule}, ${timezone}`, nextAt));
  if (lines.length === 0) lines.push(md`no digest is scheduled for this channel (“digests” in journey.yml)`);
  return { text, blocks: [context([md`Only you see this preview`, ...lines]), ...blocks.slice(0, limits.blocks - 1)] };
}

const when = (channel: string, schedule: string, nextAt: number | null): Mrkdwn =>
  nextAt === null ? md`${channel} gets it by itself (${schedule})` : md`${channel} ${moment(nextAt, 'gets the next one ')}`;
