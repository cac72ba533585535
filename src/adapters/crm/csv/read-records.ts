import { open } from 'node:fs/promises';
import { CsvError, Parser } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { CrmRefusedError } from '../../../app/errors.ts';
import type { Delimiter } from './csv-mapping.ts';
import { isBigEndian, isUtf8Name, unitOf } from './encoding.ts';

/** Where a row begins: bytes from the beginning of the file, and the line, counted from 1. */
export type Place = { offset: number; line: number };

/** A row as it stands in the file. `broken`: it cannot be told where its fields end, and why. */
export type RawRecord = { line: number; fields: string[]; broken: string | null };

export type RecordReader = {
  records: AsyncIterable<RawRecord>;
  /** Where the row after the one that was read last begins. */
  next(): Place;
};

/** `width`: how many fields a row has; null where that is not known yet. */
export type RecordForm = { file: string; encoding: string; delimiter: Delimiter; width: number | null };

const chunkBytes = 64 * 1024;
/** Reading begins anew at each mark that is not closed: little is read in vain. */
const firstBytes = 4 * 1024;
/** Bytes: longer than any text a CRM exports in one cell; a quotation mark that is never closed would swallow the file. */
const longestRecord = 2_000_000;
const mostBroken = 1_000;
const recordDelimiters = ['\r\n', '\n', '\r'];

/**
 * The rows of a file from one place on, in memory that does not grow with the file. A quotation mark that is opened and not closed
 * costs its own line and no other: what comes out of it has not the width of the file, so its line is given up and reading goes on at the next one.
 */
export function readRecords(form: RecordForm, from: Place): RecordReader {
  let position = (): Place => from;
  return { records: generate(), next: () => position() };

  async function* generate(): AsyncGenerator<RawRecord> {
    let start = from;
    for (let given = 0; ; given += 1) {
      if (given > mostBroken) {
        throw new CrmRefusedError(
          `${form.file}: more than ${mostBroken} quotation marks that are opened and not closed, the last one in line ${start.line}`,
        );
      }
      const run = readUntilBroken(form, start, (place) => {
        position = place;
      });
      const stuck = yield* run;
      if (stuck === null) return;
      const line = await lineAt(form, stuck);
      start = { offset: stuck.offset + line.bytes, line: stuck.line + 1 };
      const after = start;
      position = () => after;
      const broken = line.bytes > longestRecord ? `is longer than ${longestRecord} bytes` : 'a quotation mark is opened and not closed';
      yield { line: stuck.line, fields: [line.text], broken };
      if (line.bytes === 0) return;
    }
  }
}

type Parsed = { record: string[]; bytes: number };

/** Returns the place of a row that swallows what comes after it; null at the end of the file. */
async function* readUntilBroken(form: RecordForm, from: Place, moved: (place: () => Place) => void): AsyncGenerator<RawRecord, Place | null> {
  const feed = createFeed(form, from.offset);
  // A queue of our own: the parser's is lost when it fails, with all rows before the one that made it fail.
  const queue: Parsed[] = [];
  const parser = new Parser({
    delimiter: form.delimiter,
    record_delimiter: recordDelimiters,
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: longestRecord,
    on_record: (record: string[], { bytes }) => {
      queue.push({ record, bytes });
      return null;
    },
  });
  // Its errors are the answers of what it is given.
  parser.on('error', () => {});
  let line = from.line;
  let bytes = 0;
  const place = (at: number, onLine: number): Place => ({ offset: feed.offsetOf(at), line: onLine });
  try {
    for await (const chunk of feed.chunks()) {
      const failed = await new Promise<Error | null>((resolve) => {
        const done = (error?: Error | null): void => resolve(error ?? null);
        if (chunk === null) parser.end(done);
        else parser.write(chunk, done);
      });
      for (const { record, bytes: end } of queue.splice(0)) {
        const lines = 1 + lineBreaks(record);
        if (lines > 1 && (await isSwallowed(form, record, { from: feed.offsetOf(bytes), to: feed.offsetOf(end) }))) return place(bytes, line);
        const first = line;
        line += lines;
        bytes = end;
        const next = line;
        feed.passed(end);
        moved(() => place(end, next));
        yield { line: first, fields: record, broken: null };
      }
      if (failed instanceof CsvError) return place(bytes, line);
      if (failed !== null) throw failed;
    }
    return null;
  } finally {
    parser.destroy();
  }
}

/**
 * Whether a row of several lines is several rows, the first of which opens a quotation mark and does not close it. It then has not the width of the
 * file, or a quotation mark within a field, which the parser lets pass: a second look does not.
 */
