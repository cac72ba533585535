import { crowdOf, newestOf } from './crowd.ts';
import { isFull, onceEach } from './happening.ts';
import { type AccountRecord, type DealRecord, ofNobody, type PersonRecord, type Touchpoint } from './record.ts';

/** `nowOf`: the id by which somebody goes now who is not among `people` (somebody of another account); null: was deleted. */
type Around = { account: AccountRecord | null; people: PersonRecord[]; nowOf?: (personId: string) => string | null };

/**
 * The journey's own, with those of the account and of its people that name no deal; people by the id they go by now. Whoever was deleted or erased is
 * nobody: what names a deal or an account beside them has still happened, with nobody named; what names only them is left out. CRMs forget with whom it
 * was when they delete somebody, so whoever heard of it at the time must not know more than whoever asks today: what several people were in who are
 * all gone has happened once. `mayForget`: older ones may have been forgotten.
 */
export function touchpointsOf(
  record: DealRecord | AccountRecord,
  { account, people, nowOf = (id) => id }: Around,
): { touchpoints: Touchpoint[]; mayForget: boolean } {
  const { touchpoints, goesBy } = crowdOf(people);
  const all = newestOf([record.touchpoints, ...(account === null || account === record ? [] : [account.touchpoints]), touchpoints]);
  const named = (id: string | null): string | null => {
    if (id === null) return null;
    const now = goesBy.get(id);
    return now === undefined ? nowOf(id) : now;
  };
  const isAsItIs = all.every(({ personId }) => named(personId) === personId);
  const today = isAsItIs
    ? all
    : all.map((touchpoint) => {
        const personId = named(touchpoint.personId);
        return personId === null && touchpoint.personId !== null ? ofNobody(touchpoint) : { ...touchpoint, personId };
      });
  return { touchpoints: onceEach(today), mayForget: isFull(all) };
}
