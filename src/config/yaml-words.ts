import type { YAMLError } from 'yaml';

/** What a mistake in YAML is called: in the words of somebody who writes journey.yml, with what to do. `text`: the file's. */
export function wordsFor({ code, message, pos: [at] }: YAMLError, text: string): string {
  const line = text.slice(at, at + 80).split('\n', 1)[0] ?? '';
  if (code === 'DUPLICATE_KEY') return 'this key is given twice in the same mapping';
  if (code === 'TAB_AS_INDENT') return 'tabs cannot indent YAML; use spaces';
  if (code === 'MULTIPLE_DOCS') return 'the file holds several YAML documents; only one is expected';
  if (code === 'MULTILINE_IMPLICIT_KEY') return noColon(line);
  if (code === 'BLOCK_IN_FLOW') return 'a `,` is missing before this: entries in `{ }` and `[ ]` are separated by `,`, and have no `-`';
  if (code === 'BAD_SCALAR_START' || code === 'BAD_ALIAS') return needsQuotes(line);
  if (code === 'BAD_DQ_ESCAPE') return 'a `\\` needs single quotes around its text, or a second `\\` in double quotes';
  if (code === 'NON_STRING_KEY') return 'a key is one word, not a list or a mapping';
  if (code === 'TAG_RESOLVE_FAILED') return 'a word that begins with `!` has no meaning here; as a text it needs quotes';
  if (code === 'BAD_DIRECTIVE') return directive;
  return byMessage.find(([beginning]) => message.startsWith(beginning))?.[1](line) ?? `cannot be read as YAML: ${message}`;
}

const comparison = 'a value that begins with `>` or `|` needs quotes, such as ">= 50000"';

const directive = 'a line that begins with `%` is an order to programs that read YAML; take it out';

/** Of codes that mean several things: by how the library's message begins. */
const byMessage: [beginning: string, words: (line: string) => string][] = [
  ['Implicit map keys', noColon],
  ['Flow map', () => 'a `{` before this is not closed with `}`, or what is in it is not indented'],
  ['Flow seq', () => 'a `[` before this is not closed with `]`, or what is in it is not indented'],
  ['All mapping items', () => 'is indented unlike the lines that it belongs to: keys of the same mapping begin in the same column'],
  ['All sequence items', () => 'is indented unlike the list that it belongs to: each `-` of a list begins in the same column'],
  ['A block sequence may not', () => 'this `-` belongs to no list: indent it like the other items of its list, below the key of the list'],
  ['Sequence item without', () => 'an item of a list begins with `-` and a space'],
  ['Nested mappings', () => 'a value that holds `: ` needs quotes; or the next line is indented too far'],
  ['Unexpected block-seq-ind', () => 'a list begins on the line below its key; on the same line it is written [a, b]'],
  ['Missing closing', () => 'a quote that is opened here is not closed'],
  ['Missing space after :', () => 'a space is missing after the `:`'],
  ['Missing ,', () => 'a `,` is missing before this'],
  ['Unexpected ,', () => 'there is a `,` too many'],
  ['Unexpected empty item', () => 'there is a `,` too many'],
  ['Missing directives-end', () => directive],
  ['Comments must', () => 'a space is missing before the `#` of a comment'],
  ['Block scalar header', () => comparison],
  // What follows a `>` or a `|`.
  ['Not a YAML token', () => comparison],
  ['The : indicator', () => 'this key is too long'],
  // The parser's own limit, which a thousand brackets reach.
  ['Maximum call stack', () => 'the file is nested too deep'],
  ['Unexpected scalar at node end', (line) => `${astray(line)} (an apostrophe in '…' is written '')`],
  ['Unexpected', astray],
];

function astray(line: string): string {
  return `\`${line.trim().slice(0, 40)}\` does not belong to what is before it: a \`:\`, a quote or a bracket there is missing, or one too many`;
}

function noColon(line: string): string {
  if (line.startsWith('-')) return 'this `-` belongs to no list: indent it like the other items of its list, below the key of the list';
  const [word = ''] = /^[\w-]+/.exec(line) ?? [];
  if (word === '') return 'is no `key: value`: a `:` and a space behind it are missing';
  return line.startsWith(`${word}:`) ? `a space is missing after \`${word}:\`` : `a \`:\` is missing after \`${word}\``;
}

/** Its value begins with a sign that means something else in YAML. */
const needsQuotes = (line: string): string =>
  `a value that begins with \`${line.trimStart().charAt(0)}\` needs quotes, such as "${line.trim().slice(0, 40)}"`;
