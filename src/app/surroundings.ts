import type { Surroundings } from '../core/journey/assemble-journey.ts';
import { type AccountRecord, type DealRecord, dealsOn, isAlive, type PersonRecord } from '../core/journey/record.ts';
import type { RecordKind } from '../core/journey/signal.ts';

type Records = { account: Map<string, AccountRecord>; deal: Map<string, DealRecord>; person: Map<string, PersonRecord> };

const nobody: PersonRecord[] = [];

/** Who belongs to what, by the ids they go by now. Worked out once between two signals. */
export function createSurroundings(records: Records, resolve: (kind: RecordKind, id: string) => string) {
  let people: { byAccount: Map<string, PersonRecord[]>; byDeal: Map<string, PersonRecord[]> } | null = null;
  let deals: Map<string | null, DealRecord[]> | null = null;
  const accountIdOf = (record: DealRecord | PersonRecord): string | null =>
    record.accountId?.value == null ? null : resolve('account', record.accountId.value);
  const peopleNow = () => {
    people ??= groupPeople();
    return people;
  };
  const dealsNow = () => {
    deals ??= Map.groupBy(records.deal.values(), accountIdOf);
    return deals;
  };
  const nowOf = (personId: string): string | null => {
    const id = resolve('person', personId);
    const person = records.person.get(id);
    return person !== undefined && !isAlive(person) ? null : id;
  };
  const of = (deal: DealRecord): Surroundings => {
    const accountId = accountIdOf(deal);
    const { byAccount, byDeal } = peopleNow();
    const own = (accountId === null ? undefined : byAccount.get(accountId)) ?? nobody;
    // Mostly all of a deal are the account's. Then it is the very same list: what is worked out of it is worked out once (see crowdOf).
    const guests = (byDeal.get(deal.id) ?? []).filter((person) => accountId === null || accountIdOf(person) !== accountId);
    const people = guests.length === 0 ? own : [...own, ...new Set(guests)];
    return { account: accountId === null ? null : (records.account.get(accountId) ?? null), people, nowOf };
  };
  const ofAccount = (account: AccountRecord): Surroundings => ({
    account,
    people: peopleNow().byAccount.get(account.id) ?? [],
    deals: dealsNow().get(account.id) ?? [],
    nowOf,
  });
  return {
    accountIdOf,
    of,
    ofAccount,
    reset: () => {
      people = null;
      deals = null;
    },
  };

  function groupPeople() {
    const byAccount = new Map<string, PersonRecord[]>();
    const byDeal = new Map<string, PersonRecord[]>();
    const add = (groups: Map<string, PersonRecord[]>, id: string, person: PersonRecord): void => {
      const group = groups.get(id);
      if (group === undefined) groups.set(id, [person]);
      else group.push(person);
    };
    for (const person of records.person.values()) {
      const accountId = accountIdOf(person);
      if (accountId !== null) add(byAccount, accountId, person);
      for (const dealId of dealsOn(person, (id) => resolve('deal', id))) add(byDeal, dealId, person);
    }
    return { byAccount, byDeal };
  }
}
