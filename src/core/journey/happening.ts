import { compareText } from '../compare-text.ts';
import { remembered, type Touchpoint } from './record.ts';

/** Stands in ids between what happened and with whom; what has no such thing in its id is a happening by itself. */
const between = ':with:';
/** Stands in ids before the deal that it is told of. */
const about = ':about:';

/**
 * The id of somebody's touchpoint of a happening: a meeting that several people were in is a touchpoint of each of them. `personId` null: of a happening
 * that names nobody. Told so, whoever hears of it after one of them was deleted says the same of all others. `dealId`: one of several deals that a CRM may
 * say it was about.
 */
export const touchpointId = (happening: string, personId: string | null, dealId: string | null = null): string =>
  `${happening}${dealId === null ? '' : about + dealId}${personId === null ? '' : between + personId}`;

/** As the deal itself keeps it, which may go by another id one day: what two deals were about, that became one, has happened once. */
export const idWithinDeal = (id: string, dealId: string): string => id.replace(about + dealId, '');

const happeningOf = (id: string): string => {
  const end = id.indexOf(between);
  return end < 0 ? id : id.slice(0, end);
};

/** Newest first; of one instant, all of a happening one after the other, whoever it names. */
export const touchpointOrder = (a: Touchpoint, b: Touchpoint): number =>
  b.at - a.at || compareText(happeningOf(a.id), happeningOf(b.id)) || compareText(a.id, b.id);

/**
 * Of touchpoints in order those that are remembered: of as many happenings, whoever was in them, so that it makes no difference whether one was heard of
 * before somebody in it was deleted or afterwards. `most` keeps a record small that is about crowds. A beginning of the list: taking it of a
 * union is associative, commutative and idempotent.
 */
export function rememberedOf(inOrder: Touchpoint[]): Touchpoint[] {
  if (inOrder.length <= remembered.happenings) return inOrder;
  const seen = new Set<string>();
  const end = inOrder.findIndex(({ id }, index) => index >= remembered.touchpoints || seen.add(happeningOf(id)).size > remembered.happenings);
  return end < 0 ? inOrder : inOrder.slice(0, end);
}

/** Whether older ones may have been forgotten. `inOrder`: as they are remembered. */
export const isFull = (inOrder: readonly Touchpoint[]): boolean =>
  inOrder.length >= remembered.happenings && (inOrder.length >= remembered.touchpoints || happenings(inOrder).length >= remembered.happenings);

/** Of each happening every person once, and nobody once where it names nobody. `touchpoints`: newest first, people by the id they go by now. */
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
  const said = new Set<string>();
  const once = touchpoints.flatMap((touchpoint) => {
    const { id, personId } = touchpoint;
    const happening = happeningOf(id);
    const own = touchpointId(happening, personId);
    if (said.has(own) || (personId === null && (heard.get(happening)?.size ?? 0) > 1)) return [];
    said.add(own);
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
