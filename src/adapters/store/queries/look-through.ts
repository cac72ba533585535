import type { AnyColumn } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { quoted } from '../body-without.ts';
import { and, asc, gt, lte, or, sql } from '../drizzle.ts';
import { likeText } from '../like-text.ts';
import { ask, askOne, type Dialect, type RowsBuilder, type Steps } from '../query.ts';
import type { Erased } from '../without-record.ts';
import { type Slice, sliceRows, type Touched } from './erase-place.ts';

/** With more words than these to look for, fewer rows at once. */
const wordsAtOnce = 6;
/** With more than these the database is not asked for them, and every row is looked into. */
const mostWords = 60;

/** Looks through a table by its key, slice after slice: `doc` is looked into where it may hold one of the words. */
export function createLookThrough({ db, rows }: Pick<Dialect, 'db' | 'rows'>) {
  return function* lookThrough<Fields extends Record<string, AnySQLiteColumn> & { doc: AnySQLiteColumn }>(
    table: SQLiteTable,
    key: AnySQLiteColumn,
    fields: Fields,
    erased: Erased,
    after: string | null,
    touch: (row: RowOf<Fields>) => Touched | null,
  ): Steps<Slice> {
    const from = gt(key, key.dataType === 'number' ? Number(after ?? 0) : (after ?? ''));
    const words = erased.kind === 'person' ? [...erased.ids, ...erased.names] : [...erased.ids, ...erased.names, ...erased.journeys];
    const atOnce = Math.max(50, Math.floor(sliceRows / Math.ceil(words.length / wordsAtOnce)));
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
      .where(and(from, upTo, words.length > mostWords ? undefined : holds(fields.doc, words)));
    const touched: Touched[] = [];
    for (const row of yield* ask(rows(builder as unknown as RowsBuilder<RowOf<Fields>>))) {
      const found = touch(row);
      if (found !== null) touched.push(found);
    }
    return { last: bound === null ? null : String(bound.key), touched };
  };
}

type RowOf<Fields extends Record<string, AnySQLiteColumn>> = {
  [Name in keyof Fields]: Fields[Name]['_']['notNull'] extends true ? Fields[Name]['_']['data'] : Fields[Name]['_']['data'] | null;
};

/** Texts, or documents as text, that hold one of these words somewhere. Only a first look: what it finds is looked into. */
const holds = (column: AnyColumn, words: readonly string[]) =>
  or(...words.flatMap((word) => patternsOf(word).map((pattern) => sql`lower(${column}) like ${`%${likeText(pattern)}%`} escape '!'`)));

/** The databases' `lower` leaves other letters than English ones alone, or does not: both are looked for. */
const patternsOf = (word: string): string[] => {
  const text = quoted(word);
  return [...new Set([text.toLowerCase(), text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())])];
};
