import type { Button } from '@slack/types';
import type { ListName } from '../../../core/detectors/detector.ts';
import type { ListSummary } from '../../../core/summary.ts';
import { actionIds, writeValue } from '../action-values.ts';
import { actions, button, context, section, sections, type View, view } from './blocks.ts';
import { bold, empty, join, type Mrkdwn, md } from './escape.ts';
import { filterHint } from './filter-hint.ts';
import { journeyLine } from './journey-line.ts';
import { silentFeedLine } from './no-alert.ts';
import { clearMark, count } from './words.ts';

/** Where else to look: each rule stands in one list. */
const beside: Record<ListName, string> = {
  stalled: 'whom we miss: /journey gaps; who has gone silent: /journey silent',
  gaps: 'who has gone silent: /journey silent; what does not move: /journey stalled',
  silent: 'whom we miss: /journey gaps; what does not move: /journey stalled',
};

/** One page of journeys with something to do, the worst first or as was asked. `amounts`: whoever reads it may see them. */
export function listView(which: ListName, list: ListSummary, amounts = true): View {
  const filter = list.filter === '' ? empty : md` (${list.filter})`;
  if (list.total === 0) return emptyList(which, list, md`${bold(list.title)}${filter}: none`);
  const heading = md`${list.title}${filter}: ${count(list.total, 'journey')}`;
  const buttons = [
    pageButton('‹ Previous', actionIds.previousPage, which, list, list.page - 1),
    pageButton('Next ›', actionIds.nextPage, which, list, list.page + 1),
  ].filter((made) => made !== null);
  const place = list.pages > 1 ? [md`Page ${list.page} of ${list.pages}`] : [];
  return view(
    heading,
    [section([bold(heading)]), ...sections(list.lines.map(lineText))],
    [...(buttons.length > 0 ? [actions(buttons)] : []), context([...place, md`Filters: ${filterHint(amounts, 'sorted')}`, md`${beside[which]}`])],
  );
}

/** What a silent CRM holds back may well be in it. */
function emptyList(which: ListName, { filter, silentFeeds = [] }: ListSummary, none: Mrkdwn): View {
  const said = silentFeeds.length === 0 ? md`${clearMark} ${none}.` : md`⏸️ ${none} that is known.`;
  const lines = [
    said,
    ...silentFeeds.slice(0, feedsShown).map(silentFeedLine),
    ...(filter === '' ? [] : [md`Without the filter there may be some.`]),
  ];
  return view(said, [section(lines), context([md`${beside[which]}`])]);
}

const feedsShown = 3;

function lineText(line: ListSummary['lines'][number]): Mrkdwn {
  const { also = [], alertCount } = line;
  const facts: Mrkdwn[] = [];
  // What is wrong often names the stage already: Stalled in Decision.
  if (line.stageLabel !== null && !line.headline.includes(line.stageLabel)) facts.push(md`in ${line.stageLabel}`);
  if (also.length > 0)
    facts.push(
      md`also: ${join(
        also.map((headline) => md`${headline}`),
        ', ',
      )}`,
    );
  const unnamed = alertCount - 1 - also.length;
  if (unnamed > 0) facts.push(md`and ${count(unnamed, 'more alert')}`);
  if (line.ownerEmail !== null) facts.push(md`${line.ownerEmail}`);
  return facts.length === 0 ? journeyLine(line) : md`${journeyLine(line)} · ${join(facts, ' · ')}`;
}

function pageButton(text: string, id: string, which: ListName, { filter, pages }: ListSummary, page: number): Button | null {
  if (page < 1 || page > pages) return null;
  const value = writeValue({ which, filter, page });
  return value === null ? null : button(text, { id, value });
}
