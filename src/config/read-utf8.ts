import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';

type Utf8Text = { ok: true; text: string } | { ok: false; problem: { line: number; column: number; message: string } };

/** A file's text. Another encoding is refused where it first shows: taken for UTF-8, it would put a � for every umlaut, and nobody would say why. */
export async function readUtf8(path: string): Promise<Utf8Text> {
  const bytes = await readFile(path);
  if (isUtf8(bytes)) return { ok: true, text: bytes.toString('utf8') };
  const offset = firstForeignByte(bytes);
  const before = bytes.subarray(0, offset).toString('utf8').split('\n');
  const byte = (bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return {
    ok: false,
    problem: {
      line: before.length,
      column: [...(before.at(-1) ?? '')].length + 1,
      message: `the file is not UTF-8: byte ${offset + 1} is 0x${byte}; save it as UTF-8`,
    },
  };
}

/** The offset of the first byte that begins no character. */
function firstForeignByte(bytes: Buffer): number {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let begun = 0;
  for (let offset = 0; offset < bytes.length; offset += 1) {
    try {
      // Nothing comes out while a character is incomplete.
      if (decoder.decode(bytes.subarray(offset, offset + 1), { stream: true }) !== '') begun = offset + 1;
    } catch {
      return begun;
    }
  }
  return begun;
}
