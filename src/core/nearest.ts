import Fuse from 'fuse.js';

/** The known name that was probably meant by an unknown one; null where none is close. */
export function nearest(unknown: string, known: Iterable<string>): string | null {
  const names = [...known];
  const sameButCase = names.find((name) => name.toLowerCase() === unknown.toLowerCase());
  if (sameButCase !== undefined) return sameButCase;
  const fuse = new Fuse(names, { threshold: 0.35, ignoreLocation: true });
  // Fuse finds a short text in a long one, not the other way round: `monday` holds `mon`.
  return fuse.search(unknown.slice(0, 64))[0]?.item ?? names.find((name) => name.length > 2 && unknown.startsWith(name)) ?? null;
}
