import type { ErasureReport } from '../../../app/ports.ts';
import { emptyRecord } from '../../../core/journey/join-records.ts';
import { idsOf } from '../../../core/journey/record.ts';
import type { RecordKind } from '../../../core/journey/signal.ts';
import { subjectOf } from '../../../core/journey/signal-place.ts';
import { signalWithout } from '../../../core/journey/signal-without.ts';
import { type EpochMs, minuteMs } from '../../../core/time.ts';
import { and, asc, desc, eq, inArray, isNotNull, isNull, lte, sql } from '../drizzle.ts';
import { likeText } from '../like-text.ts';
import { ask, askOne, type Dialect, type Steps, slot, slots } from '../query.ts';
import type { Erased } from '../without-record.ts';
import { defineErasePlaces } from './erase-places.ts';
import type { Outbox } from './outbox.ts';
import type { Pictures } from './pictures.ts';
import type { Records } from './records.ts';
import type { Signals } from './signals.ts';
import type { Unknowns } from './unknowns.ts';

/** What was found out about a record before its tombstone took the name. `settled`: it was erased before, and nothing has come to light since. */
export type ToErase = Erased & { settled: boolean };

/** Longer than anything that was decided, leased or asked for with the old names can be under way. */
const afterwardsMs = 3 * minuteMs;
const roundsInAll = 2;
/** Erasures that come together are done together, up to so many words to look for. */
const wordsTogether = 40;
/** Of an erased record hardly anything is there: so many of what is would show that something has come to light. */
const lookedAt = 100;

type EraseParts = { records: Records; signals: Signals; outbox: Outbox; pictures: Pictures; unknowns: Unknowns };

/**
 * Takes records out of everything that is kept beside them: signals, raw bodies, evidence, cards, messages, the audit. That looks through whole
 * tables, so a commit only notes what is to be done, and `some` does it slice after slice, wherever it was when the process ended.
 */
