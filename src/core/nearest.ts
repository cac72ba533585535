import Fuse from 'fuse.js';

/** The known name that was probably meant by an unknown one; null where none is close. */
export function nearest(unknown: string, known: Iterable<string>): string | null {
  const names = [...known];
  // Fuse takes two letters that changed places for two mistakes: of four letters that is half.
  const sameLetters = names.find((name) => lettersOf(name) === lettersOf(unknown));
  if (sameLetters !== undefined) return sameLetters;
  const fuse = new Fuse(names, { threshold: 0.35, ignoreLocation: true });
  // With one mistake, three letters are found in nearly any long word.
  const found = fuse.search(unknown.slice(0, 64)).find(({ item }) => unknown.length > 3 || item.toLowerCase().includes(unknown.toLowerCase()));
  // Fuse finds a short text in a long one, not the other way round: `monday` holds `mon`.
  return found?.item ?? names.find((name) => name.length > 2 && unknown.startsWith(name)) ?? null;
}

const lettersOf = (name: string): string => [...name.toLowerCase()].toSorted().join('');
