import type { JourneyRecord } from '../../../core/journey/record.ts';
import { searchTerms } from '../../../core/journey/search-terms.ts';
import { eq, or, sql } from '../drizzle.ts';
import { ask, type Dialect, type Steps, slot, slots } from '../query.ts';
import { type Erased, recordWithout, signalTextWithout } from '../without-record.ts';
import type { Place, Run } from './erase-place.ts';
import { createLookThrough } from './look-through.ts';
import type { Records } from './records.ts';

/**
 * What others are called and told of: a deal named after a person, a next step with the name in it. It is taken out here; the CRM says it again with the
 * deal's next change, as long as it stands there.
 */
export function defineEraseRecords(dialect: Dialect, records: Records): Place[] {
  const { db, tables, write } = dialect;
  const { accounts, deals, journeys, people, signals } = tables;
  const lookThrough = createLookThrough(dialect);
  const putSignal = write(
    db
      .update(signals)
      .set(slots(signals, ['body']))
      .where(eq(signals.sequence, slot('sequence'))),
  );
  // The evaluation that follows takes the new words over; one under way has read the old ones and must not write them.
  const lookAgain = write(
    db
      .update(journeys)
      .set({ recheckAt: sql<number>`${slot('now')}`, revision: sql`${journeys.revision} + 1` })
      .where(or(eq(journeys.id, slot('journeyId')), eq(journeys.accountId, slot('accountId')))),
  );

  return [
    (erased, after) =>
      ofPeople(erased, () =>
        lookThrough(signals, signals.sequence, { sequence: signals.sequence, doc: signals.body }, erased, after, ({ sequence, doc }) => {
          const body = signalTextWithout(doc, erased);
          return body === doc ? null : { what: 'texts of signals', put: () => ask(putSignal, { sequence, body }) };
        }),
      ),
    textsIn(deals),
    textsIn(accounts as unknown as typeof deals),
    textsIn(people as unknown as typeof deals),
  ];

  function textsIn(table: typeof deals): Place {
    const put = write(
      db
        .update(table)
        .set({ ...slots(table, ['name', 'state']), revision: sql`${table.revision} + 1` })
        .where(eq(table.id, slot('id'))),
    );
    return (erased, after) =>
      ofPeople(erased, () =>
        lookThrough(table, table.id, { id: table.id, doc: table.state }, erased, after, ({ id, doc }) => {
          const state: JourneyRecord = recordWithout(doc, erased);
          return state === doc ? null : { what: 'texts of records', put: (run) => putRecord(id, state, run) };
        }),
      );

    function* putRecord(id: string, state: JourneyRecord, { now }: Run): Steps<void> {
      yield* ask(put, { id, state, name: state.name?.value ?? id });
      yield* records.putTerms(state.kind, id, searchTerms(state));
      yield* ask(lookAgain, { now, journeyId: `${state.kind}:${id}`, accountId: state.kind === 'account' ? id : '' });
    }
  }
}

/** Only people's names are looked for in what others say of themselves. */
function* ofPeople(erased: Erased, slice: () => ReturnType<Place>): ReturnType<Place> {
  return erased.kind === 'person' ? yield* slice() : { last: null, touched: [] };
}
