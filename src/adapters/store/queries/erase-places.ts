import type { AnyColumn, SQL } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Alert } from '../../../core/alerts/alert.ts';
import { fingerprintOf } from '../../../core/alerts/card-content.ts';
import type { Message } from '../../../core/delivery.ts';
import { placeOf } from '../../../core/journey/signal-place.ts';
import { signalWithout } from '../../../core/journey/signal-without.ts';
import type { EpochMs } from '../../../core/time.ts';
import { bodyWithout, idsInBodies, quoted } from '../body-without.ts';
import { and, asc, eq, gt, lte, or, sql } from '../drizzle.ts';
import { likeText } from '../like-text.ts';
import { ask, askOne, type Dialect, type RowsBuilder, type Steps, slot, slots } from '../query.ts';
import { alertWithout, contentWithout, type Erased, messageWithout, textWithout } from '../without-record.ts';
import type { Outbox } from './outbox.ts';
import type { Signals } from './signals.ts';

/** `tag` makes ids of what follows, the same ones if it is done twice. */
type Run = { now: EpochMs; tag: string };
type Touched = { what: string; put(run: Run): Steps<unknown> };
/** What a slice of a place touches; `last`: where the next one goes on, null after the last one. */
type Slice = { last: string | null; touched: Touched[] };
export type Places = { slice(erased: Erased, after: string | null): Steps<Slice> }[];

/** Rows looked at in one slice: about three milliseconds' work. */
const sliceRows = 250;
/** With more words than these to look for, fewer rows at once. */
const wordsAtOnce = 6;

