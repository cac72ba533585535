import { isUtf8 } from 'node:buffer';
import chardet from 'chardet';
import iconv from 'iconv-lite';

/** `name`: as iconv knows it. `bom`: bytes to skip. `doubt`: what else it may be, when the bytes do not tell. */
export type Encoding = { name: string; bom: number; doubt: string | null };

/** What chardet takes Western European text for; windows-1252 holds all of it. */
const western = /^(ASCII|ISO-8859-(1|9|15)|windows-125[24])$/i;
/** Below this, in per cent, chardet is guessing: a handful of accents fits many alphabets. */
const sure = 60;

/**
 * By its mark, else by what only one encoding allows: zero bytes at every other place (UTF-16), or valid UTF-8. What is left is one of the
 * one-byte alphabets, told by their letters' frequencies; where they do not tell, windows-1252, which is what Excel writes in the West.
 */
export function detectEncoding(head: Buffer): Encoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { name: 'utf-8', bom: 3, doubt: null };
  if (head[0] === 0xff && head[1] === 0xfe) return { name: 'utf-16le', bom: 2, doubt: null };
  if (head[0] === 0xfe && head[1] === 0xff) return { name: 'utf-16be', bom: 2, doubt: null };
  const utf16 = zeroBytes(head);
  if (utf16 !== null) return { name: utf16, bom: 0, doubt: null };
  if (isUtf8(wholeCharacters(head))) return { name: 'utf-8', bom: 0, doubt: null };
  const best = chardet.analyse(head)[0];
  if (best === undefined || western.test(best.name)) return { name: 'windows-1252', bom: 0, doubt: null };
  if (best.confidence >= sure && iconv.encodingExists(best.name)) return { name: best.name, bom: 0, doubt: 'windows-1252' };
  return { name: 'windows-1252', bom: 0, doubt: best.name };
}

/** The mark of an encoding that somebody else has named. */
export function bomOf(head: Buffer, name: string): number {
  const detected = detectEncoding(head);
  return detected.bom > 0 && canonical(detected.name) === canonical(name) ? detected.bom : 0;
}

export const isUtf8Name = (name: string): boolean => ['utf8', 'ascii', 'usascii'].includes(canonical(name));
/** Bytes of a line feed, and the bytes a unit has. */
export const unitOf = (name: string): 1 | 2 => (canonical(name).startsWith('utf16') || canonical(name) === 'ucs2' ? 2 : 1);
export const isBigEndian = (name: string): boolean => canonical(name) === 'utf16be';

const canonical = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** In UTF-16, text of any Western kind has a zero in every other byte: half of the bytes at least are ASCII in a CSV file. */
function zeroBytes(head: Buffer): string | null {
  let even = 0;
  let odd = 0;
  for (let index = 0; index + 1 < head.length; index += 2) {
    if (head[index] === 0) even += 1;
    if (head[index + 1] === 0) odd += 1;
  }
  const pairs = head.length / 2;
  if (odd > pairs * 0.3 && odd > even * 4) return 'utf-16le';
  if (even > pairs * 0.3 && even > odd * 4) return 'utf-16be';
  return null;
}

/** Without a character that the end of the sample has cut in two. */
function wholeCharacters(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return bytes.subarray(0, bytes.length - back);
    if (byte < 0x80) return bytes;
  }
  return bytes;
}
