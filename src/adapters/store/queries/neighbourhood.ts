import { emptyNeighbourhood } from '../../../app/empty-neighbourhood.ts';
import type { Neighbourhood, RecordRef } from '../../../app/ports.ts';
import type { Alert } from '../../../core/alerts/alert.ts';
import { type DealRecord, idsOf, type JourneyRecord, type PersonRecord } from '../../../core/journey/record.ts';
import type { RecordKind } from '../../../core/journey/signal.ts';
import { and, eq } from '../drizzle.ts';
import { ask, askOne, type Dialect, type Steps, slot } from '../query.ts';
import type { Alerts } from './alerts.ts';
import { type Cards, cardOf } from './cards.ts';
import type { Journeys } from './journeys.ts';
import { defineWholeAccounts, type WholeAccounts } from './whole-accounts.ts';

/** Reads all that evaluating some records' journeys needs. */
export function defineNeighbourhood(dialect: Dialect, parts: { alerts: Alerts; cards: Cards; journeys: Journeys }) {
  const { db, tables, rows } = dialect;
  const { aliases, dealPeople, deals, people } = tables;
  const id = slot('id');
  const whole = defineWholeAccounts(dialect);
  const dealFields = { state: deals.state, revision: deals.revision, accountId: deals.accountId };
  const dealById = rows(db.select(dealFields).from(deals).where(eq(deals.id, id)));
  const personFields = { state: people.state, revision: people.revision, accountId: people.accountId };
  const personById = rows(db.select(personFields).from(people).where(eq(people.id, id)));
  const peopleOfDeal = rows(db.select({ id: dealPeople.personId }).from(dealPeople).where(eq(dealPeople.dealId, id)));
  const dealsOfPerson = rows(db.select({ id: dealPeople.dealId }).from(dealPeople).where(eq(dealPeople.personId, id)));
  const alias = rows(
    db
      .select({ into: aliases.into })
      .from(aliases)
      .where(and(eq(aliases.kind, slot('kind')), eq(aliases.from, id))),
  );

  return function* load(refs: RecordRef[]): Steps<Neighbourhood> {
    const search: Search = { found: emptyNeighbourhood(), loadedAccounts: new Set(), accountOfPerson: new Map(), lookedUp: new Set() };
    const { found } = search;
    // Accounts first: most deals and people named come with theirs.
    yield* loadAccounts(search, named(search, refs, 'account'));
    yield* loadAccounts(search, yield* whole.of('deal', named(search, refs, 'deal')));
    yield* loadAccounts(search, yield* whole.of('person', named(search, refs, 'person')));
    for (const kind of ['account', 'deal', 'person'] as const) for (const ref of refs) if (ref.kind === kind) yield* loadRef(search, ref);
    for (const ref of refs) if (ref.kind === 'deal') yield* loadAccountsOfParts(search, ref.id);
    yield* loadAccounts(search, allIds(found.accounts));
    for (const dealId of allIds(found.deals)) if (!found.journeys.has(`deal:${dealId}`)) yield* loadJourney(search, `deal:${dealId}`);
    yield* resolveNamed(search);
    for (const list of found.alerts.values()) list.sort(byOpening);
    return found;
  };

  // Not within `load`: a generator function that is made anew for each search holds all that was found until V8 collects the whole heap.

  function* loadRef(search: Search, { kind, id }: RecordRef): Steps<void> {
    if (search.lookedUp.has(`${kind}:${id}`)) return;
    const known = yield* loadRecord(search, kind, id);
    const into = known ? null : yield* lookUp(search, kind, id);
    if (into !== null) yield* loadRecord(search, kind, into);
  }

  function* loadRecord(search: Search, kind: RecordKind, id: string): Steps<boolean> {
    const { found } = search;
    switch (kind) {
      case 'account':
        yield* loadAccounts(search, [id]);
        return found.accounts.has(id);
      case 'deal':
        return yield* loadDeal(search, id);
      case 'person': {
        const isKnown = found.people.has(id) || (yield* loadPerson(search, id));
        const accountId = search.accountOfPerson.get(id) ?? null;
        if (accountId !== null) yield* loadAccounts(search, [accountId]);
        // A person's doing changes what is true of every deal it belongs to.
        if (isKnown && !hasItsDeals(search, id)) for (const deal of yield* ask(dealsOfPerson, { id })) yield* loadDeal(search, deal.id);
        return isKnown;
      }
    }
  }

  /** Of deals that have become one: the next merge may make it another one's of them. */
  function* loadAccountsOfParts(search: Search, dealId: string): Steps<void> {
    const { aliases, deals } = search.found;
    const parts = deals.get(aliases.get(`deal:${dealId}`) ?? dealId)?.record.parts ?? {};
    for (const { accountId } of Object.values(parts)) if (accountId?.value != null) yield* loadRef(search, { kind: 'account', id: accountId.value });
  }

  /** Of an account that was not spoken of itself there may be deals and people all the same. */
  function* loadAccounts(search: Search, ids: readonly string[]): Steps<void> {
    const others = [...new Set(ids)].filter((id) => !search.loadedAccounts.has(id));
    for (const id of others) search.loadedAccounts.add(id);
    for (const some of yield* whole.load(others)) yield* keepAccounts(search, some);
  }

  function* keepAccounts(search: Search, some: WholeAccounts): Steps<void> {
    const { found } = search;
    for (const { state, revision } of some.accounts) found.accounts.set(state.id, { record: state, revision });
    for (const row of some.deals) keepDeal(search, row);
    for (const row of some.people) keepPerson(search, row);
    for (const personId of some.personIds) if (!found.people.has(personId)) yield* loadPerson(search, personId);
    for (const journey of some.journeys) found.journeys.set(journey.id, journey);
    for (const alert of some.alerts) group(found.alerts, alert.journeyId, alert);
    for (const row of some.cards) group(found.cards, row.journeyId, cardOf(row));
    for (const mute of some.mutes) found.mutes.set(mute.accountId, mute);
  }

  function* loadDeal(search: Search, id: string): Steps<boolean> {
    const { found } = search;
    if (found.deals.has(id)) return true;
    const row = yield* askOne(dealById, { id });
    if (row === null) return false;
    keepDeal(search, row);
    if (row.accountId !== null) yield* loadAccounts(search, [row.accountId]);
    else for (const person of yield* ask(peopleOfDeal, { id })) if (!found.people.has(person.id)) yield* loadPerson(search, person.id);
    return true;
  }

  function* loadPerson(search: Search, id: string): Steps<boolean> {
    const row = yield* askOne(personById, { id });
    if (row !== null) keepPerson(search, row);
    return row !== null;
  }

  /** A journey that is not filed under an account that was loaded. */
  function* loadJourney({ found }: Search, id: string): Steps<void> {
    const journey = yield* parts.journeys.byId(id);
    if (journey === null) return;
    found.journeys.set(id, journey);
    for (const alert of yield* parts.alerts.ofJourney(id)) group(found.alerts, id, alert);
    for (const card of yield* parts.cards.ofJourney(id)) group(found.cards, id, card);
  }

  /** Looks up what became of the ids that records name and that are not there by that name. */
  function* resolveNamed(search: Search): Steps<void> {
    const { found } = search;
    for (const { record } of found.deals.values()) yield* resolveAccount(search, record);
    for (const { record } of found.people.values()) {
      yield* resolveAccount(search, record);
      for (const dealId of record.dealIds?.value ?? []) if (!found.deals.has(dealId)) yield* lookUp(search, 'deal', dealId);
    }
    // At the end: of people of other accounts nothing matters but whether they are there.
    for (const { record } of [...found.accounts.values(), ...found.deals.values()]) yield* resolveTouchpoints(search, record);
  }

  function* resolveAccount(search: Search, { accountId }: DealRecord | PersonRecord): Steps<void> {
    if (accountId?.value != null && !search.found.accounts.has(accountId.value)) yield* lookUp(search, 'account', accountId.value);
  }

  function* resolveTouchpoints(search: Search, { touchpoints }: JourneyRecord): Steps<void> {
    const { people } = search.found;
    for (const { personId } of touchpoints) {
      if (personId === null || people.has(personId) || search.lookedUp.has(`person:${personId}`) || (yield* loadPerson(search, personId))) continue;
      const into = yield* lookUp(search, 'person', personId);
      if (into !== null && !people.has(into)) yield* loadPerson(search, into);
    }
  }

  function* lookUp({ found, lookedUp }: Search, kind: RecordKind, id: string): Steps<string | null> {
    const key = `${kind}:${id}`;
    if (lookedUp.has(key)) return found.aliases.get(key) ?? null;
    lookedUp.add(key);
    const into = (yield* askOne(alias, { kind, id }))?.into ?? null;
    if (into !== null) found.aliases.set(key, into);
    return into;
  }
}

