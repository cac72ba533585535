import { touchpointOrder } from './join-records.ts';
import { remembered, type Touchpoint } from './record.ts';

/** Stands in ids between what happened and with whom; what has no such thing in its id is a happening by itself. */
const between = ':with:';

/**
 * The id of somebody's touchpoint of a happening: a meeting that several people were in is a touchpoint of each of them. `personId` null: of a happening
 * that names nobody. Told so, whoever hears of it after one of them was deleted says the same of all others.
 */
export const touchpointId = (happening: string, personId: string | null): string =>
  personId === null ? happening : `${happening}${between}${personId}`;

const happeningOf = (id: string): string => {
  const end = id.indexOf(between);
  return end < 0 ? id : id.slice(0, end);
};

/**
 * Of each happening every person once, and nobody once where it names nobody. `touchpoints`: newest first, people by the id they go by now. A list that is
 * full stays as long as it is: its length tells that older ones were forgotten.
 */
export function onceEach(touchpoints: Touchpoint[]): Touchpoint[] {
  if (!touchpoints.some(({ id }) => id.includes(between))) return touchpoints;
  const heard = new Map<string, Set<string | null>>();
  let isAsItIs = true;
  for (const { id, personId } of touchpoints) {
    const happening = happeningOf(id);
    const people = heard.get(happening);
    if (people === undefined) heard.set(happening, new Set([personId]));
    else people.add(personId);
    isAsItIs &&= people === undefined ? isOwnId(id, happening, personId) : false;
  }
  // The common case: each had one person in it.
  return isAsItIs ? touchpoints : withoutRepetition(touchpoints, heard);
}

function withoutRepetition(touchpoints: Touchpoint[], heard: ReadonlyMap<string, Set<string | null>>): Touchpoint[] {
  const isFull = touchpoints.length >= remembered.touchpoints;
  const said = new Set<string>();
  const once = touchpoints.flatMap((touchpoint) => {
    const { id, personId } = touchpoint;
    const happening = happeningOf(id);
    const own = touchpointId(happening, personId);
    const isSaid = said.has(own) || (personId === null && (heard.get(happening)?.size ?? 0) > 1);
    said.add(own);
    if (isSaid && !isFull) return [];
    return isOwnId(id, happening, personId) ? [touchpoint] : [{ ...touchpoint, id: own }];
  });
  return once.sort(touchpointOrder);
}

/** What has no person in its id keeps it. */
const isOwnId = (id: string, happening: string, personId: string | null): boolean =>
  id === happening || (personId !== null && id.length === happening.length + between.length + personId.length && id.endsWith(personId));

/** One touchpoint of each happening: an e-mail to three people is one e-mail. */
export function happenings(touchpoints: readonly Touchpoint[]): Touchpoint[] {
  const seen = new Set<string>();
  return touchpoints.filter(({ id }) => {
    const happening = happeningOf(id);
    return !seen.has(happening) && seen.add(happening);
  });
}