/** Where names can be, in the order in which they are looked for: what others are made of comes first. */
export function defineErasePlaces({ db, tables, rows, write }: Dialect, parts: { signals: Signals; outbox: Outbox }): Places {
  const { alerts, audit, cards, deliveries, inbox, journeys, mutes, said, signals, unknownRecords, unknowns } = tables;
  const bySequence = eq(signals.sequence, slot('sequence'));
  const dropSignal = write(db.delete(signals).where(bySequence));
  const putSignal = write(
    db
      .update(signals)
      .set(slots(signals, ['personId', 'body']))
      .where(bySequence),
  );
  const byId = eq(inbox.id, slot('id'));
  const dropBody = write(db.update(inbox).set({ state: 'done', body: '' }).where(byId));
  const putBody = write(
    db
      .update(inbox)
      .set(slots(inbox, ['body']))
      .where(byId),
  );
  const putAlert = write(
    db
      .update(alerts)
      .set(slots(alerts, ['alert', 'identity']))
      .where(eq(alerts.id, slot('id'))),
  );
  const sameIdentity = rows(
    db
      .select({ id: alerts.id })
      .from(alerts)
      .where(eq(alerts.identity, slot('identity')))
      .limit(1),
  );
  const putCard = write(
    db
      .update(cards)
      .set(slots(cards, ['content', 'fingerprint']))
      .where(eq(cards.id, slot('id'))),
  );
  // An evaluation under way has read what is written here: it must not write over it.
  const move = write(
    db
      .update(journeys)
      .set({ revision: sql`${journeys.revision} + 1` })
      .where(eq(journeys.id, slot('id'))),
  );
  const putDelivery = write(
    db
      .update(deliveries)
      .set(slots(deliveries, ['message']))
      .where(eq(deliveries.sequence, slot('sequence'))),
  );
  const putSaid = write(
    db
      .update(said)
      .set(slots(said, ['message']))
      .where(eq(said.sequence, slot('sequence'))),
  );
  const putWhy = write(
    db
      .update(audit)
      .set(slots(audit, ['why']))
      .where(eq(audit.sequence, slot('sequence'))),
  );
  const putReason = write(
    db
      .update(mutes)
      .set(slots(mutes, ['reason']))
      .where(eq(mutes.accountId, slot('accountId'))),
  );
  const dropUnknown = [unknowns, unknownRecords].map((table) => write(db.delete(table).where(eq(table.value, slot('value')))));

  return [
    { slice: signalsNamed },
    { slice: deadLetters },
    {
      slice: (erased, after) =>
        texts(alerts, alerts.id, { id: alerts.id, doc: alerts.alert }, erased, after, ({ id, doc }) => {
          const alert = alertWithout(doc, erased);
          return alert === doc ? null : { what: 'alerts', put: () => putWithout({ ...alert, id }, doc) };
        }),
    },
    {
      slice: (erased, after) =>
        texts(
          cards,
          cards.id,
          { id: cards.id, doc: cards.content, journeyId: cards.journeyId, channel: cards.channel, ts: cards.postedTs },
          erased,
          after,
          (card) => {
            const content = contentWithout(card.doc, erased);
            return content === card.doc ? null : { what: 'cards', put: (run) => putContent(card, content, run) };
          },
        ),
    },
    {
      slice: (erased, after) =>
        texts(
          deliveries,
          deliveries.sequence,
          { ...delivered(deliveries), state: deliveries.state, attempts: deliveries.attempts, receiptTs: deliveries.receiptTs },
          erased,
          after,
          (row) => {
            const message = messageWithout(row.doc, erased);
            if (message === row.doc) return null;
            // What was tried, or is being sent this moment, may stand in Slack as it was.
            const mayStand = row.receiptTs !== null || (row.state === 'pending' && row.attempts > 0);
            return {
              what: 'messages',
              put: (run) => each(ask(putDelivery, { sequence: row.sequence, message }), mayStand ? redraw(row, run) : null),
            };
          },
        ),
    },
    {
      slice: (erased, after) =>
        texts(said, said.sequence, delivered(said), erased, after, (row) => {
          const message = messageWithout(row.doc, erased);
          return message === row.doc
            ? null
            : { what: 'messages', put: (run) => each(ask(putSaid, { sequence: row.sequence, message }), redraw(row, run)) };
        }),
    },
    {
      slice: (erased, after) =>
        texts(audit, audit.sequence, { sequence: audit.sequence, doc: audit.why }, erased, after, ({ sequence, doc }) => {
          const why = doc === null ? null : textWithout(doc, erased);
          return why === doc ? null : { what: 'audit entries', put: () => ask(putWhy, { sequence, why }) };
        }),
    },
    {
      slice: (erased, after) =>
        texts(mutes, mutes.accountId, { accountId: mutes.accountId, doc: mutes.reason }, erased, after, ({ accountId, doc }) => {
          const reason = textWithout(doc, erased);
          return reason === doc ? null : { what: 'mutes', put: () => ask(putReason, { accountId, reason }) };
        }),
    },
    {
      slice: (erased, after) =>
        texts(unknowns, unknowns.value, { value: unknowns.value, doc: unknowns.value }, erased, after, ({ value }) =>
          textWithout(value, erased) === value
            ? null
            : { what: 'unknown values', put: () => each(...dropUnknown.map((drop) => ask(drop, { value }))) },
        ),
    },
  ];

  /** Found by index, however many others there are. */
  function* signalsNamed(erased: Erased, after: string | null): Steps<Slice> {
    const conditions: (SQL | undefined)[] = [];
    for (const id of erased.ids) conditions.push(yield* parts.signals.naming(erased.kind, id));
    const found = yield* ask(
      rows(
        db
          .select({ sequence: signals.sequence, body: signals.body })
          .from(signals)
          .where(and(or(...conditions), gt(signals.sequence, Number(after ?? 0))))
          .orderBy(asc(signals.sequence))
          .limit(sliceRows),
      ),
    );
    const touched = found.flatMap(({ sequence, body }): Touched[] => {
      const rest = signalWithout(body, erased);
      if (rest === body) return [];
      return rest === null
        ? [{ what: 'signals', put: () => ask(dropSignal, { sequence }) }]
        : [{ what: 'touchpoints and links', put: () => ask(putSignal, { sequence, personId: placeOf(rest).personId, body: rest }) }];
    });
    return { last: found.length < sliceRows ? null : String(found.at(-1)?.sequence), touched };
  }

  /** What is still to be processed stays, since the tombstone takes nothing in; what dies later is looked at when it does. */
  function* deadLetters({ ids, names }: Erased, after: string | null): Steps<Slice> {
    const dead = sql`${inbox.state} = 'dead'`;
    const found = yield* ask(
      rows(
        db
          .select({ id: inbox.id, source: inbox.source, body: inbox.body })
          .from(inbox)
          .where(and(dead, sql`${inbox.id} + 0 > ${Number(after ?? 0)}`))
          .orderBy(sql`${inbox.id} + 0`)
          .limit(sliceRows),
      ),
    );
    const touched = found.flatMap(({ id, source, body }): Touched[] => {
      if (!mayName(body, [...idsInBodies(source, ids), ...names])) return [];
      const rest = bodyWithout(body, source, { ids, names });
      if (rest === body) return [];
      return [{ what: 'dead letters', put: () => ask(rest === null ? dropBody : putBody, { id, body: rest ?? '' }) }];
    });
    return { last: found.length < sliceRows ? null : String(found.at(-1)?.id), touched };
  }

  /** A slice of a table by its key: `doc` is looked into where it may hold one of the words. */
  function* texts<Fields extends Record<string, AnySQLiteColumn> & { doc: AnySQLiteColumn }>(
    table: SQLiteTable,
    key: AnySQLiteColumn,
    fields: Fields,
    erased: Erased,
    after: string | null,
    touch: (row: RowOf<Fields>) => Touched | null,
  ): Steps<Slice> {
    const from = gt(key, key.dataType === 'number' ? Number(after ?? 0) : (after ?? ''));
    const words = erased.kind === 'person' ? [...erased.ids, ...erased.names] : [...erased.ids, ...erased.names, ...erased.journeys];
    const atOnce = Math.max(10, Math.floor(sliceRows / Math.ceil(words.length / wordsAtOnce)));
    const bound = yield* askOne(
      rows(
        db
          .select({ key })
          .from(table)
          .where(from)
          .orderBy(asc(key))
          .limit(1)
          .offset(atOnce - 1),
      ),
    );
    const upTo = bound === null ? undefined : lte(key, bound.key);
    const builder = db
      .select(fields)
      .from(table)
      .where(and(from, upTo, holds(fields.doc, words)));
    const touched: Touched[] = [];
    for (const row of yield* ask(rows(builder as unknown as RowsBuilder<RowOf<Fields>>))) {
      const found = touch(row);
      if (found !== null) touched.push(found);
    }
    return { last: bound === null ? null : String(bound.key), touched };
  }

  /** Where its new identity is another alert's already it keeps none: what is not a finding any more needs none. */
  function* putWithout(alert: Alert, before: Alert): Steps<void> {
    const isTaken = alert.identity !== before.identity && (yield* ask(sameIdentity, { identity: alert.identity })).length > 0;
    const identity = isTaken ? `erased:${alert.id}` : alert.identity;
    yield* ask(putAlert, { id: alert.id, alert: { ...alert, identity }, identity });
    yield* ask(move, { id: alert.journeyId });
  }

  function* putContent(
    card: { id: string; journeyId: string; channel: string; ts: string | null },
    content: Parameters<typeof fingerprintOf>[0],
    { now, tag }: Run,
  ): Steps<void> {
    yield* ask(putCard, { id: card.id, content, fingerprint: fingerprintOf(content) });
    yield* ask(move, { id: card.journeyId });
    if (card.ts === null) return;
    const message: Message = { kind: 'card', cardId: card.id };
    yield* parts.outbox.add({ id: `erased.${tag}.${card.id}`, channel: card.channel, message, dueAt: now, createdAt: now, attempts: 0 });
  }

  function redraw(row: { id: string; channel: string }, { now, tag }: Run): Steps<void> {
    const message: Message = { kind: 'redraw', deliveryId: row.id };
    return parts.outbox.add({ id: `erased.${tag}.${row.id}`, channel: row.channel, message, dueAt: now, createdAt: now, attempts: 0 });
  }
}

