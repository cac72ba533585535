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
export const roleOf = (value: string, roles: RoleDefinition[]): string | null => lookupOf(roles).byValue.get(value.trim().toLowerCase()) ?? null;

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
    for (const { key, names } of lookupOf(roles).titles) {
      if (names.some((name) => title.includes(name))) found.set(key, { role: key, origin: 'title' });
    }
  }
  return [...found.values()];
}

/** `byValue`: what a CRM may call a role, in lower case. `titles`: words of job titles, with a space at either end. */
type RoleLookup = { byValue: Map<string, string>; titles: { key: string; names: string[] }[] };

/** Worked out once a config: committees are assembled at every evaluation. */
const lookups = new WeakMap<RoleDefinition[], RoleLookup>();

function lookupOf(roles: RoleDefinition[]): RoleLookup {
  const lookup = lookups.get(roles) ?? compile(roles);
  lookups.set(roles, lookup);
  return lookup;
}

function compile(roles: RoleDefinition[]): RoleLookup {
  const byValue = new Map<string, string>();
  for (const { key, label, crm } of roles) {
    for (const name of [key, label.toLowerCase(), ...crm.map((value) => value.toLowerCase())]) if (!byValue.has(name)) byValue.set(name, key);
  }
  return { byValue, titles: roles.map(({ key, titles }) => ({ key, names: titles.map((title) => ` ${plainWords(title)} `) })) };
}

const plainWords = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
