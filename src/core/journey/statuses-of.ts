import type { DealRecord, Register } from './record.ts';
import type { DealStatus } from './signal.ts';
import { weeklyUnion } from './union.ts';

type Said = Pick<DealRecord, 'status' | 'statuses'>;

/** When the CRM said each status of a deal, newest first: the newest may have been said for long, with every change of the record. */
export const statusesOf = ({ status, statuses }: Said): Register<DealStatus>[] => statuses ?? (status === undefined ? [] : [status]);

/** Those of two records as one; nothing where no more than `status` itself was said. Of one instant the first counts, as in `newer`. */
export function joinStatuses(a: Said, b: Said): Pick<DealRecord, 'statuses'> {
  const statuses = weeklyUnion(statusesOf(a), statusesOf(b), ({ value }) => JSON.stringify(value));
  return statuses.length < 2 ? {} : { statuses };
}
