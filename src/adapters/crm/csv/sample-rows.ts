import { open } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { rowsOf } from './detect-delimiter.ts';
import { isBigEndian, unitOf } from './encoding.ts';
import type { FileHead } from './file-head.ts';

const stripes = 16;
const stripeBytes = 64 * 1024;

/** Rows from all over the file, as wide as the header; of a small file all. For looking at: a row that a piece cuts in two is left out. */
export async function* sampleRows(file: string, head: FileHead): AsyncGenerator<string[]> {
  const handle = await open(file);
  try {
    const length = head.bytes - head.rows.offset;
    // Even, so that a character of two bytes is not cut.
    const step = Math.max(stripeBytes, 2 * Math.floor((length - stripeBytes) / (stripes - 1) / 2));
    for (let offset = 0; offset < length; offset += step) {
      const bytes = Buffer.alloc(Math.min(stripeBytes, length - offset));
      await handle.read(bytes, 0, bytes.length, head.rows.offset + offset);
      const isFirst = offset === 0;
      yield* rowsIn(bytes, head, isFirst);
    }
  } finally {
    await handle.close();
  }
}

/** Whether the sample is the whole file. */
export const isSampledWhole = (head: FileHead): boolean => head.bytes - head.rows.offset <= stripeBytes;

function rowsIn(bytes: Buffer, { encoding, delimiter, headers }: FileHead, isFirst: boolean): string[][] {
  const unit = unitOf(encoding.name);
  const start = isFirst ? 0 : firstLineFeed(bytes, encoding.name, unit);
  const whole = bytes.subarray(start, bytes.length - ((bytes.length - start) % unit));
  const text = iconv.decode(whole, encoding.name, { stripBOM: false });
  return rowsOf(text, delimiter, 100_000).filter(({ length }) => length === headers.length);
}

/** Pieces are cut between any two bytes: a line feed shows where characters begin. */
function firstLineFeed(bytes: Buffer, encoding: string, unit: 1 | 2): number {
  if (unit === 1) return bytes.indexOf(0x0a) + 1;
  const found = bytes.indexOf(isBigEndian(encoding) ? Buffer.from([0x00, 0x0a]) : Buffer.from([0x0a, 0x00]));
  return found < 0 ? 0 : found + 2;
}
