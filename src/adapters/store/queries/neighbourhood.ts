import { emptyNeighbourhood } from '../../../app/empty-neighbourhood.ts';
import type { Neighbourhood, RecordRef } from '../../../app/ports.ts';
import type { Alert } from '../../../core/alerts/alert.ts';
import type { DealRecord, JourneyRecord, PersonRecord } from '../../../core/journey/record.ts';
import type { RecordKind } from '../../../core/journey/signal.ts';
import { and, eq, inArray } from '../drizzle.ts';
import { ask, askOne, type Dialect, type Steps, slot } from '../query.ts';
import type { Alerts } from './alerts.ts';
import { type Cards, cardOf } from './cards.ts';
import type { Journeys } from './journeys.ts';
import type { Memory } from './memory.ts';

/** Reads all that evaluating some records' journeys needs: an account costs eight look-ups through indexes, however many accounts there are. */
export function defineNeighbourhood({ db, tables, rows }: Dialect, parts: { alerts: Alerts; cards: Cards; journeys: Journeys; memory: Memory }) {
  const { accounts, alerts, aliases, cards, dealPeople, deals, journeys, people } = tables;
  const id = slot('id');
  const accountById = rows(db.select({ state: accounts.state, revision: accounts.revision }).from(accounts).where(eq(accounts.id, id)));
  const dealFields = { state: deals.state, revision: deals.revision, accountId: deals.accountId };
  const dealById = rows(db.select(dealFields).from(deals).where(eq(deals.id, id)));
  const dealsOf = rows(db.select(dealFields).from(deals).where(eq(deals.accountId, id)));
  const personFields = { state: people.state, revision: people.revision, accountId: people.accountId };
  const personById = rows(db.select(personFields).from(people).where(eq(people.id, id)));
  const peopleOf = rows(db.select(personFields).from(people).where(eq(people.accountId, id)));
  const peopleOfDeal = rows(db.select({ id: dealPeople.personId }).from(dealPeople).where(eq(dealPeople.dealId, id)));
  // Sub-selects, not joins: SQLite answers them three times as fast.
  const dealIds = db.select({ id: deals.id }).from(deals).where(eq(deals.accountId, id));
  const peopleOfDeals = rows(db.select({ id: dealPeople.personId }).from(dealPeople).where(inArray(dealPeople.dealId, dealIds)));
  const dealsOfPerson = rows(db.select({ id: dealPeople.dealId }).from(dealPeople).where(eq(dealPeople.personId, id)));
  const journeysOf = rows(db.select().from(journeys).where(eq(journeys.accountId, id)));
  const journeyIds = db.select({ id: journeys.id }).from(journeys).where(eq(journeys.accountId, id));
  const alertsOf = rows(
    db
      .select({ alert: alerts.alert })
      .from(alerts)
      .where(and(inArray(alerts.journeyId, journeyIds), eq(alerts.relevant, true))),
  );
  const cardsOf = rows(db.select().from(cards).where(inArray(cards.journeyId, journeyIds)));
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
    for (const kind of ['account', 'deal', 'person'] as const) for (const ref of refs) if (ref.kind === kind) yield* loadRef(ref);
    for (const dealId of found.deals.keys()) if (!found.journeys.has(`deal:${dealId}`)) yield* loadJourney(`deal:${dealId}`);
    yield* resolveNamed();
    for (const list of found.alerts.values()) list.sort(byOpening);
    return found;

    function* loadRef({ kind, id }: RecordRef): Steps<void> {
      if (lookedUp.has(`${kind}:${id}`)) return;
      const known = yield* loadRecord(kind, id);
      const into = known ? null : yield* lookUp(kind, id);
      if (into !== null) yield* loadRecord(kind, into);
      else if (!known && kind === 'account') yield* loadAccount(id);
    }

    function* loadRecord(kind: RecordKind, id: string): Steps<boolean> {
      switch (kind) {
        case 'account':
          return yield* loadAccountIfKnown(id);
        case 'deal':
          return yield* loadDeal(id);
        case 'person': {
          const isKnown = found.people.has(id) || (yield* loadPerson(id));
          const accountId = accountOfPerson.get(id) ?? null;
          if (accountId !== null) yield* loadAccountOf(accountId);
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

    function* loadAccountIfKnown(id: string): Steps<boolean> {
      if (found.accounts.has(id)) return true;
      const row = yield* askOne(accountById, { id });
      if (row === null) return false;
      found.accounts.set(id, { record: row.state, revision: row.revision });
      yield* loadAccount(id);
      return true;
    }

    /** Everything of an account but its record: it may not have been spoken of itself. */
    function* loadAccount(id: string): Steps<void> {
      if (loadedAccounts.has(id)) return;
      loadedAccounts.add(id);
      for (const row of yield* ask(dealsOf, { id })) keepDeal(row);
      for (const row of yield* ask(peopleOf, { id })) keepPerson(row);
      for (const person of yield* ask(peopleOfDeals, { id })) if (!found.people.has(person.id)) yield* loadPerson(person.id);
      for (const journey of yield* ask(journeysOf, { id })) found.journeys.set(journey.id, journey);
      for (const { alert } of yield* ask(alertsOf, { id })) group(found.alerts, alert.journeyId, alert);
      for (const row of yield* ask(cardsOf, { id })) group(found.cards, row.journeyId, cardOf(row));
      const mute = yield* parts.memory.muteOf(id);
      if (mute !== null) found.mutes.set(id, mute);
    }

    function* loadDeal(id: string): Steps<boolean> {
      if (found.deals.has(id)) return true;
      const row = yield* askOne(dealById, { id });
      if (row === null) return false;
      keepDeal(row);
      if (row.accountId !== null) yield* loadAccountOf(row.accountId);
      else for (const person of yield* ask(peopleOfDeal, { id })) if (!found.people.has(person.id)) yield* loadPerson(person.id);
      return true;
    }

    function* loadPerson(id: string): Steps<boolean> {
      const row = yield* askOne(personById, { id });
      if (row !== null) keepPerson(row);
      return row !== null;
    }

    function* loadAccountOf(id: string): Steps<void> {
      if (!(yield* loadAccountIfKnown(id))) yield* loadAccount(id);
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
