import type { Answers } from '../../../app/use-cases.ts';
import { divider, section, sections, type View, view } from './blocks.ts';
import { bold, join, type Mrkdwn, md } from './escape.ts';
import { helpBlocks } from './help.ts';
import { journeyLine } from './journey-line.ts';
import { nothingKnownLine, quietWords, settlingLine } from './no-alert.ts';
import { andMore, clearMark, count } from './words.ts';

const shown = 8;

/** `/journey` alone: what needs this person, and what can be asked. */
export function homeView(home: Awaited<ReturnType<Answers['home']>>, email: string | null): View {
  const { mine, mineTotal, openTotal, nothingKnown, settling, quiet } = home;
  if (nothingKnown) return view(nothingKnownLine, [section([nothingKnownLine]), divider, ...helpBlocks()]);
  const opening = mineTotal === 0 && settling ? settlingLine : openingText(mineTotal, email, quietWords(quiet ?? { muted: 0, held: 0 }));
  const lines = mine.slice(0, shown).map(journeyLine);
  return view(opening, [
    section([opening, md`In all: ${count(openTotal, 'open alert')}.`]),
    ...sections([...lines, ...andMore(mineTotal - lines.length, '/journey stalled owner:@me; the same with gaps and silent')]),
    divider,
    ...helpBlocks(),
  ]);
}

function openingText(mineTotal: number, email: string | null, quiet: readonly Mrkdwn[]): Mrkdwn {
  if (email === null) return md`Your Slack profile shows me no e-mail address, so I cannot tell which journeys are yours.`;
  if (mineTotal === 0 && quiet.length > 0) return md`⏸️ ${bold('No open alert of yours,')} but ${join(quiet, ', and ')}.`;
  if (mineTotal === 0) return md`${clearMark} ${bold('All clear:')} nothing of yours differs from the map.`;
  return md`⚠️ ${bold(count(mineTotal, 'journey of yours needs attention', 'journeys of yours need attention'))}.`;
}
