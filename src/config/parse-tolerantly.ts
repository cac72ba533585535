import { z } from 'zod';
import { type ConfigPath, formatPath } from './problem.ts';
import { createRenaming, nameOf, type Renaming } from './renaming.ts';
import { type SchemaProblem, schemaProblems, valueAt } from './schema-problems.ts';

/**
 * Parses what can be parsed. Where the schema refuses something, its problems are kept, the refused keys are taken out, and the rest is
 * parsed again: so mistakes that only a later step can see (an unknown role) are reported together with those of form. A key that must be
 * there is not taken out, for all around it would go as well: the schema's own example takes its place, where it has one. Nor does a map or a
 * stage go for its name's sake: it gets a sound one.
 */
export function parseTolerantly<Schema extends z.ZodType>(schema: Schema, raw: unknown): Tolerated<z.output<Schema>> {
  const problems: SchemaProblem[] = [];
  const removed: ConfigPath[] = [];
  const replaced = new Set<string>();
  const remaining: unknown = structuredClone(raw);
  const { rename, asWritten } = createRenaming();
  for (;;) {
    const parsed = schema.safeParse(remaining);
    if (parsed.success) return { value: parsed.data, remaining, problems, asWritten };
    const found = schemaProblems(parsed.error.issues, remaining, (path) => keysAt(schema, path));
    // What a mapping lacks once we have taken something out of it is not its author's mistake.
    const mistakes = found.filter(({ path }) => !removed.some((gone) => path.every((step, index) => gone[index] === step)));
    const named = new Map<SchemaProblem, ConfigPath>();
    for (const problem of found) {
      const now = problem.kind === 'name' ? rename(remaining, problem.path, (name) => isNameAt(schema, problem.path, name)) : null;
      if (now !== null) named.set(problem, now);
    }
    const meantBy = (problem: SchemaProblem): string | null => problem.suggestion ?? nameOf(named.get(problem) ?? null);
    problems.push(...mistakes.map((problem) => ({ ...problem, path: asWritten(problem.path), suggestion: meantBy(problem) })));
    const taken: ConfigPath[] = [];
    for (const problem of found) {
      const { path } = problem;
      if (named.has(problem)) continue;
      // Gone already, with what stood above it: what stands further up is sound.
      if (taken.some((gone) => gone.every((step, index) => path[index] === step))) continue;
      const example = exampleAt(schema, path);
      // Once: an example that is refused as well goes with what is around it.
      const isReplaced = example !== undefined && !replaced.has(formatPath(path)) && putAt(remaining, path, example);
      if (isReplaced) replaced.add(formatPath(path));
      taken.push(...(isReplaced ? [path] : (removeAt(remaining, path) ?? [])));
    }
    removed.push(...taken);
    if (taken.length + named.size === 0) return { value: null, remaining: null, problems, asWritten };
  }
}

/** `remaining`: what was given, without what was refused. `asWritten`: where it stands in what was given. */
export type Tolerated<Value> = { value: Value | null; remaining: unknown; problems: SchemaProblem[] } & Pick<Renaming, 'asWritten'>;

/** The keys that the mapping at a path may have. */
export const keysAt = (schema: z.ZodType, path: ConfigPath): string[] => [
  ...new Set(formsAt(schema, path).flatMap((node) => Object.keys(node.properties ?? {}))),
];

/** What may stand at a path whose key the mapping around it needs; undefined: nothing, or it does not need it. */
function exampleAt(schema: z.ZodType, path: ConfigPath): unknown {
  const key = path.at(-1);
  const isNeeded = typeof key === 'string' && formsAt(schema, path.slice(0, -1)).some(({ required = [] }) => required.includes(key));
  return isNeeded ? formsAt(schema, path).flatMap(({ examples }) => (Array.isArray(examples) ? examples : []))[0] : undefined;
}

/** Whether the mapping that holds a path may have a key of this name. */
const isNameAt = (schema: z.ZodType, path: ConfigPath, name: string): boolean =>
  formsAt(schema, path.slice(0, -1)).some(
    ({ propertyNames }) => typeof propertyNames === 'object' && propertyNames.pattern !== undefined && new RegExp(propertyNames.pattern).test(name),
  );

/** The forms that the value at a path may have. */
function formsAt(schema: z.ZodType, path: ConfigPath): JsonSchema[] {
  const root = describe(schema);
  const forms = (node: JsonSchema): JsonSchema[] => {
    const target = node.$ref === undefined ? node : (root.$defs?.[node.$ref.replace('#/$defs/', '')] ?? {});
    const nested = [...(target.anyOf ?? []), ...(target.oneOf ?? []), ...(target.allOf ?? [])].filter((form) => typeof form !== 'boolean');
    return nested.length === 0 ? (target === node ? [node] : forms(target)) : nested.flatMap(forms);
  };
  let nodes = forms(root);
  for (const step of path) {
    nodes = nodes.flatMap((node) => {
      const child = typeof step === 'number' ? node.items : (node.properties?.[step] ?? node.additionalProperties);
      return typeof child === 'object' && !Array.isArray(child) ? forms(child) : [];
    });
  }
  return nodes;
}

/** Each schema is described once: rules ask for their parameters wherever a file names them. */
const described = new WeakMap<z.ZodType, JsonSchema>();

function describe(schema: z.ZodType): JsonSchema {
  const known = described.get(schema) ?? z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  described.set(schema, known);
  return known;
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Whether there is a mapping to put it in. */
function putAt(raw: unknown, path: ConfigPath, value: unknown): boolean {
  const parent = valueAt(raw, path.slice(0, -1));
  return typeof parent === 'object' && parent !== null && !Array.isArray(parent) && Reflect.set(parent, path.at(-1) ?? '', value);
}

/** Takes out the mapping key at a path; where the path leads into a list, or to what is not there, the next key above. Null: nothing is left. */
function removeAt(raw: unknown, path: ConfigPath): [ConfigPath] | null {
  for (let length = path.length; length > 0; length -= 1) {
    const key = path[length - 1];
    const parent = valueAt(raw, path.slice(0, length - 1));
    // A list keeps its items: taking one out would move the paths of the others.
    if (key === undefined || typeof parent !== 'object' || parent === null || Array.isArray(parent)) continue;
    if (Object.hasOwn(parent, key) && Reflect.deleteProperty(parent, key)) return [path.slice(0, length)];
  }
  return null;
}
