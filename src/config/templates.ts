import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Templates by name: the text of a YAML file. */
export type Templates = { names: readonly string[]; read(name: string): string };

const names = ['b2b-saas', 'five-phases', 'nine-stages', 'professional-services', 'b2b-ecommerce'] as const;

/** The templates that come with the program. A new one is a file in templates/ and its name in the list above. */
export const builtInTemplates: Templates = {
  names,
  read: (name) => readFileSync(join(import.meta.dirname, 'templates', `${name}.yml`), 'utf8'),
};
