import type { JourneyRecord } from './record.ts';

/**
 * The words that a record is found by: of its name (its id where it has none), and for an account its domain; lower case, without accents. And its
 * address in the CRM, as a link names it.
 */
export function searchTerms(record: JourneyRecord): string[] {
  if (record.erasedAt !== null) return [];
  return [...nameTerms(record), ...[urlTerm(record.url?.value)].filter((term) => term !== null)];
}

/** A company's full name in Japanese has twenty characters, each of which may begin a word. */
const termsKept = 40;

function nameTerms(record: JourneyRecord): string[] {
  const texts = [record.name?.value ?? record.id, domainOf(record)];
  const folded = texts.flatMap((text) => (text == null ? [] : foldText(text) || [])).flatMap((text) => [text, plainLetters(text)]);
  const words = [...folded.flatMap((text) => [text, ...beginningsIn(text)]), ...squeezedIn(foldText(record.name?.value ?? ''))];
  return [...new Set(words.map((word) => word.slice(0, 80)))].slice(0, termsKept);
}

/** Whether two records are found by the same words: told without folding a word, because most signals change no name. */
export const sameTerms = (a: JourneyRecord, b: JourneyRecord): boolean =>
  a.erasedAt === b.erasedAt && a.name?.value === b.name?.value && domainOf(a) === domainOf(b) && a.url?.value === b.url?.value;

/** Longer ones are not found. */
const urlRoom = 500;

/** Stands between spaces, so that nothing that somebody types begins it, and no longer address begins with it. Null: it is found by none. */
export function urlTerm(url: string | null | undefined): string | null {
  const bare = url?.trim() ?? '';
  return bare === '' || bare.length > urlRoom ? null : ` ${bare} `;
}

const domainOf = (record: JourneyRecord): string | null | undefined => (record.kind === 'account' ? record.domain?.value : null);

/** The words of a folded text: letters and digits, whatever stands between them. */
export const wordsOf = (folded: string): string[] => folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');

/**
 * The words of a folded text, each up to its end, so that what begins one of them is found by its beginning. Where a script puts no spaces between
 * words, every character may begin one: `東京三菱` is found by `三`.
 */
export const beginningsIn = (folded: string): string[] => wordsOf(folded).flatMap((word) => (withoutSpaces.test(word) ? suffixesOf(word) : [word]));

/** What stands between two spaces, without what is no letter: `H&M` is found by `hm`, `E.ON` by `eon`. */
export const squeezedIn = (folded: string): string[] =>
  folded.split(' ').flatMap((word) => plainLetters(word).replaceAll(/[^\p{L}\p{N}]+/gu, '') || []);

const withoutSpaces = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;

/** What follows such a character begins anew, too: `ufj` in `三菱ufj`. */
function suffixesOf(word: string): string[] {
  const letters = [...word];
  return letters.flatMap((letter, index) =>
    index === 0 || withoutSpaces.test(letter) || withoutSpaces.test(letters[index - 1] ?? '') ? [letters.slice(index).join('')] : [],
  );
}

/** A folded text as whoever has no such keys writes it: `weiß` as `weiss`, `øresund` as `oresund`. These letters are no accents, and stay when accents go. */
export const plainLetters = (folded: string): string => folded.replaceAll(/[ßæœøłđðþħŧı]/g, (letter) => plainSpellings[letter] ?? letter);

const plainSpellings: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't', ı: 'i' };

/** Lower case, without accents, spaces folded: how names are compared. */
export const foldText = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/g, ' ').trim();