type RowOf<Fields extends Record<string, AnySQLiteColumn>> = {
  [Name in keyof Fields]: Fields[Name]['_']['notNull'] extends true ? Fields[Name]['_']['data'] : Fields[Name]['_']['data'] | null;
};

const delivered = <Table extends { sequence: AnySQLiteColumn; id: AnySQLiteColumn; channel: AnySQLiteColumn; message: AnySQLiteColumn }>(
  table: Table,
): { sequence: Table['sequence']; id: Table['id']; channel: Table['channel']; doc: Table['message'] } => ({
  sequence: table.sequence,
  id: table.id,
  channel: table.channel,
  doc: table.message,
});

function* each(...steps: (Steps<unknown> | null)[]): Steps<void> {
  for (const step of steps) if (step !== null) yield* step;
}

/** Texts, or documents as text, that hold one of these words somewhere. Only a first look: what it finds is looked into. */
const holds = (column: AnyColumn, words: readonly string[]) =>
  or(...words.flatMap((word) => patternsOf(word).map((pattern) => sql`lower(${column}) like ${`%${likeText(pattern)}%`} escape '!'`)));

/** The databases' `lower` leaves other letters than English ones alone, or does not: both are looked for. */
const patternsOf = (word: string): string[] => {
  const text = quoted(word);
  return [...new Set([text.toLowerCase(), text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())])];
};

const mayName = (body: string, words: readonly string[]): boolean => {
  const text = body.toLowerCase();
  return words.some((word) => text.includes(word.toLowerCase()) || text.includes(quoted(word).toLowerCase()));
};
