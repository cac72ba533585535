import { hash } from 'node:crypto';
import type { Signal } from '../../../core/journey/signal.ts';
import type { ColumnPlan } from './column-plan.ts';
import type { RowKind } from './fields.ts';

/** Which rows say something else of a record than a row before them did. */
export type RepeatedRows = {
  /** Notes a row; answers the line of the first one about the same record, or null where there is none, or it says the same. */
  note(signals: readonly Signal[], line: number): number | null;
};

/** More records than this are not told apart any more: memory must not grow with the file. */
const mostNoted = 300_000;

/**
 * A list has a row for each record. Two of one record that differ may be two records with one id or name by mistake: they are read as one, and that is
 * reported. Rows that say the same of a deal and differ in its people are how CRMs export several people; a list of people with a deal in each row has a
 * row for each deal, and stages and activities are many to a record.
 */
export function createRepeatedRows({ rows, columns }: Pick<ColumnPlan, 'rows' | 'columns'>): RepeatedRows {
  const isJoined = rows === 'people' && columns.some(({ field }) => field?.startsWith('deal.') === true);
  if (rows === 'stages' || rows === 'activities' || isJoined) return { note: () => null };
  const known = new Map<number, { line: number; said: number }>();
  return {
    note(signals, line) {
      const own = signals.findLast(({ type }) => type === upsertOf[rows]);
      if (own === undefined) return null;
      const key = short(idIn(own));
      const first = known.get(key);
      // A signal's id is a digest of what it says.
      if (first === undefined && known.size < mostNoted) known.set(key, { line, said: short(own.id) });
      return first === undefined || first.said === short(own.id) ? null : first.line;
    },
  };
}

const upsertOf = { deals: 'deal.upserted', accounts: 'account.upserted', people: 'person.upserted' } as const satisfies Partial<
  Record<RowKind, Signal['type']>
>;

function idIn(signal: Signal): string {
  switch (signal.type) {
    case 'deal.upserted':
      return signal.deal.id;
    case 'account.upserted':
      return signal.account.id;
    case 'person.upserted':
      return signal.person.id;
    default:
      return signal.id;
  }
}

/** Six bytes of a digest: far less than the text, and not the same for two in a file. */
export const short = (text: string): number => Buffer.from(hash('sha1', text, 'hex').slice(0, 12), 'hex').readUIntBE(0, 6);
