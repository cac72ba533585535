import { plain } from '../views/escape.ts';

/**
 * Text as the pictures' font can draw it. DejaVu Sans has Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic letters; no Chinese, Japanese
 * or Korean ones, and hardly any emoji. Where a letter is missing stands … and never an empty box.
 */

/** What both weights have glyphs for, and a picture has use for. */
const drawable =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: marks that combine are characters of their own here
  /[\u0020-\u007e\u00a0-\u02e9\u0300-\u034e\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u0513\u0531-\u0556\u0561-\u0587\u05b0-\u05c3\u05d0-\u05ea\u0621-\u063a\u0640-\u0655\u0660-\u0670\u0679-\u06bf\u06f0-\u06f9\u10d0-\u10fc\u1e00-\u1efb\u2010-\u2027\u2030-\u205e\u20a0-\u20b5\u2190-\u21ff]/u;
// biome-ignore lint/suspicious/noMisleadingCharacterClass: what joins emoji is taken out with them
const decoration = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200b-\u200f\u2060\ufe0f\u{e0020}-\u{e007f}]/gu;
const letterOrDigit = /[\p{L}\p{N}]/u;

/** One line, with … for runs of what cannot be drawn; `otherwise` where nothing is left to be read. */
export function drawn(text: string, otherwise: string): string {
  const line = plain(text, 300).normalize('NFC').replaceAll(decoration, '');
  let out = '';
  for (const character of line) {
    if (drawable.test(character)) out += character;
    else if (!out.endsWith('…')) out += '…';
  }
  const kept = out.replaceAll(/\s+/gu, ' ').trim();
  return letterOrDigit.test(kept) ? kept : otherwise;
}

/** Letters of which at least one cannot be drawn: it is worth saying. */
export const isDrawn = (text: string): boolean =>
  [...plain(text, 300).normalize('NFC').replaceAll(decoration, '')].every((each) => drawable.test(each));

/** Advance widths in hundredths of the font size, rounded up, from the fonts' own tables: U+0020 to U+007E. */
const widths = {
  normal: hundredthsOf(
    '32 41 46 84 64 96 78 28 40 40 50 84 32 37 32 34 64 64 64 64 64 64 64 64 64 64 34 34 84 84 84 54 100 69 69 70 78 64 58 78 76 30 30 66 56 87 75 79 61 79 70 64 62 74 69 99 69 62 69 40 34 40 84 50 ' +
      '50 62 64 55 64 62 36 64 64 28 28 58 28 98 64 62 64 64 42 53 40 64 60 82 60 60 53 64 34 64 84',
  ),
  bold: hundredthsOf(
    '35 46 53 84 70 101 88 31 46 46 53 84 38 42 38 37 70 70 70 70 70 70 70 70 70 70 40 40 84 84 84 59 100 78 77 74 84 69 69 83 84 38 38 78 64 100 84 86 74 86 78 73 69 82 78 111 78 73 73 46 37 46 84 50 ' +
      '50 68 72 60 72 68 44 72 72 35 35 67 35 105 72 69 72 72 50 60 48 72 66 93 65 66 59 72 37 72 84',
  ),
};
/** Those that are wider than 110 in either weight. */
const wide =
  /[\u0152\u0174\u01c4-\u01cc\u01f1-\u01f6\u02a3-\u02a5\u0409\u040a\u0416\u0424\u0428\u0429\u042b\u042e\u0449-\u0513\u0633-\u0636\u0641\u069a-\u06aa\u1e80-\u1e88\u2014\u2030\u2031\u20a7-\u20af]/u;

/** At most so wide it is: other letters than English ones are taken to be as wide as the widest of their kind. */
export function widthOf(text: string, size: number, bold = true): number {
  const known = bold ? widths.bold : widths.normal;
  let hundredths = 0;
  for (const character of text.normalize('NFD')) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x300 && code <= 0x34e) continue;
    hundredths += known[code - 0x20] ?? (wide.test(character) ? 190 : 110);
  }
  return (hundredths * size) / 100;
}

/** Cut with … so that it is no wider than `room`. */
export function fitted(text: string, size: number, room: number, bold = true): string {
  if (widthOf(text, size, bold) <= room) return text;
  let kept = '';
  for (const character of text) {
    if (widthOf(`${kept}${character}…`, size, bold) > room) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Hoisted: the tables above are read once. */
function hundredthsOf(table: string): number[] {
  return table.split(' ').map(Number);
}
