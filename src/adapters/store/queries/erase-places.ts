import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Alert } from '../../../core/alerts/alert.ts';
import { fingerprintOf } from '../../../core/alerts/card-content.ts';
import type { Message } from '../../../core/delivery.ts';
import { eq, sql } from '../drizzle.ts';
import { ask, type Dialect, type Steps, slot, slots } from '../query.ts';
import { alertWithout, contentWithout, messageWithout, textWithout } from '../without-record.ts';
import { defineEraseInputs } from './erase-inputs.ts';
import type { Place, Run } from './erase-place.ts';
import { defineEraseRecords } from './erase-records.ts';
import { createLookThrough } from './look-through.ts';
import type { Outbox } from './outbox.ts';
import type { Pictures } from './pictures.ts';
import type { Records } from './records.ts';
import type { Signals } from './signals.ts';

/** Where names can be, in the order in which they are looked for: what others are made of comes first. */
export function defineErasePlaces(dialect: Dialect, parts: { records: Records; signals: Signals; outbox: Outbox; pictures: Pictures }): Place[] {
  const { db, tables, rows, write } = dialect;
  const lookThrough = createLookThrough(dialect);
  const { alerts, audit, cards, deliveries, journeys, mutes, said, unknownRecords, unknowns } = tables;
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
    ...defineEraseInputs(dialect, parts.signals.naming),
    ...defineEraseRecords(dialect, parts.records),
    (erased, after) =>
      lookThrough(alerts, alerts.id, { id: alerts.id, doc: alerts.alert }, erased, after, ({ id, doc }) => {
        const alert = alertWithout(doc, erased);
        return alert === doc ? null : { what: 'alerts', put: () => putWithout({ ...alert, id }, doc) };
      }),
    (erased, after) =>
      lookThrough(
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
    (erased, after) =>
      lookThrough(
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
    (erased, after) =>
      lookThrough(said, said.sequence, delivered(said), erased, after, (row) => {
        const message = messageWithout(row.doc, erased);
        return message === row.doc
          ? null
          : { what: 'messages', put: (run) => each(ask(putSaid, { sequence: row.sequence, message }), redraw(row, run)) };
      }),
    parts.pictures.erasePlace,
    (erased, after) =>
      lookThrough(audit, audit.sequence, { sequence: audit.sequence, doc: audit.why }, erased, after, ({ sequence, doc }) => {
        const why = doc === null ? null : textWithout(doc, erased);
        return why === doc ? null : { what: 'audit entries', put: () => ask(putWhy, { sequence, why }) };
      }),
    (erased, after) =>
      lookThrough(mutes, mutes.accountId, { accountId: mutes.accountId, doc: mutes.reason }, erased, after, ({ accountId, doc }) => {
        const reason = textWithout(doc, erased);
        return reason === doc ? null : { what: 'mutes', put: () => ask(putReason, { accountId, reason }) };
      }),
    (erased, after) =>
      lookThrough(unknowns, unknowns.value, { value: unknowns.value, doc: unknowns.value }, erased, after, ({ value }) =>
        textWithout(value, erased) === value ? null : { what: 'unknown values', put: () => each(...dropUnknown.map((drop) => ask(drop, { value }))) },
      ),
  ];

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
