import { knownHeaders, plainHeader } from './known-headers.ts';
import type { ProposedColumn } from './propose-mapping.ts';

/**
 * A list of deals that names a contact in each row, as Salesforce's *Opportunities with Contact Roles* does, calls the contact's columns as a list of people
 * does: *First Name*, *Last Name*, *Email*, and *Title*, which otherwise is the deal's. It stays the deal's where no other column says more of its name.
 */
export function withContactColumns(columns: readonly ProposedColumn[]): ProposedColumn[] {
  const inPeople = columns.map(({ header }) => knownHeaders('people').get(plainHeader(header)) ?? null);
  const isNamed = columns.some(
    ({ field }, index) => isContact.test(field ?? '') || (field === null && inPeople[index]?.field === 'person.last_name'),
  );
  if (!isNamed) return [...columns];
  const dealName = Math.min(...columns.map(({ field, rank }) => (field === 'deal.name' ? rank : Number.POSITIVE_INFINITY)));
  return columns.map((column, index) => {
    const known = inPeople[index];
    if (known == null) return column;
    const isFree = column.field === null && column.entered === null && ofContact.has(known.field);
    const isSecondName = column.field === 'deal.name' && known.field === 'person.title' && column.rank > dealName;
    return isFree || isSecondName ? { ...column, ...known, confidence: 1 } : column;
  });
}

const isContact = /^person\.(id|name|role)$/;
const ofContact: ReadonlySet<string> = new Set(['person.first_name', 'person.last_name', 'person.email', 'person.title']);
