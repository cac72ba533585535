import { type ColumnFormat, gatherFormats, isUndecided } from './column-formats.ts';
import { type ColumnPlan, planColumns } from './column-plan.ts';
import type { CsvMapping } from './csv-mapping.ts';
import { type FileHead, readHead } from './file-head.ts';
import { readRecords } from './read-records.ts';
import { isSampledWhole, sampleRows } from './sample-rows.ts';

/** A file that was looked at: how it is written, what its columns are, and what cannot be told. */
export type CsvInspection = { file: string; head: FileHead; plan: ColumnPlan; formats: ColumnFormat[] };

/**
 * Looks at the beginning of a file and at samples from all over it. Where those leave open whether day or month comes first, at all of it.
 * @throws CrmRefusedError when the file cannot be read, or the mapping does not fit it.
 */
export async function inspectCsv(file: string, mapping: CsvMapping): Promise<CsvInspection> {
  const head = await readHead(file, mapping);
  const plan = planColumns(file, head.headers, mapping, head.samples);
  const evidence = gatherFormats(plan);
  for await (const row of sampleRows(file, head)) evidence.add(row);
  if (evidence.formats().some(isUndecided) && !isSampledWhole(head)) {
    for await (const { fields } of recordsOf(file, head).records) evidence.add(fields);
  }
  return { file, head, plan, formats: evidence.formats() };
}

export const recordsOf = (file: string, head: FileHead, from = head.rows) =>
  readRecords({ file, encoding: head.encoding.name, delimiter: head.delimiter, width: head.headers.length }, from);

/** Why a file cannot be imported yet, in words, with what to write where. */
export function obstaclesTo({ file, head, plan, formats }: CsvInspection): string[] {
  const named = head.headers.filter((header) => header !== '').length;
  const guess = plan.isGuess ? [`of its ${named} columns only "${plan.columns[0]?.header}" is known, which does not tell what its rows are`] : [];
  const missing = plan.missing.map((group) => `nothing says which column is ${group.map((field) => `\`${field}\``).join(' or ')}`);
  const dates = formats.flatMap(({ column, question }) => {
    if (question === null) return [];
    const what =
      question.kind === 'undecided'
        ? `column "${column.header}": does "${question.example}" begin with the day or with the month? No value in it tells`
        : `column "${column.header}" holds both day-month ("${question.dmy}") and month-day ("${question.mdy}")`;
    return [`${what}; say \`dates: dmy\` or \`dates: mdy\``];
  });
  return [...guess, ...missing, ...dates].map((what) => `${file}: ${what}`);
}
