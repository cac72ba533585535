import { Document, isPair, isScalar, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';

export type Entry = Pair<Scalar, unknown>;

/** `key: value`, with comment lines above it. `apart`: an empty line before it. */
export function entry(key: string, value: unknown, { above = [], apart = false }: { above?: readonly string[]; apart?: boolean } = {}): Entry {
  const scalar = new Scalar(key);
  if (above.length > 0) scalar.commentBefore = commentOf(above);
  if (apart) scalar.spaceBefore = true;
  return new Pair(scalar, value);
}

export function mapping(entries: readonly Entry[], { flow = false }: { flow?: boolean } = {}): YAMLMap {
  const map = new YAMLMap();
  map.items.push(...entries);
  map.flow = flow;
  return map;
}

/** Values, each on a line of its own with what is said about it; words without remarks all on one line. */
export function list(values: readonly { value: unknown; remark?: string }[]): YAMLSeq {
  const seq = new YAMLSeq();
  for (const { value, remark = '' } of values) {
    const item = typeof value === 'string' ? new Scalar(value) : value;
    if (remark !== '' && isScalar(item)) item.comment = ` ${remark}`;
    seq.items.push(item);
  }
  seq.flow = values.every(({ value, remark = '' }) => remark === '' && (typeof value === 'string' || isScalar(value)));
  return seq;
}

/** A text that always stands in quotes: a channel begins with what would begin a comment. */
export function inQuotes(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

/** The file: comment lines at its beginning and its end, entries between them. Lines are never folded. */
export function fileOf(head: readonly string[], entries: readonly Entry[], tail: readonly string[]): string {
  const document = new Document(mapping(entries.filter(isPair)));
  document.commentBefore = commentOf(head);
  if (tail.length > 0) document.comment = commentOf(tail);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

const commentOf = (lines: readonly string[]): string => lines.map((line) => (line === '' ? '' : ` ${line}`)).join('\n');
