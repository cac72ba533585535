import type { z } from 'zod';
import type { ConfigPath } from './problem.ts';
import { suggest } from './suggest.ts';

/** A mistake that a schema found, in words. `expected`: the types, or the constants, one of which the value should have been. */
export type SchemaProblem = {
  path: ConfigPath;
  message: string;
  suggestion: string | null;
  at: 'key' | 'value';
  kind: 'type' | 'constant' | 'content' | 'name';
  expected: string[];
};

/** zod's issues as one problem each, in plain words, with what was probably meant. `keysAt` knows the keys that a mapping may have. */
export function schemaProblems(issues: readonly z.core.$ZodIssue[], raw: unknown, keysAt: (path: ConfigPath) => string[]): SchemaProblem[] {
  return issues.flatMap((issue) => inWords(issue, [], raw, keysAt));
}

/** The value at a path, or `undefined`. */
export function valueAt(raw: unknown, path: ConfigPath): unknown {
  let value = raw;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

function inWords(issue: z.core.$ZodIssue, above: ConfigPath, raw: unknown, keysAt: (path: ConfigPath) => string[]): SchemaProblem[] {
  const path: ConfigPath = [...above, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  const problem = (message: string, more: Partial<SchemaProblem> = {}): SchemaProblem => ({
    path,
    message,
    suggestion: null,
    at: 'value',
    kind: 'content',
    expected: [],
    ...more,
  });
  const given = valueAt(raw, path);
  switch (issue.code) {
    case 'invalid_type': {
      // A schema of ours says better what it expects than the name of a type does.
      const expected = issue.message.startsWith('expected ')
        ? issue.message.slice('expected '.length)
        : (typeWords[issue.expected] ?? issue.expected);
      return [problem(mismatch([expected], given), { kind: 'type', expected: [expected] })];
    }
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key], keysAt(path)));
    case 'invalid_value':
      return [constant(problem, issue.values.map(String), given)];
    case 'invalid_key':
      return [problem(issue.issues[0]?.message ?? issue.message, { at: 'key', kind: 'name' })];
    case 'invalid_union':
      // A union of short texts says best by itself what it expects.
      if (issue.message.startsWith('expected ')) return [problem(mismatch([issue.message.slice('expected '.length)], given))];
      return bestBranch(
        issue.errors.map((branch) => branch.flatMap((nested) => inWords(nested, path, raw, keysAt))),
        path,
        given,
      );
    case 'custom':
      return [problem(issue.message, { suggestion: typeof given === 'string' ? suggest(given, knownBy(issue)) : null })];
    case 'too_small':
      return [problem(issue.message.startsWith('Too small') ? tooSmall(issue.origin, Number(issue.minimum)) : issue.message)];
    case 'too_big':
      return [
        problem(issue.message.startsWith('Too big') ? `must ${issue.origin === 'array' ? 'list' : 'be'} at most ${issue.maximum}` : issue.message),
      ];
    default:
      return [problem(issue.message)];
  }
}

function tooSmall(origin: string, least: number): string {
  if (origin === 'string') return least === 1 ? 'must not be empty' : `must have at least ${least} characters`;
  return `must ${origin === 'array' ? 'list' : 'be'} at least ${least}`;
}

/** Of several forms that a value may have, the one that its author meant: not one of another type, and the one that was understood furthest. */
function bestBranch(branches: SchemaProblem[][], path: ConfigPath, given: unknown): SchemaProblem[] {
  const meant = branches.filter((branch) => !branch.some(({ kind, path: at }) => kind === 'type' && at.length === path.length));
  const furthest = meant.toSorted((a, b) => reach(b) - reach(a))[0];
  if (furthest !== undefined) return furthest;
  const expected = [...new Set(branches.flatMap((branch) => branch.flatMap((problem) => problem.expected)))];
  return [{ path, message: mismatch(expected, given), suggestion: null, at: 'value', kind: 'type', expected }];
}

/** Deeper is better understood; a wrong constant (`off`) says least. */
const reach = (branch: SchemaProblem[]): number => Math.max(...branch.map(({ path, kind }) => path.length * 2 + (kind === 'constant' ? 0 : 1)));

function constant(problem: (message: string, more: Partial<SchemaProblem>) => SchemaProblem, values: string[], given: unknown): SchemaProblem {
  const expected = values.filter((value) => value !== 'false');
  const suggestion = typeof given === 'string' ? suggest(given, expected) : null;
  return problem(mismatch(expected, given), { suggestion, kind: typeof given === 'string' ? 'constant' : 'type', expected });
}

function unknownKey(path: ConfigPath, known: string[]): SchemaProblem {
  const suggestion = suggest(String(path.at(-1)), known);
  const hint = suggestion === null && known.length > 0 ? `; known here: ${known.join(', ')}` : '';
  return { path, message: `unknown key${hint}`, suggestion, at: 'key', kind: 'content', expected: [] };
}

function mismatch(expected: string[], given: unknown): string {
  const words = oneOf(expected);
  if (given === undefined) return `is missing: expected ${words}`;
  return `expected ${words}, got ${typeof given === 'string' ? `"${given.slice(0, 60)}"` : typeOf(given)}`;
}

/** `info, warning or critical` */
export const oneOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

const typeWords: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

function typeOf(given: unknown): string {
  if (given === null) return 'nothing';
  if (Array.isArray(given)) return 'a list';
  return typeof given === 'object' ? 'a mapping' : String(given);
}

/** Names that a refinement of ours offers as `params.known`. */
function knownBy(issue: z.core.$ZodIssueCustom): string[] {
  const known: unknown = issue.params?.known;
  return typeof known === 'function' ? (known() as string[]) : [];
}
