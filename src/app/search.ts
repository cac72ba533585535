import Fuse from 'fuse.js';
import { mistypedShare } from '../core/journey/mistyped-share.ts';
import { beginningsIn, foldText, plainLetters, squeezedIn, wordsOf } from '../core/journey/search-terms.ts';
import type { Found, Match } from '../core/summary.ts';
import type { Store } from './ports.ts';

export type Search = {
  /** What a name means; `summarise` makes the answer when it is one. */
  find<Summary>(kind: 'account' | 'deal', query: string, summarise: (match: Match) => Promise<Summary | null>): Promise<Found<Summary>>;
  /** All that a beginning may mean, for a menu: the very name first, then names that begin so, then those of which another word does. */
  candidates(kind: 'account' | 'deal', query: string, limit: number): Promise<Match[]>;
};

type SearchDependencies = { store: Pick<Store, 'findByTerm' | 'namesAfter'>; breathe(): Promise<void> };

const shown = 10;
/** Read at most, by the index; and of one word of several. */
const beginning = { toFind: 50, ofAWord: 200, toChoose: 2000 };
const nearestShown = 3;
const sliceSize = 2000;
/** Up to this share of what was typed is a typing mistake; what is less alike is worth asking about, if fuse.js finds it (0 is equal, 1 is anything). */
const meant = 0.34;
const forgiving = { threshold: 0.6, distance: 200, includeScore: true, ignoreFieldNorm: true, keys: ['folded'] };

/**
 * Finds by beginnings of words first, through the index; only when that finds nothing are all names looked through, in slices, forgiving
 * typos. A name typed exactly means that one, although others begin with it.
 */
export function createSearch({ store, breathe }: SearchDependencies): Search {
  return {
    async find(kind, query, summarise) {
      const wanted = foldText(withoutAddress(query));
      if (wanted === '') return { kind: 'none', query, nearest: [] };
      const begun = await byBeginning(kind, wanted, beginning.toFind, beginning.ofAWord);
      const exact = begun.filter(({ name, id }) => plainly(name) === plainly(wanted) || id.toLowerCase() === wanted);
      const alike = begun.length > 0 ? { meant: [], nearest: [] } : await byLikeness(kind, wanted);
      const matches = exact.length === 1 ? exact : begun.length > 0 ? begun : alike.meant;
      const [only] = matches;
      if (only === undefined) return { kind: 'none', query, nearest: alike.nearest };
      if (matches.length > 1) return { kind: 'several', query, matches: matches.slice(0, shown) };
      const summary = await summarise(only);
      return summary === null ? { kind: 'none', query, nearest: [] } : { kind: 'one', summary };
    },
    async candidates(kind, query, limit) {
      const wanted = foldText(withoutAddress(query));
      if (wanted === '') return [];
      const begun = await byBeginning(kind, wanted, beginning.toChoose, beginning.toChoose);
      const rank = (name: string): number => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : 2);
      const ranked = begun.map((match) => ({ match, rank: rank(foldText(match.name)) })).toSorted((a, b) => a.rank - b.rank);
      if (ranked.length > 0) return ranked.slice(0, limit).map(({ match }) => match);
      const { meant, nearest } = await byLikeness(kind, wanted);
      return (meant.length > 0 ? meant : nearest).slice(0, limit);
    },
  };

  /** Every word of the query begins a word of the name. */
  async function byBeginning(kind: 'account' | 'deal', wanted: string, atMost: number, ofAWord: number): Promise<Match[]> {
    const words = wordsOf(wanted);
    const whole = await store.findByTerm(kind, wanted, atMost);
    if (whole.length > 0) return whole.map((row) => matchOf(kind, row));
    const longest = [...words].sort((a, b) => b.length - a.length)[0];
    if (longest === undefined) return [];
    const rows = await store.findByTerm(kind, longest, ofAWord);
    return rows
      .filter(({ name }) => {
        const parts = [...beginningsIn(plainly(name)), ...squeezedIn(plainly(name))];
        return words.every((word) => parts.some((part) => part.startsWith(plainly(word))));
      })
      .map((row) => matchOf(kind, row));
  }

  async function byLikeness(kind: 'account' | 'deal', wanted: string): Promise<{ meant: Match[]; nearest: Match[] }> {
    const typed = plainly(wanted);
    const found: { match: Match; score: number }[] = [];
    let after: string | null = null;
    for (;;) {
      const rows = await store.namesAfter(kind, after, sliceSize);
      const fuse = new Fuse(
        rows.map((row) => ({ row, folded: plainly(row.name) })),
        forgiving,
      );
      // fuse.js finds a part anywhere, also in the middle of a word that nobody meant ("acne" in "placeholder"): how alike they are is measured apart.
      for (const { item } of fuse.search(typed)) found.push({ match: matchOf(kind, item.row), score: mistypedShare(typed, item.folded) });
      after = rows.at(-1)?.id ?? null;
      if (after === null || rows.length < sliceSize) break;
      await breathe();
    }
    found.sort((a, b) => a.score - b.score || a.match.name.length - b.match.name.length);
    const best = found[0]?.score ?? 1;
    // One that is far closer than the rest is the one that was meant.
    const closest = found.filter(({ score }) => score <= Math.min(meant, best + 0.1));
    return { meant: closest.map(({ match }) => match), nearest: found.slice(0, nearestShown).map(({ match }) => match) };
  }
}

/** How names are compared, however their letters were typed. */
const plainly = (name: string): string => plainLetters(foldText(name));

/** Of a web address as browsers show it, the domain, as records have it. */
const withoutAddress = (query: string): string => /^\s*(?:https?:\/\/(?:www\.)?|www\.)([^\s/?#]+)/i.exec(query)?.[1] ?? query;

const matchOf = (kind: Match['kind'], { id, name, accountName }: { id: string; name: string; accountName: string | null }): Match => ({
  kind,
  id,
  name,
  detail: accountName,
});
