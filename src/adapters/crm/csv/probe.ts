import { stat } from 'node:fs/promises';
import type { Probe } from '../../../app/crm.ts';
import { messageOf } from '../../../app/errors.ts';
import { counted } from '../../../core/counted.ts';
import type { CsvMapping, Delimiter } from './csv-mapping.ts';
import type { IdOwner, RowKind } from './fields.ts';
import type { CsvInspection } from './inspect-csv.ts';

const delimiterNames: Record<Delimiter, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' };
const ownerNames: Record<IdOwner, string> = { hubspot: 'HubSpot', salesforce: 'Salesforce', pipedrive: 'Pipedrive' };
const rowNames: Record<RowKind, string> = {
  deals: 'deals',
  accounts: 'accounts',
  people: 'people',
  stages: 'stage history',
  activities: 'activities',
};

/** What is found out about a file, one thing after the other, and what to do where it is not enough. */
export async function probeCsv(file: string, mapping: CsvMapping, inspection: () => Promise<CsvInspection>): Promise<Probe[]> {
  const size = await stat(file).then(
    (found) => found.size,
    () => null,
  );
  if (size === null) return [{ what: `${file} can be read`, ok: false, detail: null, fix: 'name a file that is there and that the bot may read' }];
  const readable: Probe = { what: `${file} can be read`, ok: true, detail: counted(size, 'byte'), fix: null };
  try {
    const found = await inspection();
    return [readable, encoding(found, mapping), delimiter(found), columns(found), ...dates(found)];
  } catch (error) {
    return [readable, { what: 'it is CSV that can be read', ok: false, detail: messageOf(error), fix: 'mend the file or its mapping' }];
  }
}

function encoding({ head }: CsvInspection, mapping: CsvMapping): Probe {
  const { name, doubt } = head.encoding;
  const said = mapping.encoding === undefined ? '' : ', as the mapping says';
  if (doubt === null) return { what: 'encoding', ok: true, detail: `${name}${said}`, fix: null };
  return {
    what: 'encoding',
    ok: true,
    detail: `${name}; it may be ${doubt}`,
    fix: `if letters look wrong, write \`encoding: ${doubt}\` into the mapping`,
  };
}

const delimiter = ({ head }: CsvInspection): Probe => ({
  what: 'delimiter and header',
  ok: head.headers.length > 1,
  detail: `${delimiterNames[head.delimiter]}, ${counted(head.headers.length, 'column')}, named in line ${head.headerLine}`,
  fix: head.headers.length > 1 ? null : 'write `delimiter:` and `header:` (its line) into the mapping',
});

function columns({ plan }: CsvInspection): Probe {
  const what = `recognised as ${plan.crm === null ? '' : `${ownerNames[plan.crm]} `}${rowNames[plan.rows]}`;
  const read = plan.columns.map(({ header, field, entered }) => `"${header}" is ${field ?? `the time of entering ${entered}`}`).join(', ');
  const unread = plan.unread.length === 0 ? '' : `; not read: ${plan.unread.map((header) => `"${header}"`).join(', ')}`;
  if (plan.isGuess)
    return { what, ok: false, detail: `no other column is known${unread}`, fix: 'say under `rows:` in the mapping what the rows are' };
  if (plan.missing.length === 0) return { what, ok: true, detail: `${read}${unread}`, fix: null };
  const missing = plan.missing.map((group) => group.map((field) => `\`${field}\``).join(' or ')).join('; ');
  return { what, ok: false, detail: `missing: ${missing}${unread}`, fix: 'say under `columns:` in the mapping which column that is' };
}

const dates = ({ formats }: CsvInspection): Probe[] =>
  formats.flatMap(({ column, dates, question }): Probe[] => {
    const what = `dates in "${column.header}"`;
    if (question === null)
      return dates === null ? [] : [{ what, ok: true, detail: dates === 'dmy' ? 'day before month' : 'month before day', fix: null }];
    const detail =
      question.kind === 'undecided'
        ? `"${question.example}" may be either, and no value tells`
        : `"${question.dmy}" and "${question.mdy}" contradict`;
    return [{ what, ok: false, detail, fix: 'write `dates: dmy` (day first) or `dates: mdy` into the mapping' }];
  });
