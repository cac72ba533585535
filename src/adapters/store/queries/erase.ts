import type { AnyColumn } from 'drizzle-orm';
import type { JourneyRecord } from '../../../core/journey/record.ts';
import type { RecordKind } from '../../../core/journey/signal.ts';
import { and, eq, or, sql } from '../drizzle.ts';
import { likeText } from '../like-text.ts';
import { ask, askOne, type Dialect, type Query, type Steps, slot, slots } from '../query.ts';
import { placeOf } from '../signal-place.ts';
import { alertWithout, clean, contentWithout, type Erased, messageWithout, signalWithout } from '../without-record.ts';
import type { Records } from './records.ts';
import type { Signals } from './signals.ts';

/** Shorter names are too likely to be words of something else. */
const shortestName = 3;

/**
 * Takes a record out of everything that was kept beside it: signals, raw bodies, evidence, cards, messages, the audit. Looks through whole tables,
 * which only something as rare as a privacy deletion may do.
 */
export function defineErase({ db, tables, rows, write }: Dialect, parts: { records: Records; signals: Signals }) {
  const { accounts, alerts, audit, cards, deals, dealPeople, deliveries, inbox, people, signals } = tables;
  const stateOf: Record<RecordKind, Query<{ state: JourneyRecord }[]>> = {
    account: rows(
      db
        .select({ state: accounts.state })
        .from(accounts)
        .where(eq(accounts.id, slot('id'))),
    ),
    deal: rows(
      db
        .select({ state: deals.state })
        .from(deals)
        .where(eq(deals.id, slot('id'))),
    ),
    person: rows(
      db
        .select({ state: people.state })
        .from(people)
        .where(eq(people.id, slot('id'))),
    ),
  };
  const dropSignal = write(db.delete(signals).where(eq(signals.sequence, slot('sequence'))));
  const putSignal = write(
    db
      .update(signals)
      .set(slots(signals, ['personId', 'body']))
      .where(eq(signals.sequence, slot('sequence'))),
  );
  const putAlert = write(
    db
      .update(alerts)
      .set(slots(alerts, ['alert']))
      .where(eq(alerts.id, slot('id'))),
  );
  const putCard = write(
    db
      .update(cards)
      .set(slots(cards, ['content']))
      .where(eq(cards.id, slot('id'))),
  );
  const putMessage = write(
    db
      .update(deliveries)
      .set(slots(deliveries, ['message']))
      .where(eq(deliveries.id, slot('id'))),
  );
  const putWhy = write(
    db
      .update(audit)
      .set(slots(audit, ['why']))
      .where(eq(audit.id, slot('id'))),
  );
  const dropBody = write(
    db
      .update(inbox)
      .set({ state: 'done', body: '' })
      .where(eq(inbox.id, slot('id'))),
  );
  const dropLinks = {
    deal: write(db.delete(dealPeople).where(eq(dealPeople.dealId, slot('id')))),
    person: write(db.delete(dealPeople).where(eq(dealPeople.personId, slot('id')))),
  };

  return {
    /** To be asked before the tombstone is written: who it was. */
    *find(kind: RecordKind, id: string): Steps<Erased> {
      const now = yield* parts.records.resolve(kind, id);
      const record = (yield* askOne(stateOf[kind], { id: now }))?.state ?? null;
      const names = record === null ? [] : [record.name?.value, 'email' in record ? record.email?.value : null];
      const ids = new Set([id, ...(yield* parts.signals.idsOf(kind, now))]);
      // Only people's names are looked for in texts: a company called Decision would take half of them with it.
      return { kind, now, ids, names: kind === 'person' ? names.filter((name) => name != null && name.length >= shortestName).map(String) : [] };
    },
    *put(erased: Erased): Steps<void> {
      const { kind, ids } = erased;
      yield* eraseSignals(erased);
      yield* eraseBodies(erased);
      yield* eraseTexts(erased);
      for (const id of ids) {
        yield* parts.records.putTerms(kind, id, []);
        if (kind !== 'account') yield* ask(dropLinks[kind], { id });
      }
    },
  };

  function* eraseSignals(erased: Erased): Steps<void> {
    const named = rows(
      db
        .select({ sequence: signals.sequence, body: signals.body })
        .from(signals)
        .where(yield* parts.signals.naming(erased.kind, erased.now)),
    );
    for (const { sequence, body } of yield* ask(named)) {
      const rest = signalWithout(body, erased);
      if (rest === null) yield* ask(dropSignal, { sequence });
      else if (rest !== body) yield* ask(putSignal, { sequence, personId: placeOf(rest).personId, body: rest });
    }
  }

  /** Dead letters go; what is still to be processed stays, since the tombstone takes in nothing. */
  function* eraseBodies({ ids }: Erased): Steps<void> {
    // HubSpot's own bodies know our `hubspot:123` as `"objectId":123`.
    const own = [...ids].filter((id) => id.startsWith('hubspot:')).map((id) => id.slice('hubspot:'.length));
    const dead = rows(
      db
        .select({ id: inbox.id, body: inbox.body })
        .from(inbox)
        .where(and(sql`${inbox.state} = 'dead'`, holds(inbox.body, [...ids, ...own]))),
    );
    const named = [...[...ids].map((id) => RegExp.escape(id)), ...own.map((id) => `"objectId":\\s*${RegExp.escape(id)}`)];
    const isNamed = new RegExp(`(?<![\\p{L}\\p{N}])(?:${named.join('|')})(?![\\p{L}\\p{N}])`, 'u');
    for (const { id, body } of yield* ask(dead)) if (isNamed.test(body)) yield* ask(dropBody, { id });
  }

  function* eraseTexts(erased: Erased): Steps<void> {
    const words = [...erased.ids, ...erased.names];
    for (const { id, alert } of yield* ask(rows(db.select({ id: alerts.id, alert: alerts.alert }).from(alerts).where(holds(alerts.alert, words)))))
      yield* ask(putAlert, { id, alert: alertWithout(alert, erased) });
    for (const { id, content } of yield* ask(
      rows(db.select({ id: cards.id, content: cards.content }).from(cards).where(holds(cards.content, words))),
    ))
      yield* ask(putCard, { id, content: contentWithout(content, erased) });
    for (const { id, message } of yield* ask(
      rows(db.select({ id: deliveries.id, message: deliveries.message }).from(deliveries).where(holds(deliveries.message, words))),
    )) {
      yield* ask(putMessage, { id, message: messageWithout(message, erased) });
    }
    if (erased.names.length === 0) return;
    for (const { id, why } of yield* ask(rows(db.select({ id: audit.id, why: audit.why }).from(audit).where(holds(audit.why, erased.names)))))
      yield* ask(putWhy, { id, why: why === null ? null : clean(why, erased) });
  }
}

/** Texts, or documents as text, that hold one of these words somewhere. */
const holds = (column: AnyColumn, words: Iterable<string>) =>
  or(...[...words].map((word) => sql`${column} like ${`%${likeText(quoted(word))}%`} escape '!'`));

/** As it stands within a JSON string. */
const quoted = (word: string): string => JSON.stringify(word).slice(1, -1);
