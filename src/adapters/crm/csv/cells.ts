import type { LocalTime } from '../../../core/calendar/local-time.ts';
import { dayMs, type EpochMs, type IsoDay } from '../../../core/time.ts';
import { isBlank } from './blank.ts';
import type { ColumnFormat } from './column-formats.ts';
import type { CsvMapping } from './csv-mapping.ts';
import { dayOf, instantOf, readDate, type WrittenDate } from './dates.ts';
import type { Field } from './fields.ts';
import { readNumber } from './numbers.ts';

/** One row, by fields. Of every answer: `undefined` says nothing (no such column, or it cannot be read), `null` is an empty cell. */
export type Cells = {
  load(row: readonly string[]): void;
  text(field: Field): string | null | undefined;
  list(field: Field): string[] | null | undefined;
  number(field: Field): number | null | undefined;
  flag(field: Field): boolean | null | undefined;
  day(field: Field): IsoDay | null | undefined;
  /** An instant that has been: what lies in the future is reported. */
  time(field: Field): EpochMs | null | undefined;
  /** When the deal came into stages that have a column each. */
  entered(): { stage: string; at: EpochMs }[];
  /** A value that is there and cannot be read. */
  complain(field: Field, why: string): void;
  /** What was found wrong with the row that is loaded. */
  problems(): { column: string; why: string }[];
};

type Source = { formats: readonly ColumnFormat[]; mapping: CsvMapping; zone: LocalTime; now: EpochMs };

const yes = new Set(['true', 'yes', 'y', '1', 'ja', 'wahr', 'x', '✓', 'done', 'completed', 'erledigt', 'abgeschlossen', 'won', 'closed']);
const no = new Set([
  'false',
  'no',
  'n',
  '0',
  'nein',
  'falsch',
  'open',
  'offen',
  'not started',
  'not done',
  'to do',
  'todo',
  'in progress',
  'planned',
  'deferred',
  'scheduled',
  'geplant',
  'nicht erledigt',
  'nicht begonnen',
  'in bearbeitung',
]);
/** Letters of a name, a stage, an address: what is longer was meant for another column, or has swallowed some. */
const longest = 500;
const tooLong = `is longer than ${longest} characters`;
/** Clocks differ, and a day's beginning elsewhere may be tomorrow's here. */
const ahead = 1.5 * dayMs;

export function createCells({ formats, mapping, zone, now }: Source): Cells {
  const columns = new Map<Field, ColumnFormat[]>();
  const stages: { stage: string; format: ColumnFormat }[] = [];
  for (const format of formats) {
    const { field, entered } = format.column;
    if (entered !== null) stages.push({ stage: entered, format });
    if (field === null) continue;
    const list = columns.get(field);
    if (list === undefined) columns.set(field, [format]);
    else list.push(format);
  }
  const values = new Map(
    Object.entries(mapping.values).map(([field, words]) => [
      field,
      new Map(Object.entries(words).map(([from, to]) => [from.trim().toLowerCase(), to])),
    ]),
  );
  let row: readonly string[] = [];
  let problems: { column: string; why: string }[] = [];

  /** The first column of a field that is filled; with how it is written. */
  const find = (field: Field): { text: string; format: ColumnFormat | null } | null | undefined => {
    let there = false;
    for (const format of columns.get(field) ?? none) {
      const cell = row[format.column.index];
      if (cell === undefined) continue;
      there = true;
      const text = clean(cell);
      if (!isBlank(text)) return { text: values.get(field)?.get(text.toLowerCase()) ?? text, format };
    }
    const constant = mapping.constants[field];
    return constant === undefined ? (there ? null : undefined) : { text: constant, format: null };
  };
  const complainOf = (column: string, why: string): undefined => {
    problems.push({ column, why });
  };
  const dateOf = (text: string, format: ColumnFormat | null, column: string): WrittenDate | undefined => {
    const date = readDate(text, format?.dates ?? mapping.dates ?? null);
    if (date === 'unsaid')
      return complainOf(column, `"${short(text)}" may be day-month or month-day: say \`dates: dmy\` or \`dates: mdy\` in the mapping`);
    if (date === null) {
      const order = format?.dates == null ? '' : format.dates === 'dmy' ? ' (day first)' : ' (month first)';
      return complainOf(column, `"${short(text)}" is no date${order}`);
    }
    return date;
  };
  const timeOf = (text: string, format: ColumnFormat | null, column: string): EpochMs | undefined => {
    const date = dateOf(text, format, column);
    if (date === undefined) return undefined;
    const at = instantOf(date, zone);
    if (at < 0) return complainOf(column, `"${short(text)}" is before 1970`);
    return at > now + ahead ? complainOf(column, `"${short(text)}" lies in the future`) : at;
  };
  const nameOf = (field: Field, format: ColumnFormat | null): string => format?.column.header ?? field;
  const read =
    <Value>(how: (text: string, format: ColumnFormat | null, field: Field) => Value | undefined) =>
    (field: Field): Value | null | undefined => {
      const found = find(field);
      return found == null ? found : how(found.text, found.format, field);
    };

  return {
    load(next) {
      row = next;
      problems = [];
    },
    text: read((text, format, field) => (text.length > longest ? complainOf(nameOf(field, format), tooLong) : text)),
    list: read((text, format, field) => {
      const parts = text
        .split(';')
        .map((part) => part.trim())
        .filter((part) => !isBlank(part));
      const meant = parts.filter(({ length }) => length <= longest);
      if (meant.length < parts.length) complainOf(nameOf(field, format), tooLong);
      return meant;
    }),
    number: read((text, format, field) => {
      const value = readNumber(text, format?.numbers ?? mapping.numbers ?? null);
      if (value === null) return complainOf(nameOf(field, format), `"${short(text)}" is no number`);
      if (value === 'unsaid')
        return complainOf(nameOf(field, format), `"${short(text)}" may be thousands or decimals: say \`numbers:\` in the mapping`);
      return value;
    }),
    flag: read((text, format, field) => {
      const word = text.toLowerCase();
      return yes.has(word) ? true : no.has(word) ? false : complainOf(nameOf(field, format), `"${short(text)}" is neither yes nor no`);
    }),
    day: read((text, format, field) => {
      const date = dateOf(text, format, nameOf(field, format));
      return date === undefined ? undefined : dayOf(date, zone);
    }),
    time: read((text, format, field) => timeOf(text, format, nameOf(field, format))),
    entered: () =>
      stages.flatMap(({ stage, format }) => {
        const text = clean(row[format.column.index] ?? '');
        const at = isBlank(text) ? undefined : timeOf(text, format, format.column.header);
        return at === undefined ? [] : [{ stage, at }];
      }),
    complain(field, why) {
      complainOf(nameOf(field, columns.get(field)?.[0] ?? null), why);
    },
    problems: () => problems,
  };
}

const none: readonly ColumnFormat[] = [];

/** Line ends and the like are spaces here. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is those that are sought
const controls = /[\u0000-\u001f\u007f]+/g;
const clean = (cell: string): string => cell.replaceAll(controls, ' ').trim();

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
