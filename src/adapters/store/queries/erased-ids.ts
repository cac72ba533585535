import { recordKinds, type Source } from '../../../core/journey/signal.ts';
import { bodyWithout, wordsOfBody } from '../body-without.ts';
import { and, inArray, isNotNull } from '../drizzle.ts';
import { ask, type Dialect, type Steps } from '../query.ts';

/** So many ids are asked for at once. */
const idsAtOnce = 200;

/** Whether a raw body names a record that was erased, by the id it goes by or one it went by. */
export function defineErasedIds({ db, tables, rows }: Dialect) {
  const { accounts, aliases, deals, people } = tables;
  const erasedAmong = [accounts, deals, people].map((table) => (ids: string[]) => {
    const records = table as typeof accounts;
    return rows(
      db
        .select({ id: records.id })
        .from(records)
        .where(and(inArray(records.id, ids), isNotNull(records.erasedAt))),
    );
  });
  const survivors = (ids: string[]) =>
    rows(
      db
        .select({ from: aliases.from, into: aliases.into })
        .from(aliases)
        .where(and(inArray(aliases.kind, [...recordKinds]), inArray(aliases.from, ids))),
    );

  return {
    /** The body without what names them; null: nothing of it may stay. */
    *bodyWithoutErased({ body, source }: { body: string; source: Source }): Steps<string | null> {
      const words = wordsOfBody(body, source);
      const ids = new Set<string>();
      for (let from = 0; from < words.length; from += idsAtOnce) {
        const asked = words.slice(from, from + idsAtOnce);
        const former = yield* ask(survivors(asked));
        const all = [...new Set([...asked, ...former.map(({ into }) => into)])];
        for (const among of erasedAmong) {
          const erased = new Set((yield* ask(among(all))).map(({ id }) => id));
          for (const id of erased) ids.add(id);
          for (const { from: id, into } of former) if (erased.has(into)) ids.add(id);
        }
      }
      return ids.size === 0 ? body : bodyWithout(body, source, { ids, names: [] });
    },
  };
}
