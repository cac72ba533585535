import type { Cells } from '../cells.ts';

/** `Priya Nair (priya@acme.example)`, as HubSpot writes people; or a name alone. */
const withEmail = /^(.*\S)\s*\(([^()\s]+@[^()\s]+)\)$/;

export function namedPerson(text: string): { name: string; email: string | null } {
  const [, name, email] = withEmail.exec(text) ?? [];
  return { name: name ?? text, email: email ?? null };
}

/** An owner by the e-mail address where there is one; else as the file has it: journey.yml may say who that is. */
export const ownerOf = <Text extends string | null | undefined>(text: Text): Text | string =>
  text == null ? text : (namedPerson(text).email ?? text);

/** Out of a first and a last name; null where the row has neither. */
export function nameInParts(cells: Cells): string | null {
  const parts = [cells.text('person.first_name'), cells.text('person.last_name')].filter((part) => part != null);
  return parts.length === 0 ? null : parts.join(' ');
}
