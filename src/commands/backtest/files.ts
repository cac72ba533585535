import type { BacktestReport, RuleWorth, VariantWorth } from '../../core/backtest/report.ts';
import type { About } from './words.ts';

/** A report for programs: instants are ISO 8601 in UTC, shares are from 0 to 1, and a figure says `known` or `few`, with its n. See docs/operations.md. */
export function jsonOf(report: BacktestReport, about: About): string {
  const iso = (at: number): string => new Date(at).toISOString();
  const { format, period, weeks, ...rest } = report;
  const whole = {
    format,
    ...about,
    period: { ...period, from: iso(period.from), to: iso(period.to) },
    ...rest,
    weeks: weeks.map(({ from, alerts }) => ({ from: iso(from), alerts })),
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

type Line = { of: RuleWorth; worth: VariantWorth };

/** In their order. An empty cell: too few. */
const cells: readonly (readonly [string, (line: Line) => string | number])[] = [
  ['rule', ({ of }) => of.rule],
  ['factor', ({ worth }) => worth.factor],
  ['number', ({ worth }) => worth.numbers],
  ['alerts', ({ worth }) => worth.alerts],
  ['alerts_per_week', ({ worth }) => rounded(worth.perWeek)],
  ['journeys', ({ worth }) => worth.journeys],
  ['ended', ({ worth }) => worth.ended],
  ['lost', ({ worth }) => worth.lost],
  ['base_ended', ({ of }) => of.base.ended],
  ['base_lost', ({ of }) => of.base.lost],
  ...(['precision', 'recall'] as const).flatMap((name) =>
    (['rate', 'low', 'high'] as const).map((part): [string, (line: Line) => string | number] => [
      part === 'rate' ? name : `${name}_${part}`,
      ({ worth }) => (worth[name].kind === 'few' ? '' : rounded(worth[name][part])),
    ]),
  ),
  ...(['lift', 'leadDays'] as const).flatMap((name) =>
    (['value', 'low', 'high'] as const).map((part): [string, (line: Line) => string | number] => [
      `${name === 'lift' ? 'lift' : 'lead_days'}${part === 'value' ? '' : `_${part}`}`,
      ({ worth }) => (worth[name].kind === 'few' ? '' : rounded(worth[name][part])),
    ]),
  ),
];

/** A line for each rule with its own number (`factor` 1) and with each other one, as RFC 4180 has it. */
export function csvOf({ rules }: BacktestReport): string {
  const lines = rules.flatMap((of) => [{ ...of, factor: 1, numbers: of.numbers ?? '' }, ...of.variants].map((worth) => ({ of, worth })));
  const rows = [cells.map(([name]) => name), ...lines.map((line) => cells.map(([, value]) => quoted(String(value(line)))))];
  return rows.map((row) => `${row.join(',')}\r\n`).join('');
}

const rounded = (value: number | null): number | string => (value === null ? '' : Math.round(value * 10_000) / 10_000);

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
