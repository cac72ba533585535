import type { HubspotApi, HubspotObject } from './hubspot-api.ts';
import { HubspotError } from './hubspot-error.ts';
import { type EngagementObject, engagementObjects, type ObjectKind, type RecordObject } from './object-kinds.ts';
import type { Want } from './read-event.ts';
import { readProperties } from './record-fields.ts';

/** What HubSpot said of the objects that were asked for, and of those beside them. A kind that could not be read has its error instead. */
export type State = {
  objects: Map<ObjectKind, Map<string, HubspotObject>>;
  /** `deals>contacts`: associated ids by the id they come from. */
  links: Map<string, Map<string, string[]>>;
  failed: Map<ObjectKind, HubspotError>;
};

/**
 * Reads everything that a list of webhooks asks for in as few requests as there are kinds: deals with their companies and contacts, so that
 * a deal never stands there without the names of its account and committee; contacts with their company.
 */
export async function readState(api: HubspotApi, wants: Want[]): Promise<State> {
  const state: State = { objects: new Map(), links: new Map(), failed: new Map() };
  const wanted = (kind: ObjectKind): string[] => wants.filter((want) => want.kind === kind).map((want) => want.id);

  await Promise.all([
    part(state, 'deals', async () => {
      const ids = await read(api, state, 'deals', wanted('deals'), 'dealstage');
      await Promise.all([link(api, state, 'deals', 'companies', ids), link(api, state, 'deals', 'contacts', ids)]);
    }),
    ...engagementObjects.map((kind) => part(state, kind, () => readEngagements(api, state, kind, wanted(kind)))),
  ]);
  await part(state, 'contacts', async () => {
    const beside = [...all(state, 'deals>contacts'), ...senders(state)];
    const ids = await read(api, state, 'contacts', [...wanted('contacts'), ...beside]);
    await link(api, state, 'contacts', 'deals', ids);
  });
  await part(state, 'companies', async () => {
    const ofContacts = [...(state.objects.get('contacts')?.values() ?? [])].flatMap(({ properties }) => properties.associatedcompanyid || []);
    const ofDeals = [...(state.links.get('deals>companies')?.values() ?? [])].flatMap(([primary]) => primary ?? []);
    await read(api, state, 'companies', [...wanted('companies'), ...ofDeals, ...ofContacts]);
  });
  return state;
}

export const linked = (state: State, from: ObjectKind, to: RecordObject, id: string): string[] => state.links.get(`${from}>${to}`)?.get(id) ?? [];

/** A kind that fails does not take the others with it: what needs it waits, and nothing else. */
async function part(state: State, kind: ObjectKind, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof HubspotError)) throw error;
    state.failed.set(kind, error);
  }
}

/** Returns the ids that are there. */
async function read(api: HubspotApi, state: State, kind: ObjectKind, ids: string[], historyOf?: string): Promise<string[]> {
  const unique = [...new Set(ids)];
  const objects = unique.length === 0 ? [] : await api.readObjects(kind, unique, readProperties[kind], historyOf);
  state.objects.set(kind, new Map(objects.map((object) => [object.id, object])));
  return objects.map((object) => object.id);
}

async function link(api: HubspotApi, state: State, from: ObjectKind, to: RecordObject, ids: string[]): Promise<void> {
  if (ids.length > 0) state.links.set(`${from}>${to}`, await api.readAssociations(from, to, ids));
}

async function readEngagements(api: HubspotApi, state: State, kind: EngagementObject, wanted: string[]): Promise<void> {
  const ids = await read(api, state, kind, wanted);
  await Promise.all([link(api, state, kind, 'deals', ids), link(api, state, kind, 'contacts', ids), link(api, state, kind, 'companies', ids)]);
}

/** Of an incoming e-mail with several contacts only its sender has acted: their addresses tell which one that is. */
const senders = (state: State): string[] => [...(state.links.get('emails>contacts')?.values() ?? [])].filter((ids) => ids.length > 1).flat();

const all = (state: State, path: string): string[] => [...(state.links.get(path)?.values() ?? [])].flat();
