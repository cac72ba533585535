import type { Message } from '../../../core/delivery.ts';
import { context, section, sections, type View, view } from './blocks.ts';
import { bold, md } from './escape.ts';
import { journeyLine } from './journey-line.ts';
import { allLists, count } from './words.ts';

/** What a first import found, in one message instead of hundreds. */
export function importSummaryView({ journeys, byRule, worst }: Extract<Message, { kind: 'import-summary' }>): View {
  const found = md`${count(journeys, 'journey')} in your CRM’s history ${journeys === 1 ? 'differs' : 'differ'} from the journey map`;
  return view(found, [
    section([md`📥 ${bold(found)}`, md`Instead of a card for each of them, this is what was found:`]),
    ...sections(byRule.slice(0, 12).map((rule) => md`• ${bold(count(rule.count, 'journey'))}: ${rule.headline}`)),
    ...(worst.length > 0 ? sections([bold('The worst of them'), ...worst.slice(0, 8).map(journeyLine)]) : []),
    context([md`All of them: ${allLists}. From now on, each gets its own card when something new happens.`]),
  ]);
}
