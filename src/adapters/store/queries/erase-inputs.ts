import type { SQL } from 'drizzle-orm';
import { placeOf } from '../../../core/journey/signal-place.ts';
import { signalWithout } from '../../../core/journey/signal-without.ts';
import { bodyWithout, idsInBodies, quoted } from '../body-without.ts';
import { and, asc, eq, gt, inArray, or, sql } from '../drizzle.ts';
import { ask, type Dialect, type Steps, slot, slots } from '../query.ts';
import { type Erased, waitingBodyWithout } from '../without-record.ts';
import { type Place, type Slice, sliceRows, type Touched } from './erase-place.ts';
import type { Signals } from './signals.ts';

/** What came in and names an erased record: signals, bodies that could not be processed, and bodies that could not be processed yet. */
export function defineEraseInputs({ db, tables, rows, write }: Dialect, naming: Signals['naming']): Place[] {
  const { inbox, signals } = tables;
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
  const putWaiting = write(
    db
      .update(inbox)
      .set(slots(inbox, ['body']))
      .where(and(byId, sql`${inbox.state} = 'pending'`)),
  );
  return [signalsNamed, deadLetters, waitingBodies];

  /** Found by index, however many others there are. */
  function* signalsNamed(erased: Erased, after: string | null): Steps<Slice> {
    const conditions: (SQL | undefined)[] = [];
    for (const id of erased.ids) conditions.push(yield* naming(erased.kind, id));
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

  /**
   * Their CRM may be away for days. They are still to be processed, and the tombstone takes nothing of the person in; what dies then is looked at when it does.
   */
  function* waitingBodies(erased: Erased, after: string | null): Steps<Slice> {
    if (erased.kind !== 'person') return { last: null, touched: [] };
    // The ids alone first: thousands of bodies may wait.
    const ids = yield* ask(
      rows(
        db
          .select({ id: inbox.id })
          .from(inbox)
          .where(and(sql`${inbox.state} = 'pending'`, sql`${inbox.id} + 0 > ${Number(after ?? 0)}`))
          .orderBy(sql`${inbox.id} + 0`)
          .limit(sliceRows),
      ),
    );
    const among = ids.map(({ id }) => id);
    const found =
      among.length === 0
        ? []
        : yield* ask(rows(db.select({ id: inbox.id, source: inbox.source, body: inbox.body }).from(inbox).where(inArray(inbox.id, among))));
    const touched = found.flatMap(({ id, source, body }): Touched[] => {
      if (!mayName(body, [...idsInBodies(source, erased.ids), ...erased.names])) return [];
      const about = bodyWithout(body, source, { ids: erased.ids, names: [] }) !== body;
      const rest = waitingBodyWithout(body, erased, about);
      return rest === body ? [] : [{ what: 'waiting webhooks', put: () => ask(putWaiting, { id, body: rest }) }];
    });
    return { last: ids.length < sliceRows ? null : String(among.at(-1)), touched };
  }
}

const mayName = (body: string, words: readonly string[]): boolean => {
  const text = body.toLowerCase();
  return words.some((word) => text.includes(word.toLowerCase()) || text.includes(quoted(word).toLowerCase()));
};
