import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import { joinDecimalCommas } from './decimal-commas.ts';
import { type ConfigPath, type ConfigProblem, formatPath } from './problem.ts';
import { wordsFor } from './yaml-words.ts';

/** A YAML file as plain values, which still knows where each of them stands. */
export type YamlSource = {
  value: unknown;
  /** Empty where the text is sound; `value` is then complete. A key given twice leaves a usable `value`, anything else does not. */
  problems: ConfigProblem[];
  usable: boolean;
  /** A problem at a path, or at the nearest place above it that is in the file. `at: 'key'` points at the name of the last step. */
  problemAt(path: ConfigPath, message: string, options?: ProblemOptions): ConfigProblem;
};

export type ProblemOptions = { suggestion?: string | null; at?: 'key' | 'value' };

const largestBytes = 256 * 1024;
// Room for honest anchors; what doubles itself again and again is refused.
const mostAliases = 50;
const deepest = 40;

/** Reads a text that nobody has checked: its size, depth and aliases are limited, and no mistake throws. */
export function readYaml(file: string, text: string): YamlSource {
  const lines = new LineCounter();
  const problem = (offset: number, path: ConfigPath, message: string, suggestion: string | null = null): ConfigProblem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), path: formatPath(path), message, suggestion };
  };
  const refused = (message: string): YamlSource => {
    const problems = [problem(0, [], message)];
    return { value: null, problems, usable: false, problemAt: (_path, text) => problem(0, [], text) };
  };
  if (Buffer.byteLength(text) > largestBytes) return refused(`the file is larger than ${largestBytes / 1024} KiB`);
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
    const noKeys = joinDecimalCommas(document, text);
    const errors = [...document.errors, ...document.warnings].filter(({ pos }) => !noKeys.has(pos[0]));
    const refusals = forbidden(document);
    const usable = refusals.length === 0 && errors.every(({ code }) => code === 'DUPLICATE_KEY');
    const value: unknown = usable ? document.toJS({ maxAliasCount: mostAliases }) : null;
    if (isDeeperThan(value, deepest)) return refused('the file is nested too deep');
    return {
      value,
      usable,
      problems: [
        ...causes(errors, lines).map((error) => problem(startOfMistake(error, document), [], wordsFor(error, text))),
        ...refusals.map(({ offset, message }) => problem(offset, [], message)),
      ],
      problemAt: (path, message, { suggestion = null, at = 'value' } = {}) => problem(offsetOf(document, path, at), path, message, suggestion),
    };
  } catch (error) {
    // An alias bomb.
    return refused(`cannot be read as YAML: ${(error as Error).message}`);
  }
}

/** Keys that would change what every JavaScript object is, those that YAML 1.1 took for an instruction, and aliases of nothing. */
function forbidden(document: Document.Parsed): { offset: number; message: string }[] {
  const found: { offset: number; message: string }[] = [];
  visit(document, {
    Pair(_, { key }) {
      const message = isScalar(key) && typeof key.value === 'string' ? whyForbidden.get(key.value) : undefined;
      if (message !== undefined) found.push({ offset: startOf(key) ?? 0, message });
    },
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      const message = `nothing above is called \`&${alias.source}\`; a text that begins with \`*\` needs quotes, such as "*${alias.source}"`;
      found.push({ offset: startOf(alias) ?? 0, message });
    },
  });
  return found;
}

const whyForbidden = new Map([
  ['__proto__', 'this key is not allowed'],
  ['<<', 'merge keys (<<) are not supported: use `extends` where there is one, a whole alias (`key: *name`), or write the keys out'],
]);

/** Without what only follows from a mistake: the rest of its line, and what then belongs to nothing. */
function causes(errors: YAMLError[], lines: LineCounter): YAMLError[] {
  const told = new Set<number>();
  return errors.filter(({ code, message, pos }) => {
    if (code === 'DUPLICATE_KEY') return true;
    const { line } = lines.linePos(pos[0]);
    const isAstray = message.includes(' in YAML stream');
    const follows = told.has(line) || (isAstray && told.size > 0);
    told.add(line);
    return !follows;
  });
}

/** A quote that is never closed is noticed where what it began must be over, and stands further up. */
function startOfMistake({ message, pos }: YAMLError, document: Document.Parsed): number {
  let quoted: number | null = null;
  if (message.startsWith('Missing closing'))
    visit(document, {
      Scalar(_, node) {
        const start = startOf(node);
        if ((node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') && start !== null && start < pos[0]) quoted = start;
      },
    });
  return quoted ?? pos[0];
}

function offsetOf(document: Document.Parsed, path: ConfigPath, at: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let key: unknown = null;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) break;
      key = pair.key;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number' && node.items[step] !== undefined) {
      key = null;
      node = node.items[step];
    } else break;
  }
  // A mapping begins on the line after its name, and so does what is missing in it: the name says more.
  const pointAtKey = key !== null && (at === 'key' || isCollection(node) || startOf(node) === null);
  return (pointAtKey ? startOf(key) : startOf(node)) ?? 0;
}

const startOf = (node: unknown): number | null => (node as Node | null)?.range?.[0] ?? null;

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeperThan(item, levels - 1));
}
