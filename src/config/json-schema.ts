import { z } from 'zod';
import type { Detector } from '../core/detectors/detector.ts';
import { severities } from '../core/journey/journey-map.ts';
import { journeyFileSchema } from './schema.ts';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** journey.yml as JSON Schema, for editors: the file's own schema with every rule's parameters put in. */
export function journeyJsonSchema(detectors: readonly Detector[]): JsonSchema {
  const schema = z.toJSONSchema(journeyFileSchema, { io: 'input' });
  const rules = detectors.map((detector) => describeRule(detector));
  const definitions = Object.assign({}, ...rules.map((rule) => rule.definitions)) as Record<string, JsonSchema>;
  const ruleSection: JsonSchema = {
    ...schema.$defs?.rules,
    additionalProperties: false,
    properties: Object.fromEntries(rules.map(({ name, schema }) => [name, schema])),
  };
  return { ...schema, $defs: { ...definitions, ...schema.$defs, rules: ruleSection } };
}

/** The text of journey.schema.json. */
export const journeyJsonSchemaText = (detectors: readonly Detector[]): string => `${JSON.stringify(journeyJsonSchema(detectors), null, 2)}\n`;

function describeRule({ name, summary, severity, params }: Detector): { name: string; schema: JsonSchema; definitions: Record<string, JsonSchema> } {
  const { $defs: definitions = {}, properties = {} } = z.toJSONSchema(params, { io: 'input' });
  const switched: JsonSchema = { enum: ['off', 'on', false, true] };
  const settings: JsonSchema = { type: 'object', properties: { ...properties, severity: { enum: [...severities], default: severity } } };
  const ofSegment: JsonSchema = {
    anyOf: [switched, { ...settings, additionalProperties: false }],
    description: `What differs for a segment: ${name}`,
  };
  const schema: JsonSchema = { description: summary, anyOf: [switched, { ...settings, additionalProperties: ofSegment }] };
  return { name, schema, definitions };
}
