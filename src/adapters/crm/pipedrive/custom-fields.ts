import type { Field } from './pipedrive-answers.ts';

/**
 * Fields that teams add: found by their names, as docs/crm/pipedrive.md lists them. The first that fits counts. Pipedrive's own *Website* and *Job title*
 * stand in the same list, and are no custom fields: their values are read from the object itself.
 */
const names = {
  role: /^(buying[ _-]?|deal[ _-]?|decision[ _-]?|committee[ _-]?|stakeholder[ _-]?|buying committee )?roles?$/i,
  title: /^(job[ _-]?)?title$|^position$/i,
  website: /^web ?site$|^domain$/i,
  segment: /^segment$/i,
  lifecycle: /^(customer )?lifecycle([ _-]?stage)?$/i,
  renewal: /^(contract )?renewal([ _-]?date)?$/i,
} as const;
export type KnownField = keyof typeof names;

/** `only`: the types of fields that can hold it; every type where it does not say. */
export function fieldFor(fields: readonly Field[], known: KnownField, only?: readonly string[]): Field | null {
  const fits = ({ field_name, field_type, is_custom_field }: Field): boolean =>
    is_custom_field !== false && names[known].test(field_name.trim()) && (only === undefined || only.includes(field_type));
  return fields.find(fits) ?? null;
}

/**
 * The values of a custom field as people read them: options by their labels. The API has an option as its id, or as `{ id, label }`; webhooks as
 * `{ type: 'enum', id }` and `{ type: 'set', values: [{ id }] }`; a changelog has several ids with commas between. An option that is unknown says nothing.
 */
export function textsOf(value: unknown, field: Field): string[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap((one) => textsOf(one, field));
  if (typeof value === 'object') {
    const { label, values, id, value: inner } = value as Record<string, unknown>;
    if (typeof label === 'string') return [label];
    return textsOf(values ?? id ?? inner, field);
  }
  const said = String(value).trim();
  if (field.options == null) return [said];
  return said.split(',').flatMap((option) => field.options?.find(({ id }) => id === option.trim())?.label ?? []);
}
