import { emptyNeighbourhood } from '../../../app/empty-neighbourhood.ts';
import type { Neighbourhood, RecordRef } from '../../../app/ports.ts';
import type { Alert } from '../../../core/alerts/alert.ts';
import type { DealRecord, JourneyRecord, PersonRecord } from '../../../core/journey/record.ts';
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
    const found = emptyNeighbourhood();
    const loadedAccounts = new Set<string>();
    const accountOfPerson = new Map<string, string | null>();
    const lookedUp = new Set<string>();
    // Accounts first: most deals and people named come with theirs.
    yield* loadAccounts(named('account'));
    yield* loadAccounts(yield* whole.of('deal', named('deal')));
    yield* loadAccounts(yield* whole.of('person', named('person')));
    for (const kind of ['account', 'deal', 'person'] as const) for (const ref of refs) if (ref.kind === kind) yield* loadRef(ref);
    for (const dealId of found.deals.keys()) if (!found.journeys.has(`deal:${dealId}`)) yield* loadJourney(`deal:${dealId}`);
    yield* resolveNamed();
    for (const list of found.alerts.values()) list.sort(byOpening);
    return found;

    /** What is named, and not here yet. */
    function named(kind: RecordKind): string[] {
      const here = { account: found.accounts, deal: found.deals, person: found.people }[kind];
      return [...new Set(refs.flatMap((ref) => (ref.kind === kind && !here.has(ref.id) ? [ref.id] : [])))];
    }

    function* loadRef({ kind, id }: RecordRef): Steps<void> {
      if (lookedUp.has(`${kind}:${id}`)) return;
      const known = yield* loadRecord(kind, id);
      const into = known ? null : yield* lookUp(kind, id);
      if (into !== null) yield* loadRecord(kind, into);
    }

    function* loadRecord(kind: RecordKind, id: string): Steps<boolean> {
      switch (kind) {
        case 'account':
          yield* loadAccounts([id]);
          return found.accounts.has(id);
        case 'deal':
          return yield* loadDeal(id);
        case 'person': {
          const isKnown = found.people.has(id) || (yield* loadPerson(id));
          const accountId = accountOfPerson.get(id) ?? null;
          if (accountId !== null) yield* loadAccounts([accountId]);
          // A person's doing changes what is true of every deal it belongs to.
          if (isKnown && !hasItsDeals(id)) for (const deal of yield* ask(dealsOfPerson, { id })) yield* loadDeal(deal.id);
          return isKnown;
        }
      }
    }

    /** Mostly they are its account's, and here already. */
    function hasItsDeals(id: string): boolean {
      return (found.people.get(id)?.record.dealIds?.value ?? []).every((dealId) => found.deals.has(dealId));
    }

    /** Of an account that was not spoken of itself there may be deals and people all the same. */
    function* loadAccounts(ids: readonly string[]): Steps<void> {
      const others = [...new Set(ids)].filter((id) => !loadedAccounts.has(id));
      for (const id of others) loadedAccounts.add(id);
      for (const some of yield* whole.load(others)) yield* keepAccounts(some);
    }

    function* keepAccounts(some: WholeAccounts): Steps<void> {
      for (const { state, revision } of some.accounts) found.accounts.set(state.id, { record: state, revision });
      for (const row of some.deals) keepDeal(row);
      for (const row of some.people) keepPerson(row);
      for (const personId of some.personIds) if (!found.people.has(personId)) yield* loadPerson(personId);
      for (const journey of some.journeys) found.journeys.set(journey.id, journey);
      for (const alert of some.alerts) group(found.alerts, alert.journeyId, alert);
      for (const row of some.cards) group(found.cards, row.journeyId, cardOf(row));
      for (const mute of some.mutes) found.mutes.set(mute.accountId, mute);
    }

    function* loadDeal(id: string): Steps<boolean> {
      if (found.deals.has(id)) return true;
      const row = yield* askOne(dealById, { id });
      if (row === null) return false;
      keepDeal(row);
      if (row.accountId !== null) yield* loadAccounts([row.accountId]);
      else for (const person of yield* ask(peopleOfDeal, { id })) if (!found.people.has(person.id)) yield* loadPerson(person.id);
      return true;
    }

    function* loadPerson(id: string): Steps<boolean> {
      const row = yield* askOne(personById, { id });
      if (row !== null) keepPerson(row);
      return row !== null;
    }

    /** A journey that is not filed under an account that was loaded. */
    function* loadJourney(id: string): Steps<void> {
      const journey = yield* parts.journeys.byId(id);
      if (journey === null) return;
      found.journeys.set(id, journey);
      for (const alert of yield* parts.alerts.ofJourney(id)) group(found.alerts, id, alert);
      for (const card of yield* parts.cards.ofJourney(id)) group(found.cards, id, card);
    }

    /** Looks up what became of the ids that records name and that are not there by that name. */
    function* resolveNamed(): Steps<void> {
      for (const { record } of found.deals.values()) yield* resolveAccount(record);
      for (const { record } of found.people.values()) {
        yield* resolveAccount(record);
        for (const dealId of record.dealIds?.value ?? []) if (!found.deals.has(dealId)) yield* lookUp('deal', dealId);
      }
      // At the end: of people of other accounts nothing matters but whether they are there.
      for (const { record } of [...found.accounts.values(), ...found.deals.values()]) yield* resolveTouchpoints(record);
    }

    function* resolveAccount({ accountId }: DealRecord | PersonRecord): Steps<void> {
      if (accountId?.value != null && !found.accounts.has(accountId.value)) yield* lookUp('account', accountId.value);
    }

    function* resolveTouchpoints({ touchpoints }: JourneyRecord): Steps<void> {
      for (const { personId } of touchpoints) {
        if (personId === null || found.people.has(personId) || lookedUp.has(`person:${personId}`) || (yield* loadPerson(personId))) continue;
        const into = yield* lookUp('person', personId);
        if (into !== null && !found.people.has(into)) yield* loadPerson(into);
      }
    }

    function* lookUp(kind: RecordKind, id: string): Steps<string | null> {
      const key = `${kind}:${id}`;
      if (lookedUp.has(key)) return found.aliases.get(key) ?? null;
      lookedUp.add(key);
      const into = (yield* askOne(alias, { kind, id }))?.into ?? null;
      if (into !== null) found.aliases.set(key, into);
      return into;
    }

    function keepDeal({ state, revision }: { state: DealRecord; revision: number }): void {
      found.deals.set(state.id, { record: state, revision });
    }

    function keepPerson({ state, revision, accountId }: { state: PersonRecord; revision: number; accountId: string | null }): void {
      accountOfPerson.set(state.id, accountId);
      found.people.set(state.id, { record: state, revision });
    }
  };
}

const byOpening = (a: Alert, b: Alert): number => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1);

function group<Item>(groups: Map<string, Item[]>, id: string, item: Item): void {
  const items = groups.get(id);
  if (items === undefined) groups.set(id, [item]);
  else items.push(item);
}
