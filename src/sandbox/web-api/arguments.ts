import { z } from 'zod';

/** Arguments come as form fields (all strings) or as JSON; these read both. */
export const textArgument = z.union([z.string(), z.number().transform(String)]);

export const flagArgument = z.union([z.boolean(), z.enum(['true', '1', 'false', '0']).transform((word) => word === 'true' || word === '1')]);

export const countArgument = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);

/** Left as it came: a form field holds it as JSON text, a JSON body as itself. */
export const jsonArgument = z.unknown();

/** Undefined when the text is no JSON. */
export function readJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** Slack's words for arguments that a schema refused. */
export function describeArguments(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const field = issue.path.join('/');
    const missing = issue.code === 'invalid_union' || issue.code === 'invalid_type' ? issue.input === undefined : false;
    return missing ? `missing required field: ${field}` : `invalid value [json-pointer:/${field}]`;
  });
}
