import type { Button } from '@slack/types';
import type { ListSummary } from '../../../core/summary.ts';
import { actionIds, writeValue } from '../action-values.ts';
import { actions, button, context, section, sections, type View, view } from './blocks.ts';
import { bold, empty, join, type Mrkdwn, md } from './escape.ts';
import { journeyLine } from './journey-line.ts';
import { clearMark, count } from './words.ts';

/** One page of journeys with something to do, the worst first. */
export function listView(which: 'stalled' | 'gaps', list: ListSummary): View {
  const filter = list.filter === '' ? empty : md` (${list.filter})`;
  if (list.total === 0) return emptyList(md`${clearMark} ${bold(list.title)}${filter}: none.`, list.filter);
  const heading = md`${list.title}${filter}: ${count(list.total, 'journey')}`;
  const buttons = [
    pageButton('‹ Previous', actionIds.previousPage, which, list, list.page - 1),
    pageButton('Next ›', actionIds.nextPage, which, list, list.page + 1),
  ].filter((made) => made !== null);
  const place = list.pages > 1 ? [md`Page ${list.page} of ${list.pages}`] : [];
  return view(
    heading,
    [section([bold(heading)]), ...sections(list.lines.map(lineText))],
    [...(buttons.length > 0 ? [actions(buttons)] : []), context([...place, md`Filters: owner:@me segment:… stage:… map:… severity:…`])],
  );
}

function emptyList(said: Mrkdwn, filter: string): View {
  return view(said, [section([said, ...(filter === '' ? [] : [md`Without the filter there may be some.`])])]);
}

function lineText(line: ListSummary['lines'][number]): Mrkdwn {
  const facts: Mrkdwn[] = [];
  if (line.stageLabel !== null) facts.push(md`in ${line.stageLabel}`);
  if (line.alertCount > 1) facts.push(md`${count(line.alertCount, 'open alert')}`);
  if (line.ownerEmail !== null) facts.push(md`${line.ownerEmail}`);
  return facts.length === 0 ? journeyLine(line) : md`${journeyLine(line)} · ${join(facts, ' · ')}`;
}

function pageButton(text: string, id: string, which: 'stalled' | 'gaps', { filter, pages }: ListSummary, page: number): Button | null {
  if (page < 1 || page > pages) return null;
  const value = writeValue({ which, filter, page });
  return value === null ? null : button(text, { id, value });
}
