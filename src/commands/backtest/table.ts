import { decimal, few, number, rateInWords, shareInWords } from '../../core/backtest/figures-in-words.ts';
import type { BacktestReport, RuleWorth, Worth } from '../../core/backtest/report.ts';
import type { Figure } from '../../core/insight/stage-metrics.ts';
import { type About, doubts, factsOf, headings, isSilent, leadInWords, legend, liftInWords } from './words.ts';

/** What every terminal shows without breaking lines. */
const widest = 100;
/** More channels than these are not listed. */
const listed = 20;

/** A report as lines of at most a hundred columns. */
export function tableOf(report: BacktestReport, about: About): string[] {
  const { channels } = report;
  const rules = report.rules.filter((rule) => !isSilent(rule));
  const silent = report.rules.filter(isSilent).map(({ rule }) => rule);
  const grids = rules.filter(({ variants }) => variants.length > 0);
  return [
    cut(`Backtest of ${about.map}`),
    ...factsOf(report, about).map(([what, said]) => cut(`  ${what.padEnd(12)}  ${said}`)),
    '',
    'What each rule would have said',
    ...columns([
      ['rule', 'alerts', 'a week', 'journeys', 'ended since', 'lost', 'base rate', 'held back'],
      ...rules.map((rule) => [
        rule.rule,
        ...[number(rule.alerts), decimal(rule.perWeek), number(rule.journeys), number(rule.ended), number(rule.lost)],
        ...[shareInWords(rule.base.rate)],
        number(rule.heldBack),
      ]),
    ]),
    ...(silent.length === 0 ? [] : wrapped(`Nothing from ${silent.join(', ')}.`)),
    '',
    'What it would have been worth',
    ...columns([['rule', ...Object.values(headings)], ...rules.map((rule) => [rule.rule, ...worth(rule)])]),
    ...(grids.length === 0 ? [] : ['', 'With another number', ...columns([gridHead, ...grids.flatMap(gridOf)])]),
    '',
    'Where alerts would have gone',
    ...columns([
      ['channel', 'alerts', 'a week'],
      ...channels.slice(0, listed).map(({ channel, alerts, perWeek }) => [channel ?? 'digests alone', number(alerts), decimal(perWeek)]),
    ]),
    ...(channels.length > listed ? [`  … and ${number(channels.length - listed)} more`] : []),
    ...(channels.length === 0 ? ['  nowhere: there would have been none'] : []),
    '',
    ...legend.map(([what, said]) => `  ${what.padEnd(9)}  ${said}`),
    '  In brackets: 95% limits. Too few: under 10 there is no figure.',
    ...doubts.flatMap((doubt) => wrapped(doubt)),
  ];
}

const worth = (of: Worth): string[] => [rateInWords(of.precision), rateInWords(of.recall), liftInWords(of), leadInWords(of)];

const gridHead = ['rule', 'number', 'alerts', 'a week', 'precision', 'recall', 'lift', 'lead'];

/** From the smallest number to the largest, the rule's own among them. Limits stand in the other table; here is how it goes up and down. */
function gridOf(rule: RuleWorth): string[][] {
  const own = { ...rule, factor: 1, numbers: rule.numbers ?? '' };
  return [...rule.variants, own]
    .sort((a, b) => a.factor - b.factor)
    .map((each, index) => [
      index === 0 ? rule.rule : '',
      each.factor === 1 ? `${each.numbers} now` : each.numbers,
      ...[number(each.alerts), decimal(each.perWeek)],
      ...[shareInWords(each.precision), shareInWords(each.recall), short(each.lift, ({ value }) => decimal(value)), leadInWords(each)],
    ]);
}

const short = <Value>(figure: Figure<Value>, said: (value: Value) => string): string => (figure.kind === 'known' ? said(figure) : few(figure.n));

/** The first column to the left, the others to the right; what does not fit is cut. */
function columns(rows: readonly string[][]): string[] {
  const count = Math.max(...rows.map(({ length }) => length));
  const widths = Array.from({ length: count }, (_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    cut(`  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`.trimEnd()),
  );
}

const cut = (line: string): string => (line.length > widest ? `${line.slice(0, widest - 1)}…` : line);

function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= widest - 2) lines.push(`  ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
