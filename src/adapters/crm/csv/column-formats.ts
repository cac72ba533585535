import { isBlank } from './blank.ts';
import type { ColumnPlan, PlannedColumn } from './column-plan.ts';
import type { DateOrder, NumberStyle } from './csv-mapping.ts';
import { orderEvidence } from './dates.ts';
import { fields } from './fields.ts';
import { styleEvidence } from './numbers.ts';

/** How a column writes dates or numbers, from its values: what each value leaves open is settled by those that leave nothing open. */
export type ColumnFormat = {
  column: PlannedColumn;
  dates: DateOrder | null;
  numbers: NumberStyle | 'mixed' | null;
  /** Values that could be either, and none that tells; or values that tell opposite things. */
  question: { kind: 'undecided'; example: string } | { kind: 'contradiction'; dmy: string; mdy: string } | null;
};

export type FormatEvidence = { add(row: readonly string[]): void; formats(): ColumnFormat[] };

/** Looks at rows, however many; remembers one example of each kind. */
export function gatherFormats({ columns }: ColumnPlan): FormatEvidence {
  const seen = columns.map((column) => ({ column, type: cellTypeOf(column), examples: new Map<string, string>() }));
  return {
    add(row) {
      for (const { column, type, examples } of seen) {
        const text = row[column.index]?.trim() ?? '';
        if (type === 'other' || isBlank(text)) continue;
        const evidence = type === 'date' ? orderEvidence(text) : styleEvidence(text);
        if (evidence !== 'none' && !examples.has(evidence)) examples.set(evidence, text);
      }
    },
    formats: () => seen.map(({ column, type, examples }) => formatOf(column, type, examples)),
  };
}

export const isUndecided = ({ question }: ColumnFormat): boolean => question?.kind === 'undecided';

function formatOf(column: PlannedColumn, type: 'date' | 'number' | 'other', examples: Map<string, string>): ColumnFormat {
  if (type === 'number') {
    const [point, comma] = [examples.has('1,234.56'), examples.has('1.234,56')];
    return {
      column,
      dates: null,
      numbers: column.numbers ?? (point && comma ? 'mixed' : point ? '1,234.56' : comma ? '1.234,56' : null),
      question: null,
    };
  }
  const [dmy, mdy, ambiguous] = [examples.get('dmy'), examples.get('mdy'), examples.get('ambiguous')];
  const said = { column, numbers: null, dates: column.dates };
  if (type === 'other' || column.dates !== null) return { ...said, question: null };
  if (dmy !== undefined && mdy !== undefined) return { ...said, question: { kind: 'contradiction', dmy, mdy } };
  if (dmy !== undefined || mdy !== undefined) return { ...said, dates: dmy === undefined ? 'mdy' : 'dmy', question: null };
  return { ...said, question: ambiguous === undefined ? null : { kind: 'undecided', example: ambiguous } };
}

function cellTypeOf({ field, entered }: PlannedColumn): 'date' | 'number' | 'other' {
  const type = entered !== null ? 'time' : field === null ? 'text' : fields[field].type;
  return type === 'day' || type === 'time' ? 'date' : type === 'number' ? 'number' : 'other';
}
