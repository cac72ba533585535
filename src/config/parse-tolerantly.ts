import { z } from 'zod';
import type { ConfigPath } from './problem.ts';
import { type SchemaProblem, schemaProblems, valueAt } from './schema-problems.ts';

/**
 * Parses what can be parsed. Where the schema refuses something, its problems are kept, the refused keys are taken out, and the rest is
 * parsed again: so mistakes that only a later step can see (an unknown role) are reported together with those of form.
 */
export function parseTolerantly<Schema extends z.ZodType>(schema: Schema, raw: unknown): Tolerated<z.output<Schema>> {
  const problems: SchemaProblem[] = [];
  const removed: ConfigPath[] = [];
  const remaining: unknown = structuredClone(raw);
  for (;;) {
    const parsed = schema.safeParse(remaining);
    if (parsed.success) return { value: parsed.data, remaining, problems };
    const found = schemaProblems(parsed.error.issues, remaining, (path) => keysAt(schema, path));
    // What a mapping lacks once we have taken something out of it is not its author's mistake.
    problems.push(...found.filter(({ path }) => !removed.some((gone) => path.every((step, index) => gone[index] === step))));
    const taken: ConfigPath[] = [];
    for (const { path } of found) {
      // Gone already, with what stood above it: what stands further up is sound.
      if (!taken.some((gone) => gone.every((step, index) => path[index] === step))) taken.push(...(removeAt(remaining, path) ?? []));
    }
    removed.push(...taken);
    if (taken.length === 0) return { value: null, remaining: null, problems };
  }
}

/** `remaining`: what was given, without what was refused. */
export type Tolerated<Value> = { value: Value | null; remaining: unknown; problems: SchemaProblem[] };

/** The keys that the mapping at a path may have. */
export function keysAt(schema: z.ZodType, path: ConfigPath): string[] {
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
  return [...new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})))];
}

/** Each schema is described once: rules ask for their parameters wherever a file names them. */
const described = new WeakMap<z.ZodType, JsonSchema>();

function describe(schema: z.ZodType): JsonSchema {
  const known = described.get(schema) ?? z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  described.set(schema, known);
  return known;
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

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
