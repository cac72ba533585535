import { availableParallelism, cpus, totalmem } from 'node:os';
import { hasOwnCores } from './process.ts';
import type { Result, Verdict } from './result.ts';

/** What the figures depend on, without a name or an address. */
export const machine = (): string =>
  `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, Node ${process.version}; ${hasOwnCores ? 'server on one core, load on the other' : 'server and load share all cores'}`;

/** A table that people read. */
export function tableOf(result: Result): string {
  const rows = result.rows.map(({ name, unit, spread }) => [name, figure(spread.median), unit, `${figure(spread.least)} – ${figure(spread.most)}`]);
  const verdicts = result.verdicts.map((verdict) => `  ${markOf(verdict)} ${verdict.number}. ${wordsOf(verdict)}`);
  return ['', `── ${result.title}`, ...columns([['', 'median', '', 'range'], ...rows]), ...verdicts, ...result.notes.map((note) => `  ${note}`)].join(
    '\n',
  );
}

/** The six numbers once more, in their order. */
export const summaryOf = (results: readonly Result[]): string =>
  [
    '',
    '── The numbers to reach',
    ...results
      .flatMap(({ verdicts }) => verdicts)
      .sort((a, b) => a.number - b.number)
      .map((verdict) => `  ${markOf(verdict)} ${verdict.number}. ${wordsOf(verdict)}`),
  ].join('\n');

const markOf = ({ reached }: Verdict): string => (reached === null ? '–' : reached ? '✓' : '✗');

function wordsOf({ what, unit, value, limit, why }: Verdict): string {
  const wanted = 'most' in limit ? `at most ${figure(limit.most)}` : `at least ${figure(limit.least)}`;
  if (value === null) return `${what}: not measured, ${why} (wanted: ${wanted} ${unit})`;
  return unit === '×' ? `${figure(value)} × ${what} (wanted: ${wanted})` : `${what}: ${figure(value)} ${unit} (wanted: ${wanted})`;
}

/** Three digits that count. */
const figure = (value: number): string => (Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));

function columns(rows: readonly string[][]): string[] {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = [0, 1, 2, 3].map(width);
  return rows.map(([name = '', median = '', unit = '', range = '']) =>
    `  ${name.padEnd(widths[0] ?? 0)}  ${median.padStart(widths[1] ?? 0)} ${unit.padEnd(widths[2] ?? 0)}  ${range}`.trimEnd(),
  );
}
