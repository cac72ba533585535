import type { EpochMs } from '../time.ts';
import { joinMaps } from './join-maps.ts';
import type { AccountRecord, PersonRecord } from './record.ts';

/** Accounts and people. Of a deal's deletions each of its `parts` has its own. */
type Ending = Pick<AccountRecord | PersonRecord, 'id' | 'deletedAt' | 'deletions'>;
type Ends = Pick<Ending, 'deletedAt' | 'deletions'>;

/**
 * Two records of one id are of one; those of two ids have become one, and a CRM deletes what it merges away: each was deleted by itself, and only the deletion of
 * the one that is left ends it. What is not returned, is as `joinShared` has it.
 */
export const joinDeletions = (a: Ending, b: Ending): Partial<Ends> =>
  a.id === b.id && a.deletions === undefined && b.deletions === undefined ? {} : endsOf(a.id, joinMaps(deletionsOf(a), deletionsOf(b), Math.max));

/** The ends of records that have become one which goes by this id. */
export const endsOf = (id: string, deletions: Record<string, EpochMs>): Ends => ({
  deletions,
  deletedAt: (Object.hasOwn(deletions, id) ? deletions[id] : undefined) ?? null,
});

const deletionsOf = ({ id, deletedAt, deletions }: Ending): Record<string, EpochMs> => deletions ?? (deletedAt === null ? {} : { [id]: deletedAt });
