import type { KnownBlock } from '@slack/types';
import { actWithinInWords, fewestForActionRate } from '../../../core/insight/action-rate.ts';
import { fewestForMetrics } from '../../../core/insight/stage-metrics.ts';
import type { Friction, ReviewSummary, Unconfirmed } from '../../../core/review.ts';
import { suggestionInWords } from '../../../core/suggestion.ts';
import { context, section, sections, type View, view } from './blocks.ts';
import { bold, empty, join, long, type Mrkdwn, md, person } from './escape.ts';
import { clearMark, count, day } from './words.ts';

type MapStages = ReviewSummary['unusedStages'];

const namesShown = 8;
const rulesShown = 6;
const mapsShown = 6;

/** What the journey map says and reality does not: the last ninety days, and what was never seen. */
export function reviewView(summary: ReviewSummary): View {
  const title = md`Review of the journey map: the last 90 days`;
  const blocks: KnownBlock[] = [
    section([bold(title), dueLine(summary)]),
    ...sections([bold('Stages that nobody uses'), ...unusedLines(summary)]),
    ...sections([bold('Rules that make noise'), ...ruleLines(summary)]),
    ...sections([bold('Where journeys get stuck'), ...frictionLines(summary.friction)]),
    ...sections([bold('Expected, and never seen'), ...unconfirmedLines(summary.unconfirmed)]),
  ];
  return view(title, blocks, [context([md`Change or drop in journey.yml what does not hold`, md`/journey review done: notes that this was done`])]);
}

function dueLine({ done, dueAt, at }: ReviewSummary): Mrkdwn {
  const last = done === null ? md`It was never reviewed.` : md`${day(done.at, 'Last reviewed ')} by ${person(done.by)}.`;
  return dueAt <= at ? md`${last} ⏰ ${day(dueAt, 'Due since ')}.` : md`${last} ${day(dueAt, 'Due again ')}.`;
}

function unusedLines({ unusedStages }: ReviewSummary): Mrkdwn[] {
  return unusedStages.length === 0 ? [md`${clearMark} None: journeys entered every stage that is in use.`] : [md`• ${stagesText(unusedStages)}`];
}

function ruleLines({ rates, suggestion }: ReviewSummary): Mrkdwn[] {
  if (rates.length === 0) return [md`No alert has had its ${actWithinInWords} yet.`];
  const known = rates.flatMap(({ title, rate }) =>
    rate.kind === 'known'
      ? [md`• ${title}: ${rate.count} of ${count(rate.n, 'alert')} acted on (${percent(rate.rate)}; ${percent(rate.low)}–${percent(rate.high)})`]
      : [],
  );
  const few = rates.filter(({ rate }) => rate.kind === 'few');
  const lines = known.slice(0, rulesShown);
  if (known.length > rulesShown) lines.push(md`• and ${count(known.length - rulesShown, 'rule')} that did better`);
  if (few.length > 0)
    lines.push(md`• Too few alerts to tell (under ${fewestForActionRate}): ${names(few.map(({ title, alerts }) => `${title} (${alerts})`))}`);
  if (suggestion !== null)
    lines.push(
      ...suggestionInWords(suggestion)
        .slice(1)
        .map((line) => md`👉 ${long(line, 500)}`),
    );
  lines.push(md`Acted on: acknowledged, snoozed, done, mended, or called useful, within ${actWithinInWords}.`);
  return lines;
}

function frictionLines(friction: ReviewSummary['friction']): Mrkdwn[] {
  const lines = friction.slice(0, mapsShown).map(frictionLine);
  if (friction.length > mapsShown) lines.push(md`• and ${count(friction.length - mapsShown, 'more map')}: /journey metrics MAP`);
  return lines.length === 0 ? [md`journey.yml has no map yet.`] : lines;
}

function frictionLine({ map, slowest, leakiest, waiting }: Friction): Mrkdwn {
  if (slowest === null && leakiest === null && waiting === undefined)
    return md`• ${map}: too few journeys to say (under ${fewestForMetrics} in every stage).`;
  const longest =
    slowest === null ? empty : md`longest in ${bold(slowest.stage)} (half of ${slowest.n} leave within ${count(slowest.days, 'working day')})`;
  const lost = leakiest === null ? empty : md`most lost in ${bold(leakiest.stage)} (${leakiest.dropped} of ${leakiest.n})`;
  const still = waiting === undefined ? empty : md`fewer than half of ${waiting.n} have left ${bold(waiting.stage)} so far`;
  return md`• ${map}: ${join([longest, still, lost], ', ')}.`;
}

function unconfirmedLines({ stages, roles, rolesByTitle, segments, rules }: Unconfirmed): Mrkdwn[] {
  const lines: Mrkdwn[] = [];
  if (stages.length > 0) lines.push(md`• Stages that no journey was ever in: ${stagesText(stages)}`);
  if (roles.length > 0) lines.push(md`• Roles that stages expect and nobody ever had: ${names(roles)}`);
  if (rolesByTitle.length > 0) lines.push(md`• Roles that only job titles suggest, and nobody has confirmed: ${names(rolesByTitle)}`);
  if (segments.length > 0) lines.push(md`• Segments that no journey ever belonged to: ${names(segments)}`);
  if (rules.length > 0) lines.push(md`• Rules that are on and never found anything: ${names(rules)}`);
  return lines.length === 0 ? [md`${clearMark} Nothing: all that the map expects was seen.`] : lines;
}

const stagesText = (stages: MapStages): Mrkdwn => names(stages.map(({ map, stage }) => `${stage} (${map})`));

function names(all: readonly string[]): Mrkdwn {
  const shown = all.slice(0, namesShown).map((name) => long(name, 80));
  return join(all.length > namesShown ? [...shown, md`and ${all.length - namesShown} more`] : shown, ', ');
}

const percent = (share: number): string => `${Math.round(share * 100)}%`;
