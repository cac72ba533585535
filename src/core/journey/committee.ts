import type { Person, PersonRole } from './journey.ts';
import type { RoleDefinition } from './journey-map.ts';
import { isAlive, type PersonRecord } from './record.ts';

/** The buying committee: who is there, with which roles. Ordered by id. */
export function committeeOf(people: Iterable<PersonRecord>, roles: RoleDefinition[]): Person[] {
  const committee: Person[] = [];
  for (const person of people) {
    if (!isAlive(person) || person.source === undefined) continue;
    committee.push({
      id: person.id,
      name: person.name?.value ?? person.email?.value ?? person.id,
      title: person.title?.value ?? null,
      email: person.email?.value ?? null,
      roles: rolesOf(person, roles),
      lastInboundAt: person.lastInboundAt,
      lastOutboundAt: person.lastOutboundAt,
      addedAt: person.firstSeenAt,
    });
  }
  return committee.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The role that a CRM's value means, if the map knows it. */
export const roleOf = (value: string, roles: RoleDefinition[]): string | null => {
  const wanted = value.trim().toLowerCase();
  const found = roles.find(
    (role) => role.key === wanted || role.label.toLowerCase() === wanted || role.crm.some((name) => name.toLowerCase() === wanted),
  );
  return found?.key ?? null;
};

/** What the CRM says and what was assigned; where both say nothing, what the title suggests. */
function rolesOf(person: PersonRecord, roles: RoleDefinition[]): PersonRole[] {
  const found = new Map<string, PersonRole>();
  const add = (value: string, origin: PersonRole['origin']): void => {
    const role = roleOf(value, roles);
    if (role !== null && !found.has(role)) found.set(role, { role, origin });
  };
  for (const value of Object.keys(person.assigned)) add(value, 'assigned');
  for (const value of person.roles?.value ?? []) add(value, 'crm');
  if (found.size === 0 && person.title?.value != null) {
    const title = ` ${plainWords(person.title.value)} `;
    for (const role of roles) {
      if (role.titles.some((name) => title.includes(` ${plainWords(name)} `))) found.set(role.key, { role: role.key, origin: 'title' });
    }
  }
  return [...found.values()];
}

const plainWords = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
