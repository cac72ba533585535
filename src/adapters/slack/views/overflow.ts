import { calendarDay } from '../../../core/calendar-day.ts';
import type { Message } from '../../../core/delivery.ts';
import { section, sections, type View, view } from './blocks.ts';
import { bold, md } from './escape.ts';
import { journeyLine } from './journey-line.ts';
import { allLists, andMore, count } from './words.ts';

const shown = 15;

/** The day's one message for what is over the channel's budget. */
export function overflowView(message: Extract<Message, { kind: 'overflow' }>): View {
  if (message.total === 0) return nothingLeft(message.day);
  const journeys = count(message.total, 'more journey needs attention', 'more journeys need attention');
  const lines = message.cards.slice(0, shown).map(journeyLine);
  return view(md`And ${journeys} today`, [
    section([
      bold(md`And ${journeys}`),
      md`This channel’s limit of new cards for ${calendarDay(message.day)} is reached. They get their cards as soon as there is room, while it is still true.`,
    ]),
    ...sections([...lines, ...andMore(message.total - lines.length, allLists)]),
  ]);
}

/** What the message turns into once none of its journeys waits for a card any more. */
function nothingLeft(day: string): View {
  const said = md`✅ ${bold('Nothing waits here any more.')} What was over this channel’s limit of new cards for ${calendarDay(day)} has its card now, is over, or stands on a newer list.`;
  return view(said, [section([said])]);
}
