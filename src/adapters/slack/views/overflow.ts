import type { Message } from '../../../core/delivery.ts';
import { section, sections, type View, view } from './blocks.ts';
import { bold, md } from './escape.ts';
import { journeyLine } from './journey-line.ts';
import { andMore, calendarDay, count } from './words.ts';

const shown = 15;

/** The day's one message for what is over the channel's budget. */
export function overflowView(message: Extract<Message, { kind: 'overflow' }>): View {
  const journeys = count(message.total, 'more journey needs attention', 'more journeys need attention');
  const lines = message.cards.slice(0, shown).map(journeyLine);
  return view(md`And ${journeys} today`, [
    section([
      bold(md`And ${journeys}`),
      md`This channel’s limit of new cards for ${calendarDay(message.day)} is reached. They get their cards as soon as there is room, while it is still true.`,
    ]),
    ...sections([...lines, ...andMore(message.total - lines.length, '/journey stalled and /journey gaps')]),
  ]);
}
