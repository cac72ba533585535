import { parse } from 'csv-parse/sync';
import type { Delimiter } from './csv-mapping.ts';

/** In the order in which they are taken where two explain a text equally well. */
const candidates: readonly Delimiter[] = [',', ';', '\t', '|'];
const rowsLooked = 200;

/** Excel's own way to say it, as a line before all others: `sep=;`. */
const separatorLine = /^sep=(.)\r?\n/i;

/**
 * The delimiter that cuts the text into rows of one length: most rows agree with the most frequent length of more than one, and the more columns
 * the better. A text of one column has none, and a comma will do.
 */
export function detectDelimiter(text: string): Delimiter {
  const said = candidates.find((candidate) => candidate === separatorLine.exec(text)?.[1]);
  if (said !== undefined) return said;
  const scored = candidates.map((delimiter) => ({ delimiter, ...score(text, delimiter) }));
  const best = scored.reduce((a, b) => (b.agreeing > a.agreeing * 1.001 || (b.agreeing >= a.agreeing * 0.999 && b.width > a.width) ? b : a));
  return best.delimiter;
}

export const isSeparatorLine = (fields: readonly string[]): boolean =>
  /^sep=.?$/i.test(fields[0] ?? '') && fields.slice(1).every((field) => field === '');

/** The rows of a text, as far as they can be told; for looking at, never for importing. */
export function rowsOf(text: string, delimiter: Delimiter, most: number): string[][] {
  return parse(text, {
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    skip_records_with_error: true,
    to: most,
  }) as string[][];
}

/** `agreeing`: the share of rows that have the most frequent width of more than one. */
function score(text: string, delimiter: Delimiter): { agreeing: number; width: number } {
  const rows = rowsOf(text, delimiter, rowsLooked).filter((fields) => fields.some((field) => field.trim() !== ''));
  const counts = new Map<number, number>();
  for (const { length } of rows) if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [width, count] = [...counts].reduce((a, b) => (b[1] > a[1] || (b[1] === a[1] && b[0] > a[0]) ? b : a), [1, 0]);
  return { agreeing: rows.length === 0 ? 0 : count / rows.length, width };
}
