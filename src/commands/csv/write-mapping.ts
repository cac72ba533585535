import { readFile, writeFile } from 'node:fs/promises';
import { Document, isScalar, parseDocument } from 'yaml';
import type { MappingAnswers } from './ask-mapping.ts';

const introduction = ` How this CSV file is read; written from answers, for the next time. All that may stand here: docs/crm/csv.md`;

/** Adds answers to a mapping file, which keeps what somebody else has written into it. */
export async function writeMapping(file: string, answers: MappingAnswers): Promise<void> {
  const before = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  await writeFile(file, withAnswers(before, answers));
}

export function withAnswers(text: string | null, { rows, columns }: MappingAnswers): string {
  const document: Document = text === null || text.trim() === '' ? new Document({}) : parseDocument(text);
  if (text === null) document.commentBefore = introduction;
  if (rows !== undefined) document.set('rows', rows);
  for (const [header, answer] of Object.entries(columns)) {
    const known = document.getIn(['columns', header], true);
    const field = answer.field ?? (isScalar(known) ? known.value : undefined);
    const path = ['columns', header];
    if (answer.dates === undefined) document.setIn(path, field);
    else if (known !== undefined && !isScalar(known)) document.setIn([...path, 'dates'], answer.dates);
    else document.setIn(path, document.createNode({ ...(field === undefined ? {} : { field }), dates: answer.dates }));
  }
  return document.toString();
}