export function defineErase(dialect: Dialect, parts: EraseParts) {
  const { db, tables, rows, write } = dialect;
  const { dealPeople, erasures, journeys, signals } = tables;
  const places = defineErasePlaces(dialect, parts);
  const journeysOf = rows(
    db
      .select({ id: journeys.id })
      .from(journeys)
      .where(eq(journeys.accountId, slot('id'))),
  );
  const dropLinks = {
    deal: write(db.delete(dealPeople).where(eq(dealPeople.dealId, slot('id')))),
    person: write(db.delete(dealPeople).where(eq(dealPeople.personId, slot('id')))),
  };
  const fresh = rows(
    db
      .select()
      .from(erasures)
      .where(and(isNotNull(erasures.dueAt), eq(erasures.kind, slot('kind')), eq(erasures.rounds, 0), eq(erasures.place, 0), isNull(erasures.after)))
      .orderBy(desc(erasures.sequence))
      .limit(1),
  );
  const begin = write(db.insert(erasures).values({ ...slots(erasures, ['kind', 'ids', 'names', 'journeys', 'counts']), at: 0, dueAt: 0 }));
  const widen = write(
    db
      .update(erasures)
      .set(slots(erasures, ['ids', 'names', 'journeys', 'counts']))
      .where(eq(erasures.sequence, slot('sequence'))),
  );
  const due = rows(
    db
      .select()
      .from(erasures)
      .where(lte(erasures.dueAt, slot('now')))
      .orderBy(asc(erasures.dueAt), asc(erasures.sequence))
      .limit(1),
  );
  const next = rows(db.select({ at: sql<number | null>`min(${erasures.dueAt})`.mapWith(Number) }).from(erasures));
  const advance = write(
    db
      .update(erasures)
      .set(slots(erasures, ['names', 'rounds', 'place', 'after', 'dueAt', 'counts', 'at']))
      .where(eq(erasures.sequence, slot('sequence'))),
  );
  const newest = rows(
    db
      .select()
      .from(erasures)
      .where(and(eq(erasures.kind, slot('kind')), sql`${erasures.ids} like ${slot('id')} escape '!'`))
      .orderBy(desc(erasures.sequence))
      .limit(1),
  );

  const described = (subjects: string[]) => rows(db.select({ body: signals.body }).from(signals).where(inArray(signals.subject, subjects)));

  return {
    /** To be asked before the tombstone is written: who it was, under every id and name that anything has said. */
    *find(kind: RecordKind, id: string): Steps<ToErase> {
      const now = yield* parts.records.resolve(kind, id);
      const record = yield* parts.records.one(kind, now);
      const ids = new Set([id, ...(yield* parts.signals.idsOf(kind, now)), ...idsOf(record ?? emptyRecord(kind, now, 0))]);
      const names = new Set<string>();
      const name = (text: string | null | undefined): void => void (text == null || text.trim() === '' || names.add(text));
      name(record?.name?.value);
      if (record?.kind === 'person') name(record.email?.value);
      let isSaid = false;
      for (const { body } of yield* ask(described([...ids].map((each) => subjectOf(kind, each))))) {
        isSaid ||= signalWithout(body, { kind, ids }) !== body;
        if (body.type === 'person.upserted') [body.person.name, body.person.email].forEach(name);
        if (body.type === 'deal.upserted') name(body.deal.name);
        if (body.type === 'account.upserted') name(body.account.name);
      }
      const named = yield* parts.signals.of(kind, now, lookedAt);
      isSaid ||= named.some((body) => signalWithout(body, { kind, ids }) !== body);
      const own = kind === 'deal' ? [...ids].map((each) => `deal:${each}`) : [];
      if (kind === 'account') for (const each of ids) own.push(...(yield* ask(journeysOf, { id: each })).map((row) => row.id));
      const settled = record !== null && record.erasedAt !== null && names.size === 0 && !isSaid;
      return { kind, ids, names: [...names], journeys: new Set(own), settled };
    },
    /** `takenOut`: what was taken out already, by what comes with it. */
    *put({ kind, ids, names, journeys: own, settled }: ToErase, takenOut: Counts): Steps<void> {
      for (const id of ids) {
        yield* parts.records.putTerms(kind, id, []);
        if (kind !== 'account') yield* ask(dropLinks[kind], { id });
        yield* parts.unknowns.forgetRecord(`${kind}:${id}`);
      }
      for (const id of own) yield* parts.unknowns.forgetRecord(id);
      if (settled) return;
      const waiting = yield* askOne(fresh, { kind });
      const all = { ids: union(ids, waiting?.ids), names: union(names, waiting?.names), journeys: union(own, waiting?.journeys) };
      if (waiting !== null && all.ids.length + all.names.length <= wordsTogether)
        yield* ask(widen, { ...all, counts: sum(waiting.counts, takenOut), sequence: waiting.sequence });
      else yield* ask(begin, { kind, ids: [...ids], names: [...names], journeys: [...own], counts: takenOut });
    },
    /** One slice of the erasure that is due longest. */
    *some(now: EpochMs): Steps<{ more: boolean }> {
      const row = yield* askOne(due, { now });
      if (row === null) return { more: false };
      const place = places[row.place];
      const at = row.at === 0 ? now : row.at;
      if (place === undefined) {
        const rounds = row.rounds + 1;
        const isOver = rounds >= roundsInAll;
        const rest = { rounds, place: 0, after: null, dueAt: isOver ? null : now + afterwardsMs, names: isOver ? [] : row.names };
        yield* ask(advance, { ...row, ...rest, at });
        return { more: true };
      }
      const { last, touched } = yield* place(erasedOf(row), row.after);
      for (const { put } of touched) yield* put({ now, tag: `${row.sequence}.${row.rounds}` });
      // The second round finds what somebody has just written over the first one: the same things.
      const counts = row.rounds > 0 ? row.counts : sum(row.counts, ...touched.map(({ what }) => ({ [what]: 1 })));
      yield* ask(advance, { ...row, counts, at, ...(last === null ? { place: row.place + 1, after: null } : { after: last }) });
      return { more: true };
    },
    *nextAt(): Steps<EpochMs | null> {
      return (yield* askOne(next))?.at ?? null;
    },
    *of(kind: RecordKind, id: string): Steps<ErasureReport | null> {
      const row = yield* askOne(newest, { kind, id: `%${likeText(JSON.stringify(id))}%` });
      return row === null ? null : { at: row.at, done: row.rounds > 0, counts: row.counts };
    },
    /** A slice of what would be touched; `place` counts from 0 to the last one. */
    *preview(erased: Erased, place: number, after: string | null): Steps<{ last: string | null; touched: string[] } | null> {
      const slice = yield* places[place]?.(erased, after) ?? nowhere();
      return slice === null ? null : { last: slice.last, touched: slice.touched.map(({ what }) => what) };
    },
  };
}

// biome-ignore lint/correctness/useYield: an intention that asks nothing
function* nowhere(): Steps<null> {
  return null;
}

type Row = { kind: RecordKind; ids: string[]; names: string[]; journeys: string[] };

const erasedOf = ({ kind, ids, names, journeys }: Row): Erased => ({ kind, ids: new Set(ids), names, journeys: new Set(journeys) });

type Counts = Record<string, number>;

function sum(...all: Counts[]): Counts {
  const counts: Counts = {};
  for (const [what, count] of all.flatMap(Object.entries<number>)) counts[what] = (counts[what] ?? 0) + count;
  return counts;
}

const union = (a: Iterable<string>, b: Iterable<string> = []): string[] => [...new Set([...b, ...a])];
