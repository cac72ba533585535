import { compareText } from '../../../core/compare-text.ts';
import type { EpochMs } from '../../../core/time.ts';

/**
 * Rows of a history, oldest first, each at a moment of its own. Salesforce's times are whole seconds, and of two rows of one second the later one has
 * the larger id: each counts from a millisecond after the one before. So a deal that was moved twice in a second has been in both stages, in
 * their order, and whoever asked between the two learns the same as who asks later.
 */
export function inTheirOrder<Row extends { Id: string; CreatedDate: EpochMs }>(rows: readonly Row[]): (Row & { at: EpochMs })[] {
  const sorted = rows.toSorted((a, b) => a.CreatedDate - b.CreatedDate || compareText(a.Id, b.Id));
  const first = new Map<EpochMs, number>();
  return sorted.map((row, index) => {
    const start = first.get(row.CreatedDate) ?? index;
    first.set(row.CreatedDate, start);
    return { ...row, at: row.CreatedDate + index - start };
  });
}
