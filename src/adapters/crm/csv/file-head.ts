import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { CrmRefusedError } from '../../../app/errors.ts';
import type { EpochMs } from '../../../core/time.ts';
import type { CsvMapping, Delimiter } from './csv-mapping.ts';
import { detectDelimiter, isSeparatorLine } from './detect-delimiter.ts';
import { bomOf, detectEncoding, type Encoding, unitOf } from './encoding.ts';
import { recogniseHeaders } from './propose-mapping.ts';
import { type Place, readRecords } from './read-records.ts';

/** A file's beginning: how it is written, the names of its columns, and where its rows begin. */
export type FileHead = {
  bytes: number;
  modifiedAt: EpochMs;
  /** Stays while the file does: size, first and last bytes. */
  fingerprint: string;
  encoding: Encoding;
  delimiter: Delimiter;
  headers: string[];
  headerLine: number;
  rows: Place;
  /** Some of the first rows. */
  samples: string[][];
};

const headBytes = 256 * 1024;
const tailBytes = 64 * 1024;
/** Reports begin with their title and filters. */
const linesBeforeHeader = 30;
const sampleRows = 100;

/** @throws CrmRefusedError when it cannot be read, or is no text. */
export async function readHead(file: string, mapping: CsvMapping): Promise<FileHead> {
  const { bytes, modifiedAt, head, fingerprint } = await firstBytes(file);
  if (bytes === 0) throw new CrmRefusedError(`${file} is empty`);
  refuseOtherFormats(file, head);
  const encoding =
    mapping.encoding === undefined ? detectEncoding(head) : { name: mapping.encoding, bom: bomOf(head, mapping.encoding), doubt: null };
  const unit = unitOf(encoding.name);
  const text = iconv.decode(head.subarray(encoding.bom, head.length - ((head.length - encoding.bom) % unit)), encoding.name);
  if (!isText(text)) throw new CrmRefusedError(`${file} is no text, so it cannot be CSV`);
  const delimiter = mapping.delimiter ?? detectDelimiter(text);
  const first = await firstRows(file, encoding, delimiter);
  const header = headerOf(first, mapping);
  if (header === null)
    throw new CrmRefusedError(
      `${file}: no line with the names of several columns was found. Are they apart by commas, semicolons, tabs or pipes? If they are, say which line it is (\`header:\` in the mapping)`,
    );
  const after = first.slice(header + 1).filter(({ fields }) => fields.some((field) => field.trim() !== ''));
  const { fields, line, next } = first[header] as FirstRow;
  return {
    bytes,
    modifiedAt,
    fingerprint,
    encoding,
    delimiter,
    headers: fields.map((field) => field.trim()),
    headerLine: line,
    rows: next,
    samples: after.map((row) => row.fields).slice(0, sampleRows),
  };
}

async function firstBytes(file: string) {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new CrmRefusedError(`cannot read ${file}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`, { cause: error });
  });
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new CrmRefusedError(`cannot read ${file}: it is not a file`);
    const head = Buffer.alloc(Math.min(headBytes, found.size));
    await handle.read(head, 0, head.length, 0);
    const tail = Buffer.alloc(Math.min(tailBytes, found.size));
    await handle.read(tail, 0, tail.length, found.size - tail.length);
    const fingerprint = `${found.size}-${createHash('sha256').update(head).update(tail).digest('base64url').slice(0, 22)}`;
    return { bytes: found.size, modifiedAt: Math.floor(found.mtimeMs), head, fingerprint };
  } finally {
    await handle.close();
  }
}

function refuseOtherFormats(file: string, head: Buffer): void {
  if (head.subarray(0, 2).toString('latin1') === 'PK')
    throw new CrmRefusedError(`${file} is an Excel workbook or a zip archive; save it as CSV (UTF-8)`);
  if (head[0] === 0x1f && head[1] === 0x8b) throw new CrmRefusedError(`${file} is compressed; unpack it first`);
  if (head.subarray(0, 8).toString('hex') === 'd0cf11e0a1b11ae1')
    throw new CrmRefusedError(`${file} is an old Excel workbook; save it as CSV (UTF-8)`);
  if (/^\s*<(!doctype|html|table)/i.test(head.subarray(0, 200).toString('latin1'))) throw new CrmRefusedError(`${file} is a web page, not CSV`);
}

/**
 * Rows are read as they are taken, so what somebody saves meanwhile would be read in the wrong place.
 * @throws CrmRefusedError when the file is not the one whose head was read
 */
export async function refuseChanged(file: string, { bytes, modifiedAt }: FileHead): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found === null || found.size !== bytes || Math.floor(found.mtimeMs) !== modifiedAt)
    throw new CrmRefusedError(`${file} was changed while it was read; import it again (what was imported already counts once)`);
}

/** Pictures, documents and programs are full of control characters; text has some by mistake. */
const isText = (text: string): boolean => (text.match(/(?![\t\n\v\f\r])\p{Cc}/gu)?.length ?? 0) <= text.length / 20;

type FirstRow = { fields: string[]; line: number; next: Place };

/** Every row is as wide as it likes: what is sought is how wide they should be. */
async function firstRows(file: string, encoding: Encoding, delimiter: Delimiter): Promise<FirstRow[]> {
  const rows: FirstRow[] = [];
  const reader = readRecords({ file, encoding: encoding.name, delimiter, width: null }, { offset: encoding.bom, line: 1 });
  for await (const { fields, line } of reader.records) {
    rows.push({ fields, line, next: reader.next() });
    if (rows.length >= linesBeforeHeader + sampleRows) break;
  }
  return rows;
}

/** The line that the mapping says, else the first that has its columns, or names that are known; else the first that has several cells, all filled. */
function headerOf(rows: FirstRow[], mapping: CsvMapping): number | null {
  const index = (test: (row: FirstRow) => boolean): number | null => {
    const found = rows.slice(0, linesBeforeHeader).findIndex(test);
    return found < 0 ? null : found;
  };
  if (mapping.header !== undefined) return index(({ line }) => line === mapping.header);
  const named = Object.keys(mapping.columns);
  const filled = ({ fields }: FirstRow): string[] => fields.map((field) => field.trim()).filter((field) => field !== '');
  const candidates = (row: FirstRow): boolean => filled(row).length >= 2 && !isSeparatorLine(row.fields);
  return (
    (named.length > 0 ? index((row) => named.every((name) => filled(row).includes(name))) : null) ??
    index((row) => candidates(row) && recogniseHeaders(filled(row), mapping.rows).missing.length === 0) ??
    index((row) => candidates(row) && filled(row).length === row.fields.length) ??
    index(candidates)
  );
}
