import type { CrmHistory, HistoryPage, Mention } from '../../../app/crm.ts';
import { CrmRefusedError } from '../../../app/errors.ts';
import type { Clock } from '../../../app/ports.ts';
import { createLocalTime, dayNumberOf, type LocalTime } from '../../../core/calendar/local-time.ts';
import { dayMs, type EpochMs } from '../../../core/time.ts';
import { catalogueOf } from './catalogue.ts';
import { createCells } from './cells.ts';
import { planFingerprint } from './column-plan.ts';
import { countRows } from './count-rows.ts';
import type { CsvMapping } from './csv-mapping.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { dealsByVisit } from './deals-by-visit.ts';
import type { RowKind } from './fields.ts';
import { refuseChanged } from './file-head.ts';
import { type CsvInspection, inspectCsv, obstaclesTo, recordsOf } from './inspect-csv.ts';
import { isEmptyRow } from './noise.ts';
import { probeCsv } from './probe.ts';
import type { RawRecord } from './read-records.ts';
import { createRecordIds } from './record-ids.ts';
import { createRepeatedRows, type RepeatedRows } from './repeated-rows.ts';
import { readAccountRow } from './rows/account-row.ts';
import { readActivityRow } from './rows/activity-row.ts';
import { readDealRow } from './rows/deal-row.ts';
import { mentionOf } from './rows/mention.ts';
import { readPersonRow } from './rows/person-row.ts';
import type { ReadRow, RowContext } from './rows/row.ts';
import { readStageRow } from './rows/stage-row.ts';
import { refusalOf } from './usable-row.ts';

/** `timezone`: of times in the file, where the mapping names no other. */
export type CsvHistorySource = { file: string; mapping: CsvMapping; timezone: string; clock: Clock; pageSignals?: number };

const readRow: Record<RowKind, ReadRow> = {
  deals: readDealRow,
  accounts: readAccountRow,
  people: readPersonRow,
  stages: readStageRow,
  activities: readActivityRow,
};

/** Rows that are about something else than the deal they name: the deal itself comes with a file of deals. */
const onlyMentions: ReadonlySet<RowKind> = new Set(['stages', 'activities']);

/**
 * A CSV file as a CRM's memory. It is looked at once, when it is first asked for; its pages are read as they are taken, in memory that does not
 * grow with the file. A file tells nothing of when a row was written: `since` is not heeded, and everything counts once however often it is read.
 */
export function createCsvHistory({ file, mapping, timezone, clock, pageSignals = 2_000 }: CsvHistorySource): CrmHistory {
  const zoneName = mapping.timezone ?? timezone;
  const zone = createLocalTime(zoneName);
  let inspected: Promise<CsvInspection> | null = null;
  const inspection = (): Promise<CsvInspection> => {
    inspected ??= inspectCsv(file, mapping);
    return inspected;
  };
  const ready = async (): Promise<CsvInspection> => {
    const found = await inspection();
    const obstacles = obstaclesTo(found);
    if (obstacles.length > 0) throw new CrmRefusedError(obstacles.join('\n'));
    return found;
  };
  return {
    source: 'csv',
    async *pages({ cursor }, stopping) {
      const csv = await ready();
      const known = { file, fingerprint: csv.head.fingerprint, plan: planFingerprint(csv.plan, mapping, zoneName) };
      const from = cursor === null ? { place: csv.head.rows, total: await countRows(file, csv.head) } : readCursor(cursor, known);
      const context = await contextOf(csv, mapping, zone, clock.now());
      const repeated = await repeatedBefore(csv, from.place.offset, context);
      const reader = recordsOf(file, csv.head, from.place);
      let page = emptyPage(from.total);
      for await (const record of reader.records) {
        takeIn(page, record, csv, context, repeated);
        if (page.signals.length < pageSignals && page.rows < pageSignals && page.refused.length < pageSignals) continue;
        if (stopping.aborted) return;
        await refuseChanged(file, csv.head);
        yield { ...page, cursor: writeCursor(known, reader.next(), from.total) };
        page = emptyPage(from.total);
      }
      if (stopping.aborted) return;
      await refuseChanged(file, csv.head);
      yield page;
    },
    async catalogue() {
      const csv = await ready();
      return await catalogueOf(csv, await contextOf(csv, mapping, zone, clock.now()));
    },
    probe: () => probeCsv(file, mapping, inspection),
  };
}

type Page = HistoryPage & { mentions: Map<string, Mention> };

const emptyPage = (total: number): Page => ({ signals: [], rows: 0, total, refused: [], mentions: new Map(), cursor: null });

/** As if it had been read in one go: whoever goes on with a file knows the rows before. */
async function repeatedBefore(csv: CsvInspection, offset: number, context: RowContext): Promise<RepeatedRows> {
  const repeated = createRepeatedRows(csv.plan);
  if (offset <= csv.head.rows.offset) return repeated;
  const { records, next } = recordsOf(csv.file, csv.head);
  const page = emptyPage(0);
  for await (const record of records) {
    takeIn(page, record, csv, context, repeated);
    page.signals.length = 0;
    page.refused.length = 0;
    page.mentions.clear();
    if (next().offset >= offset) break;
  }
  return repeated;
}

function takeIn(page: Page, record: RawRecord, csv: CsvInspection, context: RowContext, repeated: RepeatedRows): void {
  const { line, fields } = record;
  if (isEmptyRow(fields)) return;
  page.rows += 1;
  const refuse = (why: string): void => {
    page.refused.push({ where: `line ${line}`, why });
  };
  const refusal = refusalOf(record, csv);
  if (refusal !== null) {
    refuse(refusal);
    return;
  }
  context.cells.load(fields);
  const read = readRow[csv.plan.rows](context);
  const problems = context.cells.problems();
  if ('refused' in read) {
    const because = problems.map(({ column, why }) => `; column "${column}": ${why}`).join('');
    refuse(`${read.refused}${because}`);
    return;
  }
  page.signals.push(...read.signals);
  const mention = onlyMentions.has(csv.plan.rows) ? mentionOf(context, `line ${line}`) : null;
  if (mention !== null) for (const { id } of read.signals) page.mentions.set(id, mention);
  const before = repeated.note(read.signals, line);
  if (before !== null)
    refuse(`has the same id or name as line ${before}, and says something else: both were read as one record, and the newer one counts`);
  for (const { column, why } of problems)
    page.refused.push({ where: `line ${line}, column "${column}"`, why: `${why}; the row was read without it` });
}

async function contextOf(csv: CsvInspection, mapping: CsvMapping, zone: LocalTime, now: EpochMs): Promise<RowContext> {
  const { head, plan, formats } = csv;
  const startOfDay = (day: string): EpochMs => zone.fromLocal(dayNumberOf(day) * dayMs);
  const context: RowContext = {
    cells: createCells({ formats, mapping, zone, now }),
    ids: createRecordIds(plan.crm),
    mapping,
    asOf: mapping.as_of === undefined ? head.modifiedAt : startOfDay(mapping.as_of),
    now,
    visits: new Set<string>(),
    startOfDay,
  };
  return { ...context, visits: await dealsByVisit(csv, context) };
}
