import type { Mute } from '../../../core/change.ts';
import type { RecordKind } from '../../../core/journey/signal.ts';
import { and, eq, sql } from '../drizzle.ts';
import { ask, type Dialect, type Steps, slot, slots } from '../query.ts';
import type { Records } from './records.ts';

/** A record that is now known as another one. */
export function defineAlias({ db, tables, rows, write }: Dialect, records: Records) {
  const { accounts, aliases, dealPeople, deals, journeys, mutes, people } = tables;
  const ofKind = eq(aliases.kind, slot('kind'));
  const surface = write(db.delete(aliases).where(and(ofKind, eq(aliases.from, slot('into')))));
  const flatten = write(
    db
      .update(aliases)
      .set(slots(aliases, ['into']))
      .where(and(ofKind, eq(aliases.into, slot('from')))),
  );
  const add = write(
    db
      .insert(aliases)
      .values(slots(aliases, ['kind', 'from', 'into']))
      .onConflictDoUpdate({ target: [aliases.kind, aliases.from], set: { into: sql`excluded."into"` } }),
  );
  const from = slot('from');
  const drop = {
    account: write(db.delete(accounts).where(eq(accounts.id, from))),
    deal: write(db.delete(deals).where(eq(deals.id, from))),
    person: write(db.delete(people).where(eq(people.id, from))),
  };
  const into = { accountId: sql<string>`${slot('into')}` };
  const moveAccount = [deals, people, journeys].map((table) =>
    write(
      db
        .update(table as typeof deals)
        .set(into)
        .where(eq(table.accountId, from)),
    ),
  );
  const muted = rows(
    db
      .select()
      .from(mutes)
      .where(eq(mutes.accountId, slot('id'))),
  );
  const unmute = write(db.delete(mutes).where(eq(mutes.accountId, slot('id'))));
  const mute = write(db.insert(mutes).values(slots(mutes, ['accountId', 'until', 'reason', 'by', 'at'])));
  const links = {
    deal: { found: linksBy('dealId'), gone: write(db.delete(dealPeople).where(eq(dealPeople.dealId, from))) },
    person: { found: linksBy('personId'), gone: write(db.delete(dealPeople).where(eq(dealPeople.personId, from))) },
  };
  const link = write(
    db
      .insert(dealPeople)
      .values(slots(dealPeople, ['dealId', 'personId']))
      .onConflictDoNothing(),
  );

  return {
    *put(kind: RecordKind, from: string, into: string): Steps<void> {
      const ids = { kind, from, into };
      // The survivor can be one that was merged away before: then the roles are exchanged.
      yield* ask(surface, ids);
      yield* ask(flatten, ids);
      yield* ask(add, ids);
      yield* ask(drop[kind], ids);
      yield* records.putTerms(kind, from, []);
      if (kind === 'account') yield* moveAccountTo(from, into);
      else yield* moveLinks(kind, from, into);
    },
  };

  function* moveAccountTo(from: string, into: string): Steps<void> {
    for (const move of moveAccount) yield* ask(move, { from, into });
    const [moved] = yield* ask(muted, { id: from });
    if (moved === undefined) return;
    const [kept] = yield* ask(muted, { id: into });
    yield* ask(unmute, { id: from });
    yield* ask(unmute, { id: into });
    yield* ask(mute, { ...(kept === undefined || isLonger(moved, kept) ? moved : kept), accountId: into });
  }

  function* moveLinks(kind: 'deal' | 'person', from: string, into: string): Steps<void> {
    const found = yield* ask(links[kind].found, { from });
    yield* ask(links[kind].gone, { from });
    for (const { dealId, personId } of found) yield* ask(link, kind === 'deal' ? { dealId: into, personId } : { dealId, personId: into });
  }

  function linksBy(column: 'dealId' | 'personId') {
    return rows(
      db
        .select()
        .from(dealPeople)
        .where(eq(dealPeople[column], slot('from'))),
    );
  }
}

const isLonger = (a: Mute, b: Mute): boolean => a.until === null || (b.until !== null && a.until > b.until);
