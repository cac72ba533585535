import type { KeptSignal, RecordRef } from '../../../app/ports.ts';
import { subjectOf } from '../../../core/journey/signal-place.ts';
import { asc, gt, inArray, or } from '../drizzle.ts';
import { ask, type Dialect, type Steps, slot } from '../query.ts';

/** SQLite takes 32,766 values in one query. */
const refsAtOnce = 5_000;

/** Signals as they came in, for whoever goes through the past once more. */
export function defineReplay({ db, tables, rows }: Dialect) {
  const { signals } = tables;
  const kept = { sequence: signals.sequence, signal: signals.body, receivedAt: signals.receivedAt };
  const after = rows(
    db
      .select(kept)
      .from(signals)
      .where(gt(signals.sequence, slot('sequence')))
      .orderBy(asc(signals.sequence))
      .limit(slot('limit')),
  );
  return {
    after: (sequence: number, limit: number): Steps<KeptSignal[]> => ask(after, { sequence, limit }),
    *naming(refs: RecordRef[]): Steps<KeptSignal[]> {
      const found = new Map<number, KeptSignal>();
      for (let from = 0; from < refs.length; from += refsAtOnce) {
        const some = refs.slice(from, from + refsAtOnce);
        const people = some.filter(({ kind }) => kind === 'person').map(({ id }) => id);
        const named = inArray(
          signals.subject,
          some.map(({ kind, id }) => subjectOf(kind, id)),
        );
        const query = rows(
          db
            .select(kept)
            .from(signals)
            .where(people.length === 0 ? named : or(named, inArray(signals.personId, people))),
        );
        for (const signal of yield* ask(query)) found.set(signal.sequence, signal);
      }
      return [...found.values()].sort((a, b) => a.sequence - b.sequence);
    },
  };
}