async function isSwallowed(form: RecordForm, record: readonly string[], { from, to }: { from: number; to: number }): Promise<boolean> {
  if (form.width !== null && record.length !== form.width) return true;
  if (!record.some((field) => field.startsWith('"') && /[\r\n]/.test(field))) return false;
  const handle = await open(form.file);
  try {
    const bytes = Buffer.alloc(to - from);
    await handle.read(bytes, 0, bytes.length, from);
    parse(iconv.decode(bytes, form.encoding, { stripBOM: false }), { delimiter: form.delimiter, record_delimiter: recordDelimiters });
    return false;
  } catch (error) {
    if (error instanceof CsvError) return true;
    throw error;
  } finally {
    await handle.close();
  }
}

/** Line ends within quotation marks. */
function lineBreaks(fields: readonly string[]): number {
  let count = 0;
  for (const field of fields) if (field.includes('\n') || field.includes('\r')) count += field.match(/\r\n|\n|\r/g)?.length ?? 0;
  return count;
}

/**
 * The file as UTF-8, and back from places in that to places in the file. Other encodings are read in pieces of whole lines; the place within a
 * piece is found by encoding what is before it.
 */
function createFeed({ file, encoding }: RecordForm, offset: number) {
  const pieces: { utf8: number; length: number; source: number; text: string }[] = [];
  const plain = isUtf8Name(encoding);
  return {
    /** Null: that was all. */
    async *chunks(): AsyncGenerator<Buffer | null> {
      const handle = await open(file);
      try {
        let at = offset;
        let utf8 = 0;
        let size = firstBytes;
        for (;;) {
          const bytes = Buffer.allocUnsafe(size);
          const { bytesRead } = await handle.read(bytes, 0, size, at);
          if (bytesRead === 0) {
            yield null;
            return;
          }
          const whole = plain ? bytesRead : wholeLines(bytes.subarray(0, bytesRead), encoding, bytesRead < size);
          if (whole === 0) {
            size *= 2;
            continue;
          }
          size = Math.min(chunkBytes, Math.max(size, firstBytes) * 2);
          const piece = bytes.subarray(0, whole);
          if (plain) yield piece;
          else {
            const text = iconv.decode(piece, encoding, { stripBOM: false });
            const encoded = Buffer.from(text);
            pieces.push({ utf8, length: encoded.length, source: at, text });
            utf8 += encoded.length;
            yield encoded;
          }
          at += whole;
        }
      } finally {
        await handle.close();
      }
    },
    passed(utf8: number): void {
      while (pieces[0] !== undefined && pieces[0].utf8 + pieces[0].length < utf8) pieces.shift();
    },
    offsetOf(utf8: number): number {
      if (plain) return offset + utf8;
      const piece = pieces.find((one) => utf8 <= one.utf8 + one.length);
      if (piece === undefined) return offset;
      const before = Buffer.from(piece.text)
        .subarray(0, utf8 - piece.utf8)
        .toString();
      return piece.source + iconv.encode(before, encoding, { addBOM: false }).length;
    },
  };
}

/** How many bytes make whole lines; all of them at the end of the file, or in a line that is longer than any should be. */
function wholeLines(bytes: Buffer, encoding: string, isLast: boolean): number {
  if (isLast || bytes.length > 4 * longestRecord) return bytes.length;
  if (unitOf(encoding) === 1) return bytes.lastIndexOf(0x0a) + 1;
  const lineFeed = isBigEndian(encoding) ? [0x00, 0x0a] : [0x0a, 0x00];
  for (let at = bytes.length - (bytes.length % 2) - 2; at >= 0; at -= 2) {
    if (bytes[at] === lineFeed[0] && bytes[at + 1] === lineFeed[1]) return at + 2;
  }
  return 0;
}

/** One line of the file, whatever its quotation marks say, with its line end. Of a long one the text is only its beginning. */
async function lineAt({ file, encoding }: RecordForm, { offset }: Place): Promise<{ text: string; bytes: number }> {
  const handle = await open(file);
  try {
    const bytes = Buffer.alloc(chunkBytes);
    let text = '';
    for (let at = 0; ; ) {
      const { bytesRead } = await handle.read(bytes, 0, chunkBytes, offset + at);
      const read = bytes.subarray(0, bytesRead);
      const end = lineEnd(read, encoding);
      if (at === 0) text = iconv.decode(read.subarray(0, end), encoding, { stripBOM: false }).trimEnd();
      if (bytesRead < chunkBytes || end < bytesRead) return { text, bytes: at + end };
      // Its last character again: it may be half a line end.
      at += end - unitOf(encoding);
    }
  } finally {
    await handle.close();
  }
}

/** Where the first line ends, its line end included. */
function lineEnd(bytes: Buffer, encoding: string): number {
  const unit = unitOf(encoding);
  const at = (index: number): number =>
    unit === 1 ? (bytes[index] ?? 0) : isBigEndian(encoding) ? bytes.readUInt16BE(index) : bytes.readUInt16LE(index);
  for (let index = 0; index + unit <= bytes.length; index += unit) {
    const code = at(index);
    if (code === 0x0a) return index + unit;
    if (code === 0x0d) return index + unit + (index + 2 * unit <= bytes.length && at(index + unit) === 0x0a ? unit : 0);
  }
  return bytes.length;
}
