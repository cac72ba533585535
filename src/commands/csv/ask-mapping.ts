import { type Field, fieldNames, fields, type RowKind, rowKinds, usable } from '../../adapters/crm/csv/fields.ts';
import type { CsvInspection } from '../../adapters/crm/csv/inspect-csv.ts';
import { certain, type ProposedColumn, proposeMapping } from '../../adapters/crm/csv/propose-mapping.ts';
import { oneLine as lineOf } from '../../config/propose/plain-text.ts';
import type { Prompts } from '../init/prompts.ts';

/** What somebody has said of a file: goes into its mapping. */
export type MappingAnswers = { rows?: RowKind; columns: Record<string, { field?: Field | 'ignore'; dates?: 'dmy' | 'mdy' }> };

const rowQuestions: Record<RowKind, string> = {
  deals: 'deals: one row a deal',
  accounts: 'accounts: one row a company',
  people: 'people: one row a contact, or a contact role',
  stages: 'stage history: one row a move of a deal into a stage',
  activities: 'activities: one row a call, e-mail, meeting …',
};
const enough = 0.4;
const shownValues = 3;

/** Asks what cannot be told from the file: what its rows are, what its columns are, and whether day or month comes first. */
export async function askMapping({ file, head, plan, formats }: CsvInspection, prompts: Prompts): Promise<MappingAnswers> {
  const answers: MappingAnswers = { columns: {} };
  const examplesOf = (header: string): string => {
    const index = head.headers.indexOf(header);
    const values = [...new Set(head.samples.map((row) => oneLine(row[index] ?? '')).filter((value) => value !== ''))].slice(0, shownValues);
    return values.length === 0 ? 'empty' : values.join(', ');
  };
  if (plan.missing.length > 0 || plan.isGuess) {
    answers.rows = await prompts.choose(
      `What is in ${file}?`,
      rowKinds.map((value) => ({ value, name: rowQuestions[value] })),
      plan.isGuess ? 'deals' : plan.rows,
    );
    await askColumns(answers.rows);
  }
  const decided = formats.find(({ dates, column }) => dates !== null && column.dates === null)?.dates ?? undefined;
  for (const { column, question } of formats) {
    if (question === null || answers.columns[column.header] !== undefined) continue;
    const example = question.kind === 'undecided' ? question.example : question.dmy;
    const asked = `Column "${oneLine(column.header)}" (${example}): what comes first?`;
    const choices = [
      { value: 'dmy', name: 'the day' },
      { value: 'mdy', name: 'the month' },
    ] as const;
    answers.columns[column.header] = { dates: await prompts.choose(asked, choices, decided) };
  }
  return answers;

  async function askColumns(rows: RowKind): Promise<void> {
    const proposal = proposeMapping(head.headers, head.samples, rows);
    const said = new Set(plan.columns.map(({ header }) => header));
    const choices = [
      { value: 'ignore' as const, name: 'nothing that is needed' },
      ...fieldNames.filter(usable[rows]).map((value) => ({ value, name: `${value}: ${fields[value].what}` })),
    ];
    for (const column of proposal.columns.filter(
      ({ header, confidence }) => header !== '' && confidence < certain && !(said.has(header) && rows === plan.rows),
    )) {
      const question = `Column "${oneLine(column.header)}" (${examplesOf(column.header)}): what is it?`;
      answers.columns[column.header] = { field: await prompts.choose<Field | 'ignore'>(question, choices, suggestedOf(column)) };
    }
  }
}

const suggestedOf = ({ field, confidence }: ProposedColumn): Field | 'ignore' => (field !== null && confidence >= enough ? field : 'ignore');

/** Texts of a file are shown, never obeyed: no control characters, and short. */
export const oneLine = (text: string): string => lineOf(text, 40);
