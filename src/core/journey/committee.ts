import { heldRoles } from './held-roles.ts';
import type { Person } from './journey.ts';
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
      roles: heldRoles(person, roles),
      source: person.source.value ?? 'signals',
      lastInboundAt: person.lastInboundAt,
      lastOutboundAt: person.lastOutboundAt,
      addedAt: person.firstSeenAt,
    });
  }
  return committee.sort((a, b) => (a.id < b.id ? -1 : 1));
}
