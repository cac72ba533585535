import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** Every page that people read, by its path from the root. */
export const documents = (): string[] => globSync(['*.md', 'docs/**/*.md'], { cwd: root }).toSorted();

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The fenced blocks of one language. */
export const codeBlocks = (text: string, language: string): string[] =>
  [...text.matchAll(/^```(\S*)\n([\s\S]*?)^```$/gm)].filter(([, tag]) => tag === language).map(([, , body = '']) => body);

/** What stands between backticks, outside of fenced blocks. */
export const codeSpans = (text: string): string[] => [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);

/**
 * The rows of the first table under a heading, by its words, as written; the header is left out. A later heading ends the search.
 * @throws Error where there is none
 */
export function tableUnder(text: string, heading: string): string[][] {
  const lines = withoutBlocks(text).split('\n');
  const from = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (from < 0) throw new Error(`there is no heading “${heading}”`);
  const to = lines.findIndex((line, index) => index > from && /^#+ /.test(line));
  const section = lines.slice(from + 1, to < 0 ? undefined : to);
  const [first] = tablesOf(section);
  if (first === undefined) throw new Error(`there is no table under “${heading}”`);
  return first;
}

/** Every table of a text. */
export function tablesOf(lines: readonly string[]): string[][][] {
  const tables: string[][][] = [];
  for (const [index, line] of lines.entries()) {
    if (!/^\|[-:| ]+\|$/.test(line)) continue;
    const end = lines.findIndex((row, at) => at > index && !row.startsWith('|'));
    tables.push(lines.slice(index + 1, end < 0 ? undefined : end).map(cellsOf));
  }
  return tables;
}

/** `` `after` `` → `after`; any other text as it is. */
export const bare = (cell: string | undefined): string => (cell ?? '').replace(/^`([^`]*)`$/, '$1');

const cellsOf = (row: string): string[] =>
  row
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

const withoutBlocks = (text: string): string => text.replaceAll(/^```[\s\S]*?^```$/gm, '');
