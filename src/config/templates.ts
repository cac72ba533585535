import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Templates by name: the text of a YAML file. */
export type Templates = { names: readonly string[]; read(name: string): string };

/** A new one is a file in templates/ and its name here. The general ones come first: where several fit a pipeline as well, the first is taken. */
export const templateNames = ['b2b-saas', 'five-phases', 'nine-stages', 'professional-services', 'b2b-ecommerce'] as const;
export type TemplateName = (typeof templateNames)[number];

/** The templates that come with the program. */
export const builtInTemplates: Templates = {
  names: templateNames,
  read: (name) => readFileSync(join(import.meta.dirname, 'templates', `${name}.yml`), 'utf8'),
};
