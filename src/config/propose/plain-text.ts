/** A text from a CRM on one line of a comment: no control signs, no line ends, not longer than `most`. */
export function oneLine(text: string, most = 60): string {
  const clean = text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return clean.length <= most ? clean : `${upTo(clean, most - 1).trimEnd()}…`;
}

/** An id in a comment, in quotes, as it would stand in the file. */
export const quoted = (id: string): string => JSON.stringify(oneLine(id, 80));

/** A label that journey.yml takes: one line, at most 80 characters; null where nothing is left. */
export const labelFrom = (name: string): string | null => upTo(oneLine(name, 200), 80).trim() || null;

/** Cuts between characters, not through one that takes two places. */
function upTo(text: string, most: number): string {
  const cut = text.slice(0, most);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}
