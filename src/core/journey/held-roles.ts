import type { EpochMs } from '../time.ts';
import type { PersonRole } from './journey.ts';
import type { RoleDefinition } from './journey-map.ts';
import type { PersonRecord } from './record.ts';

/** The role that a CRM's value means, if the map knows it. */
export const roleOf = (value: string, roles: RoleDefinition[]): string | null => lookupOf(roles).byValue.get(value.trim().toLowerCase()) ?? null;

/** Whether a value says nothing of anybody's role: HubSpot's OTHER, and what people choose where a field must be filled in. */
export const saysNoRole = (value: string): boolean => saysNothing.test(value.normalize('NFKD').replaceAll(/\p{M}/gu, ''));

const saysNothing = /^[\p{P}\s]*(?:other|none|unknown|n[\p{P}\s]?a|sonstige[rs]?|andere[rs]?|autre|otr[oa]|keine|aucun|ningun[oa]?)?[\p{P}\s]*$/iu;

/**
 * What the CRM says, and what somebody set in Slack; where all of it says nothing, what the title suggests. Slack holds against what the CRM said before
 * and goes on repeating, and against the title; it gives way to what the CRM says anew.
 */
export function heldRoles(person: PersonRecord, roles: RoleDefinition[]): PersonRole[] {
  const found = new Map<string, PersonRole>();
  const add = (value: string, origin: 'assigned' | 'crm'): void => {
    const role = roleOf(value, roles);
    if (role !== null && !found.has(role)) found.set(role, { role, origin });
  };
  for (const value of Object.keys(person.assigned)) add(value, 'assigned');
  for (const value of person.roles?.value ?? []) add(value, 'crm');
  const removed = new Set<string>();
  for (const [role, { held, by, at }] of setInSlack(person, roles)) {
    if (crmChangedAfter(person, role, { held, at }, roles)) continue;
    if (!held) {
      found.delete(role);
      removed.add(role);
    } else if (!found.has(role)) found.set(role, { role, origin: 'slack', by, at });
  }
  if (found.size > 0) return [...found.values()];
  return suggestedRoles(person.title?.value, roles)
    .filter(({ role }) => !removed.has(role))
    .map(({ role }) => ({ role, origin: 'title' }));
}

/** Roles that a title suggests, each with the words of it that do: `CFO`. */
export function suggestedRoles(said: string | null | undefined, roles: RoleDefinition[]): { role: string; words: string }[] {
  if (said == null) return [];
  const title = ` ${plainWords(said)} `;
  return lookupOf(roles).titles.flatMap(({ key, names }) => {
    const match = names.find(({ plain }) => title.includes(plain));
    return match === undefined ? [] : [{ role: key, words: match.words }];
  });
}

/** A set of role values as `rolesSaid` names it, whatever their order. */
export const rolesKey = (values: readonly string[] | null): string => JSON.stringify([...new Set(values ?? [])].sort());

type Word = { held: boolean; by: string; at: EpochMs };

/** By the map's role: the newest word, whatever a role was called then. */
function setInSlack({ manual = {} }: PersonRecord, roles: RoleDefinition[]): Map<string, Word> {
  const words = new Map<string, Word>();
  for (const [value, { value: said, at }] of Object.entries(manual)) {
    const role = roleOf(value, roles);
    const known = role === null ? undefined : words.get(role);
    if (role !== null && said !== null && (known === undefined || at > known.at)) words.set(role, { ...said, at });
  }
  return words;
}

/**
 * Whether the CRM says otherwise than somebody in Slack, and came to say so after that: it has said both since, or what it says now it had not said
 * before. That it had never said anything of a role is not the same as taking it away.
 */
function crmChangedAfter(person: PersonRecord, role: string, word: Pick<Word, 'held' | 'at'>, roles: RoleDefinition[]): boolean {
  const { assigned, roles: newest, rolesSaid = {} } = person;
  const means = (value: string): boolean => roleOf(value, roles) === role;
  const said = Object.entries(rolesSaid).map(([key, times]) => ({ ...times, held: (JSON.parse(key) as string[]).some(means) }));
  if (newest !== undefined) said.push({ held: (newest.value ?? []).some(means), first: newest.at, last: newest.at });
  for (const [value, first] of Object.entries(assigned)) if (means(value)) said.push({ held: true, first, last: first });
  const otherwise = said.filter(({ held }) => held !== word.held);
  const alike = said.filter(({ held }) => held === word.held);
  const lastOtherwise = Math.max(...otherwise.map(({ last }) => last));
  const lastAlike = Math.max(...alike.map(({ last }) => last));
  if (otherwise.length === 0 || lastOtherwise <= word.at || lastAlike > lastOtherwise) return false;
  const isNew = Math.min(...otherwise.map(({ first }) => first)) > word.at;
  return lastAlike > word.at || (isNew && (!word.held || alike.length > 0));
}

/** `byValue`: what a CRM may call a role, in lower case. `titles`: words of job titles; `plain` with a space at either end. */
type RoleLookup = { byValue: Map<string, string>; titles: { key: string; names: { words: string; plain: string }[] }[] };

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
  const titles = roles.map((role) => ({ key: role.key, names: role.titles.map((words) => ({ words, plain: ` ${plainWords(words)} ` })) }));
  return { byValue, titles };
}

const plainWords = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
