import { dayInWords, decimal, number, percent, rateInWords, shareInWords } from '../../core/backtest/figures-in-words.ts';
import type { BacktestReport, RuleWorth, Week } from '../../core/backtest/report.ts';
import { type Bar, barChart, columnChart, rangeChart } from './charts.ts';
import { escaped } from './escaped.ts';
import { style } from './style.ts';
import { type About, doubts, factsOf, headings, isSilent, leadInWords, legend, liftInWords } from './words.ts';

/** A report as one page that needs nothing else: no script, no font, no picture from anywhere. */
export function pageOf(report: BacktestReport, about: About): string {
  const rules = report.rules.filter((rule) => !isSilent(rule));
  const silent = report.rules.filter(isSilent);
  const facts = factsOf(report, about).map(([what, said]) => `<dt>${escaped(what)}</dt><dd>${escaped(said)}</dd>`);
  const sections = [
    `<h1>Backtest of ${escaped(about.map)}</h1><dl>${facts.join('')}</dl>`,
    section('What each rule would have said', tableOfRules(rules), nothingFrom(silent)),
    section(
      'Of those alerted, how many were lost',
      '<p>The dot is the precision, the line its 95% limits, the mark the base rate: the further apart, the more the rule tells.</p>',
      chart(rangeChart('Precision of each rule against its base rate', rules.map(rangeOf))),
    ),
    section(
      'Alerts a week',
      chart(
        columnChart(
          'Alerts a week',
          report.weeks.map((week) => columnOf(week, about)),
          endsOf(report, about),
        ),
      ),
    ),
    section(
      'With another number',
      '<p>Alerts a week with each number, then precision, then recall. Bold: the number in the map.</p>',
      ...rules.filter(({ variants }) => variants.length > 0).map(gridOf),
    ),
    section('Where alerts would have gone', chart(barChart('Alerts a week and channel', channelsOf(report)))),
    section(
      'How to read it',
      `<dl>${legend.map(([what, said]) => `<dt>${escaped(what)}</dt><dd>${escaped(said)}</dd>`).join('')}</dl>`,
      ...doubts.map((doubt) => `<p>${escaped(doubt)}</p>`),
    ),
  ];
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>Backtest of ${escaped(about.map)}</title><style>${style}</style></head>`,
    `<body><main>${sections.join('\n')}</main></body></html>`,
    '',
  ].join('\n');
}

/** More channels than these are not drawn. */
const drawn = 30;

const section = (title: string, ...parts: string[]): string => `<section><h2>${escaped(title)}</h2>${parts.join('')}</section>`;

const chart = (drawing: string): string => `<figure>${drawing}</figure>`;

const nothingFrom = (silent: readonly RuleWorth[]): string =>
  silent.length === 0 ? '' : `<p>Nothing from ${escaped(silent.map(({ rule }) => rule).join(', '))}.</p>`;

function tableOfRules(rules: readonly RuleWorth[]): string {
  const head = ['rule', 'alerts', 'a week', 'journeys', 'ended since', 'lost', 'base rate', ...Object.values(headings), 'held back'];
  const rows = rules.map((rule) => [
    rule.rule,
    ...[number(rule.alerts), decimal(rule.perWeek), number(rule.journeys), number(rule.ended), number(rule.lost)],
    // Its limits would take the room that the other figures need.
    ...[shareInWords(rule.base.rate), rateInWords(rule.precision), rateInWords(rule.recall), liftInWords(rule), leadInWords(rule)],
    number(rule.heldBack),
  ]);
  const cells = (row: readonly string[], tag: 'td' | 'th'): string =>
    row
      .map((cell, index) => (index === 0 ? `<th scope="${tag === 'th' ? 'col' : 'row'}">${escaped(cell)}</th>` : `<${tag}>${escaped(cell)}</${tag}>`))
      .join('');
  return `<div class="wide" tabindex="0"><table><thead><tr>${cells(head, 'th')}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table></div>`;
}

const rangeOf = ({ rule, precision, base }: RuleWorth) => ({
  label: rule,
  value: precision.kind === 'few' ? null : { at: precision.rate, low: precision.low, high: precision.high },
  against: base.rate.kind === 'few' ? null : base.rate.rate,
  text: shareInWords(precision),
});

function gridOf(rule: RuleWorth): string {
  const own = { ...rule, factor: 1, numbers: rule.numbers ?? '' };
  const bars = [...rule.variants, own]
    .sort((a, b) => a.factor - b.factor)
    .map((each): Bar => {
      // Of how many the recall is stands above: it is the same for all of them.
      const recall = each.recall.kind === 'few' ? 'too few' : percent(each.recall.rate);
      const figures = [decimal(each.perWeek), shareInWords(each.precision), recall];
      return { label: each.numbers, value: each.perWeek, text: figures.join(' · '), strong: each.factor === 1 };
    });
  return `<h3>${escaped(rule.rule)}, recall of ${number(rule.base.lost)}</h3>${chart(barChart(`Alerts a week of ${rule.rule} by its number`, bars))}`;
}

function columnOf({ from, alerts }: Week, { timezone }: About): { value: number; hint: string } {
  const all = Object.values(alerts).reduce((sum, count) => sum + count, 0);
  const parts = Object.entries(alerts).map(([rule, count]) => `${rule} ${number(count)}`);
  return { value: all, hint: [`from ${dayInWords(from, timezone)}: ${number(all)}`, ...parts].join('\n') };
}

const endsOf = ({ period }: BacktestReport, { timezone }: About): [string, string] => [
  dayInWords(period.from, timezone),
  dayInWords(period.to - 1, timezone),
];

const channelsOf = ({ channels }: BacktestReport): Bar[] =>
  channels.slice(0, drawn).map(({ channel, perWeek }) => ({ label: channel ?? 'digests alone', value: perWeek, text: decimal(perWeek) }));
