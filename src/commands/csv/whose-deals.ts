import { type CsvMapping, mappedColumn } from '../../adapters/crm/csv/csv-mapping.ts';
import { type IdOwner, idOwners } from '../../adapters/crm/csv/fields.ts';
import type { CsvInspection } from '../../adapters/crm/csv/inspect-csv.ts';
import { createRecordIds } from '../../adapters/crm/csv/record-ids.ts';

/** Of some deals, by their records' ids, those that are known. */
export type AskDeals = (ids: string[]) => Promise<ReadonlySet<string>>;

const asked = 50;
/** Of the values at the beginning of a file. */
const enough = 0.5;

/**
 * Moves and activities name deals that other files or a CRM have told of. Where the file does not say what its column `deal` holds, or whose ids they are, the
 * deals that are known do: the mapping with what they say, if most of its first values are ids of deals that are known. Null: they say nothing new.
 */
export async function whoseDeals({ head, plan }: CsvInspection, mapping: CsvMapping, known: AskDeals): Promise<CsvMapping | null> {
  if (plan.rows !== 'stages' && plan.rows !== 'activities') return null;
  const column = plan.columns.find(({ field }) => field === 'deal.id') ?? plan.columns.find(({ field }) => field === 'deal.name');
  if (column === undefined) return null;
  const isSaid = mappedColumn(mapping, column.header)?.field !== undefined;
  if (isSaid && (mapping.crm !== undefined || column.field === 'deal.name')) return null;
  const texts = [...new Set(head.samples.map((row) => (row[column.index] ?? '').trim()).filter((text) => text !== ''))].slice(0, asked);
  const owners: (IdOwner | null)[] =
    mapping.crm === undefined ? [plan.crm, ...[null, ...idOwners].filter((owner) => owner !== plan.crm)] : [plan.crm];
  for (const crm of owners) {
    const ids = createRecordIds(crm);
    const found = await known(texts.flatMap((text) => ids.ofId(text) ?? []));
    if (found.size === 0 || found.size < texts.length * enough) continue;
    if (column.field === 'deal.id' && crm === plan.crm) return null;
    return {
      ...mapping,
      crm: crm ?? 'none',
      columns: { ...mapping.columns, [column.header]: { ...mappedColumn(mapping, column.header), field: 'deal.id' } },
    };
  }
  return null;
}
