import type { SurvivalTime } from '../../../core/insight/kaplan-meier.ts';
import type { Figure, StageFigures } from '../../../core/insight/stage-metrics.ts';
import { mostWaiting } from '../../../core/review.ts';
import type { MetricsSummary } from '../../../core/summary.ts';
import { context, section, sections, table, type View, type ViewBlock, view } from './blocks.ts';
import { bold, join, type Mrkdwn, md } from './escape.ts';
import { metricsCharts } from './metrics-charts.ts';
import { count, day, dayIn } from './words.ts';

type Stage = MetricsSummary['stages'][number];

/** More have no room beside everything else that a message must hold. */
const stagesShown = 25;
const namesShown = 10;

/** What a period says of each stage of a map, against the one before: in words what stands out, and a table of all. */
export function metricsView(summary: MetricsSummary): View<ViewBlock> {
  const { mapLabel, segment, period, stages } = summary;
  const title = md`${mapLabel}${segment === null ? '' : `, segment ${segment}`}: ${period.label}`;
  const shown = stages.slice(0, stagesShown);
  const blocks: ViewBlock[] = [
    section([bold(title), ...notable(summary)]),
    ...metricsCharts(summary),
    ...(shown.length === 0 ? [] : [table([head(summary), ...shown.map(row)])]),
    ...(stages.length > shown.length ? [context([md`and ${count(stages.length - shown.length, 'more stage')}`])] : []),
    ...sections(meaning(summary)),
  ];
  return view(title, blocks, [context(footer(summary))]);
}

const head = ({ before }: MetricsSummary): string[] => [
  'Stage',
  'Came in',
  'Moved on',
  'Half left within',
  '¾ left within',
  'Came back',
  capital(before.label),
];

function row({ label, now, before }: Stage): string[] {
  return [
    label,
    `${number(now.entered)}${now.open === 0 ? '' : ` (${number(now.open)} open)`}`,
    conversionCell(now),
    timeCell(now.median),
    timeCell(now.p75),
    number(now.loops),
    beforeCell(before),
  ];
}

function conversionCell({ conversion }: StageFigures): string {
  if (conversion.kind === 'few') return few(conversion);
  return `${percent(conversion.rate)} (${percent(conversion.low)}–${percent(conversion.high)}), n ${number(conversion.n)}`;
}

function timeCell(time: Figure<SurvivalTime>): string {
  if (time.kind === 'few') return few(time);
  const { value, low, high, n } = time;
  if (value === null) return `not yet, n ${number(n)}`;
  return `${number(value)} bd${limitsText(low, high)}, n ${number(n)}`;
}

/** Either limit may lie beyond what was seen. */
function limitsText(low: number | null, high: number | null): string {
  if (low === null) return high === null ? '' : ` (up to ${number(high)})`;
  return ` (${number(low)}${high === null ? ' or more' : `–${number(high)}`})`;
}

function beforeCell({ conversion, median }: StageFigures): string {
  const moved = conversion.kind === 'few' ? null : `${percent(conversion.rate)}, n ${number(conversion.n)}`;
  const time = median.kind === 'few' || median.value === null ? null : `half in ${number(median.value)} bd, n ${number(median.n)}`;
  const said = [moved, time].filter((part) => part !== null);
  return said.length > 0 ? said.join('; ') : conversion.kind === 'few' ? few(conversion) : '–';
}

/** What stands out: where journeys stay longest, where most are dropped, and what has changed by more than chance. */
function notable({ stages, before, fewest }: MetricsSummary): Mrkdwn[] {
  const lines = [slowest(stages), waiting(stages), leakiest(stages), ...stages.flatMap((stage) => changed(stage, before.label))].filter(
    (line) => line !== null,
  );
  return lines.length > 0 ? lines : [md`Too few journeys to say anything: a figure needs at least ${fewest}.`];
}

function slowest(stages: readonly Stage[]): Mrkdwn | null {
  const known = stages.flatMap(({ label, now: { median } }) =>
    median.kind === 'known' && median.value !== null ? [{ label, value: median.value, n: median.n }] : [],
  );
  const longest = known.sort((a, b) => b.value - a.value)[0];
  if (longest === undefined) return null;
  return md`Longest in ${bold(longest.label)}: half of ${number(longest.n)} leave it within ${count(longest.value, 'working day')}.`;
}

/** A stage that most have not left yet has no median to be the longest with. */
function waiting(stages: readonly Stage[]): Mrkdwn | null {
  const most = mostWaiting(stages.map(({ label, now }) => ({ label, figures: now })));
  return most === null ? null : md`Fewer than half of ${number(most.n)} have left ${bold(most.stage)} so far.`;
}

function leakiest(stages: readonly Stage[]): Mrkdwn | null {
  const known = stages.flatMap(({ label, now: { conversion, dropped } }) => (conversion.kind === 'known' ? [{ label, conversion, dropped }] : []));
  const worst = known.sort((a, b) => a.conversion.rate - b.conversion.rate)[0];
  if (worst === undefined || worst.dropped === 0) return null;
  return md`Most are lost in ${bold(worst.label)}: ${number(worst.dropped)} of ${number(worst.conversion.n)} did not get further.`;
}

/** Only where even the limits do not meet: everything else may be chance. */
function changed({ label, now, before }: Stage, than: string): Mrkdwn[] {
  const [is, was] = [now.conversion, before.conversion];
  if (is.kind === 'few' || was.kind === 'few' || (is.low <= was.high && is.high >= was.low)) return [];
  const mark = is.rate > was.rate ? '📈' : '📉';
  return [
    md`${mark} ${bold(label)}: ${percent(is.rate)} of ${number(is.n)} moved on, against ${percent(was.rate)} of ${number(was.n)} in ${than}. That is more than chance.`,
  ];
}

const meaning = ({ fewest, stages }: MetricsSummary): Mrkdwn[] =>
  stages.length === 0
    ? []
    : [
        md`Of journeys that came into a stage then, as they stand now. Moved on: reached a later stage or won, of those that did or were lost. bd: working days; journeys that are still there are counted as long as they have been. In brackets: 95% limits. Too few: under ${fewest}.`,
      ];

function footer({ mapKey, period, before, timezone, at, otherMaps, segments }: MetricsSummary): Mrkdwn[] {
  const span = ({ from, to }: MetricsSummary['period']): string => `${dayIn(from, timezone)} to ${dayIn(to - 1, timezone)}`;
  const parts = [md`${span(period)}, against ${span(before)}`, day(at, 'as of ')];
  const more = [
    ...otherMaps.slice(0, namesShown).map((key) => md`/journey metrics ${key}`),
    ...segments.slice(0, namesShown).map((key) => md`/journey metrics ${mapKey} segment:${key}`),
  ];
  if (more.length > 0) parts.push(md`also: ${join(more, ', ')}`);
  return parts;
}

const few = ({ n }: { n: number }): string => `too few (${number(n)})`;
const number = (value: number): string => value.toLocaleString('en');
const percent = (share: number): string => `${Math.round(share * 100)}%`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
