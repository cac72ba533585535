import type { Mention } from '../../../../app/crm.ts';
import type { RowContext } from './row.ts';

/** What a row that is about something else calls its deal; null: it names none. */
export function mentionOf({ cells, ids }: RowContext, where: string): Mention | null {
  const [id] = cells.list('deal.id') ?? [];
  const name = cells.text('deal.name');
  if (id !== undefined && ids.ofId(id) !== null) return { where, deal: id, by: 'id' };
  return name == null ? null : { where, deal: name, by: 'name' };
}
