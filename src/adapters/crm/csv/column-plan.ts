import { createHash } from 'node:crypto';
import { CrmRefusedError } from '../../../app/errors.ts';
import { type CsvMapping, type DateOrder, mappedColumn, type NumberStyle } from './csv-mapping.ts';
import { type Field, type IdOwner, needed, type RowKind, usable } from './fields.ts';
import { certain, recogniseHeaders } from './propose-mapping.ts';

/** A column that is read: as a field, or as the time at which the deal came into a stage. */
export type PlannedColumn = {
  index: number;
  header: string;
  field: Field | null;
  entered: string | null;
  dates: DateOrder | null;
  numbers: NumberStyle | null;
};

/**
 * What is read of a file. `unread`: columns that nobody asked for. `missing`: what rows of this kind need and nothing gives. `isGuess`: one common name
 * alone says what the rows are, and a list of deals has a column for its customers, too.
 */
export type ColumnPlan = {
  rows: RowKind;
  crm: IdOwner | null;
  columns: PlannedColumn[];
  unread: string[];
  missing: Field[][];
  isGuess: boolean;
};

/**
 * What the mapping says, and for columns that it does not name what is recognised without doubt. `samples`: some of the rows.
 * @throws CrmRefusedError when the mapping names a column that the file has not.
 */
export function planColumns(file: string, headers: readonly string[], mapping: CsvMapping, samples: readonly string[][]): ColumnPlan {
  const absent = Object.keys(mapping.columns).filter((name) => !headers.includes(name));
  if (absent.length > 0) {
    const have = headers.filter((header) => header !== '').map((header) => `"${header}"`);
    throw new CrmRefusedError(`${file} has no column ${absent.map((name) => `"${name}"`).join(', ')}; it has ${have.join(', ')}`);
  }
  const proposal = recogniseHeaders(headers, mapping.rows, samples);
  const { rows } = proposal;
  const crm = mapping.crm === 'none' ? null : (mapping.crm ?? proposal.crm);
  const said = new Set(headers.map((header) => mappedColumn(mapping, header)?.field));
  const planned = headers.map((header, index): (PlannedColumn & { rank: number }) | null => {
    const own = mappedColumn(mapping, header);
    const proposed = proposal.columns[index];
    const recognised = proposed !== undefined && proposed.confidence >= certain ? proposed : null;
    if (own?.field === 'ignore') return null;
    const field =
      own?.entered !== undefined
        ? null
        : (own?.field ?? (own === null && said.has(recognised?.field ?? undefined) ? null : (recognised?.field ?? null)));
    const entered = own?.entered ?? (own?.field === undefined ? (recognised?.entered ?? null) : null);
    if ((field === null && entered === null) || (field !== null && !usable[rows](field))) return null;
    const explicit = own?.field !== undefined || own?.entered !== undefined;
    return {
      ...{ index, header, field, entered, rank: explicit ? -1 : (proposed?.rank ?? 0) },
      ...{ dates: own?.dates ?? mapping.dates ?? null, numbers: own?.numbers ?? mapping.numbers ?? null },
    };
  });
  const columns = planned.filter((column) => column !== null).sort((a, b) => a.rank - b.rank || a.index - b.index);
  const held = new Set<Field | null>([...columns.map(({ field }) => field), ...(Object.keys(mapping.constants) as Field[])]);
  return {
    rows,
    crm,
    columns: columns.map(({ rank: _, ...column }) => column),
    unread: headers.filter((header, index) => header !== '' && planned[index] === null),
    isGuess:
      mapping.rows === undefined &&
      Object.keys(mapping.columns).length === 0 &&
      (rows === 'accounts' || rows === 'people') &&
      columns.length === 1 &&
      headers.filter((header) => header !== '').length > 2,
    missing: needed[rows].filter(
      (group) => !group.some((field) => held.has(field)) && !(group.includes('person.name') && held.has('person.first_name')),
    ),
  };
}

/** Changes with whatever would read the same file otherwise. */
export const planFingerprint = (plan: ColumnPlan, mapping: CsvMapping, zone: string): string =>
  createHash('sha256')
    .update(JSON.stringify([plan.rows, plan.crm, plan.columns, mapping, zone]))
    .digest('base64url')
    .slice(0, 16);
