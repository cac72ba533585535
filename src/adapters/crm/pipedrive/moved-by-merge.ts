import type { Signal } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import type { PipedriveApi } from './pipedrive-api.ts';
import { modifiedAt, recordId } from './pipedrive-objects.ts';
import { said } from './said.ts';

const atOnce = 500;
/** The one that is left was changed with the merge: it is among the first. */
const mostAsked = 50;

/**
 * Whose the deals and people are that an organization had which is gone, and which may have been merged into another: Pipedrive tells neither into which one, nor calls
 * what it hands over changed. So all are told that hang on organizations changed since then. `goneAt`: of those that are gone, at least one.
 */
export async function movedByMerge(api: Pick<PipedriveApi, 'list'>, goneAt: readonly EpochMs[]): Promise<Signal[]> {
  const [first, last] = [Math.min(...goneAt), Math.max(...goneAt)];
  const { items } = await api.list('organizations', { updatedSince: first, cursor: null, limit: atOnce });
  const changed = items.filter((one) => modifiedAt(one) >= first).sort((a, b) => modifiedAt(a) - modifiedAt(b));
  const signals: Signal[] = [];
  for (const { id } of changed.slice(0, mostAsked)) {
    const options = { updatedSince: null, cursor: null, limit: atOnce, query: { org_id: id } };
    const [deals, persons] = [await api.list('deals', options), await api.list('persons', options)];
    const accountId = recordId(id);
    const base = (one: Parameters<typeof modifiedAt>[0]) => ({ source: 'pipedrive', occurredAt: Math.max(modifiedAt(one), last) }) as const;
    signals.push(
      ...deals.items.map((deal) => said(`deal:${deal.id}`, { ...base(deal), type: 'deal.upserted', deal: { id: recordId(deal.id), accountId } })),
      ...persons.items.map((one) => said(`person:${one.id}`, { ...base(one), type: 'person.upserted', person: { id: recordId(one.id), accountId } })),
    );
  }
  return signals;
}
