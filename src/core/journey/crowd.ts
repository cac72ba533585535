import { committeeOf } from './committee.ts';
import { rememberedOf, touchpointOrder } from './happening.ts';
import type { Person } from './journey.ts';
import type { RoleDefinition } from './journey-map.ts';
import { joinLastOf, type LastOf } from './last-of.ts';
import { isAlive, type PersonRecord, type Touchpoint } from './record.ts';

/** What the people of an account bring to each of its journeys. */
type Crowd = {
  committee(roles: RoleDefinition[]): Person[];
  /** The newest of those that name no deal and no account, newest first. */
  touchpoints: Touchpoint[];
  lastOf: LastOf | undefined;
  /** The id that somebody goes by now; null: is there no more. Whoever is not in it goes by their own. */
  goesBy: ReadonlyMap<string, string | null>;
};

/** Kept with the list itself: what a WeakMap keeps survives every collection of young garbage, with all that it leads to. */
const kept = Symbol('crowd');

/** Worked out once for a list of people: an account with a thousand deals has as many journeys, of the same people. The list must not change. */
export function crowdOf(people: readonly PersonRecord[] & { [kept]?: Crowd }): Crowd {
  people[kept] ??= workOut(people);
  return people[kept];
}

function workOut(people: readonly PersonRecord[]): Crowd {
  const goesBy = new Map<string, string | null>();
  const lists: Touchpoint[][] = [];
  let lastOf: LastOf | undefined;
  for (const person of people) {
    const isThere = isAlive(person);
    if (isThere && person.touchpoints.length > 0) lists.push(person.touchpoints);
    if (isThere) lastOf = joinLastOf(lastOf, person.lastOf);
    const id = isThere ? person.id : null;
    if (id === null) goesBy.set(person.id, id);
    for (const { from, into } of person.merges) goesBy.set(from, id).set(into, id);
  }
  const committees = new Map<RoleDefinition[], Person[]>();
  return {
    committee(roles) {
      const committee = committees.get(roles) ?? committeeOf(people, roles);
      committees.set(roles, committee);
      return committee;
    },
    touchpoints: newestOf(lists),
    lastOf,
    goesBy,
  };
}

/** Of several lists, each newest first, as many as are remembered of one. */
export function newestOf(lists: readonly Touchpoint[][]): Touchpoint[] {
  const [only, ...others] = lists.filter((list) => list.length > 0);
  if (only === undefined || others.length === 0) return only ?? [];
  return rememberedOf(lists.flat().sort(touchpointOrder));
}