/** What is found, and what has been looked for, there or not. */
type Search = { found: Neighbourhood; loadedAccounts: Set<string>; accountOfPerson: Map<string, string | null>; lookedUp: Set<string> };

/** What is named, and not here yet. */
function named({ found }: Search, refs: readonly RecordRef[], kind: RecordKind): string[] {
  const here = { account: found.accounts, deal: found.deals, person: found.people }[kind];
  return [...new Set(refs.flatMap((ref) => (ref.kind === kind && !here.has(ref.id) ? [ref.id] : [])))];
}

/** Also those that were merged away: the next merge may make one of them the survivor, and its journey is there already. */
const allIds = (stored: Neighbourhood['accounts'] | Neighbourhood['deals']): string[] =>
  [...stored].flatMap(([id, { record }]) => (record.merges.length === 0 ? [id] : [...idsOf(record)]));

/** Mostly they are its account's, and here already. */
function hasItsDeals({ found }: Search, id: string): boolean {
  return (found.people.get(id)?.record.dealIds?.value ?? []).every((dealId) => found.deals.has(dealId));
}

function keepDeal({ found }: Search, { state, revision }: { state: DealRecord; revision: number }): void {
  found.deals.set(state.id, { record: state, revision });
}

function keepPerson(
  { found, accountOfPerson }: Search,
  { state, revision, accountId }: { state: PersonRecord; revision: number; accountId: string | null },
): void {
  accountOfPerson.set(state.id, accountId);
  found.people.set(state.id, { record: state, revision });
}

const byOpening = (a: Alert, b: Alert): number => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1);

function group<Item>(groups: Map<string, Item[]>, id: string, item: Item): void {
  const items = groups.get(id);
  if (items === undefined) groups.set(id, [item]);
  else items.push(item);
}
