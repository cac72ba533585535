import { type CsvInspection, recordsOf } from './inspect-csv.ts';
import { isEmptyRow } from './noise.ts';
import { short } from './repeated-rows.ts';
import { stageEntryOf } from './rows/deal-row.ts';
import type { DealsByVisit, RowContext } from './rows/row.ts';
import { refusalOf } from './usable-row.ts';

/** More deals than this are not told apart: memory must not grow with the file. */
const mostNoted = 300_000;

/**
 * The deals of which a list has several rows that say when they came into which stage, and differ in it: a row for each visit. Which ones they are shows
 * only in all of the file, so it is read once before; a file without that column is not.
 */
export async function dealsByVisit(csv: CsvInspection, context: RowContext): Promise<DealsByVisit> {
  const { head, plan, file } = csv;
  const visits = new Set<string>();
  if (plan.rows !== 'deals' || !plan.columns.some(({ field }) => field === 'deal.stage_entered')) return visits;
  const first = new Map<number, number>();
  for await (const record of recordsOf(file, head).records) {
    if (isEmptyRow(record.fields) || refusalOf(record, csv) !== null) continue;
    context.cells.load(record.fields);
    const entry = stageEntryOf(context);
    if (entry === null) continue;
    const key = short(entry.dealId);
    const said = short(`${entry.at} ${entry.stage}`);
    const known = first.get(key);
    if (known === undefined && first.size < mostNoted) first.set(key, said);
    else if (known !== undefined && known !== said) visits.add(entry.dealId);
  }
  return visits;
}
