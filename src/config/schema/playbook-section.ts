import { z } from 'zod';
import { oneOrMore } from './scalars.ts';

/** A card shows it in one line or two; more is a page that nobody reads there. */
const longest = 250;

const textSchema = z
  .string('expected a text, or a list of texts with a role or a stage')
  .transform((text) => text.replaceAll(/\s+/g, ' ').trim())
  .refine((text) => text !== '', 'must not be empty')
  .refine((text) => text.length <= longest, `is longer than ${longest} characters`);

const entrySchema = z
  .strictObject({
    role: oneOrMore(z.string()).optional().describe('Only where it is about somebody in this role'),
    stage: oneOrMore(z.string()).optional().describe('Only in this stage, of whatever map'),
    text: textSchema.describe('One step to take, in plain words'),
  })
  .meta({ id: 'playbookEntry' });

export const playbookSchema = z
  .record(z.string(), z.union([textSchema, z.array(entrySchema).min(1, 'must list at least one')]))
  .meta({ id: 'playbook', description: "What to do about a finding, by rule, instead of the rule's own suggestion; the most specific text counts" });
