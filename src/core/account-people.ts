import { suggestedRoles } from './journey/held-roles.ts';
import type { Person } from './journey/journey.ts';
import type { JourneyConfig } from './journey/journey-map.ts';
import { committeeRows } from './summarise.ts';
import type { CommitteeRow } from './summary.ts';

/** What forms about an account offer: who and what there is to choose from. */
export type AccountPeople = {
  /** Null: a deal that belongs to no account. */
  account: { id: string; name: string } | null;
  /** Those that go on first. */
  deals: { id: string; name: string }[];
  /** Those with a role first. */
  people: KnownPerson[];
  /** Every role of the journey map. */
  roles: { key: string; label: string }[];
  /** What a touchpoint may be called: what the maps ask for, and what happens every day. */
  touchpointTypes: string[];
};

/** `suggested`: roles that the title suggests and the person does not have for sure, each with why. */
export type KnownPerson = Pick<CommitteeRow, 'name' | 'title' | 'roles'> & { id: string; suggested: { role: string; label: string; why: string }[] };

const everyday = ['call', 'meeting', 'email', 'demo', 'workshop', 'event', 'message'];

/** The people of a committee, with the roles that are proposed for them. */
export function knownPeople(committee: Person[], config: JourneyConfig): KnownPerson[] {
  const byId = new Map(committee.map((person) => [person.id, person]));
  return committeeRows({ committee }, config)
    .map(({ personId, name, title, roles }) => ({ id: personId, name, title, roles, suggested: suggestionsFor(byId.get(personId), config) }))
    .sort((a, b) => Number(b.roles.length > 0) - Number(a.roles.length > 0));
}

export const touchpointTypesOf = ({ maps }: JourneyConfig): string[] => [
  ...new Set([...everyday, ...maps.flatMap(({ stages }) => stages.flatMap(({ expects }) => expects.moments))]),
];

function suggestionsFor(person: Person | undefined, { roles }: JourneyConfig): KnownPerson['suggested'] {
  if (person === undefined) return [];
  const sure = new Set(person.roles.filter(({ origin }) => origin !== 'title').map(({ role }) => role));
  return suggestedRoles(person.title, roles)
    .filter(({ role }) => !sure.has(role))
    .map(({ role, words }) => {
      const label = roles.find(({ key }) => key === role)?.label ?? role;
      return { role, label, why: `title “${words}” suggests ${label.toLowerCase()}` };
    });
}
