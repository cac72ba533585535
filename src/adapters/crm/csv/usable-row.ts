import { counted } from '../../../core/counted.ts';
import { needed } from './fields.ts';
import type { CsvInspection } from './inspect-csv.ts';
import { isEmptyRow, noiseOf } from './noise.ts';
import type { RawRecord } from './read-records.ts';

/** Why a row cannot be read at all, from its form alone; null: it can. A short row is fine as long as what it needs is there (Excel leaves empty cells at the end out). */
export function refusalOf({ fields, broken }: RawRecord, { head, plan }: CsvInspection): string | null {
  if (broken !== null) return broken;
  const noise = noiseOf(fields, head.headers);
  if (noise !== null) return `${noise}: left out`;
  const width = head.headers.length;
  if (fields.length > width && !isEmptyRow(fields.slice(width))) {
    return `has ${fields.length} fields, the header has ${width}: a text with the delimiter in it needs quotation marks`;
  }
  const groups = needed[plan.rows];
  const isThere = (group: (typeof groups)[number]): boolean =>
    plan.columns.every(({ field }) => field === null || !group.includes(field)) ||
    plan.columns.some(({ field, index }) => field !== null && group.includes(field) && index < fields.length);
  if (fields.length < width && !groups.every(isThere)) return `has ${counted(fields.length, 'field')}, the header has ${width}`;
  if (groups.length > 1 && width > 2 && fields.filter((field) => field.trim() !== '').length === 1) return 'has nothing in it but one text';
  return null;
}
