import type { HubspotObject, Link } from './hubspot-answers.ts';
import type { HubspotError } from './hubspot-error.ts';
import type { Plans } from './next-step.ts';
import type { ObjectKind, RecordObject } from './object-kinds.ts';

/** What HubSpot said of the objects that were asked for, and of those beside them. A kind that could not be read has its error instead. */
export type State = {
  objects: Map<ObjectKind, Map<string, HubspotObject>>;
  /** `deals>contacts`: what is associated, by the id it is associated with. */
  links: Map<string, Map<string, Link[]>>;
  failed: Map<ObjectKind, HubspotError>;
  /** Of the deals whose tasks or meetings were asked for. */
  plans: Plans;
};

export const linked = (state: State, from: ObjectKind, to: RecordObject, id: string): string[] => linksOf(state, from, to, id).map((one) => one.id);

export const linksOf = (state: State, from: ObjectKind, to: RecordObject, id: string): Link[] => state.links.get(`${from}>${to}`)?.get(id) ?? [];
