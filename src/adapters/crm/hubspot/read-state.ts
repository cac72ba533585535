import type { HubspotObject } from './hubspot-answers.ts';
import type { HubspotApi } from './hubspot-api.ts';
import { HubspotError } from './hubspot-error.ts';
import { isPlanned, readPlans } from './next-step.ts';
import { engagementObjects, type ObjectKind, type RecordObject } from './object-kinds.ts';
import type { Want } from './read-event.ts';
import { readHistory, readProperties } from './record-fields.ts';
import { maySend, readFormerAddresses } from './senders.ts';
import type { State } from './state.ts';

/**
 * Reads everything that a list of webhooks asks for in as few requests as there are kinds: deals with their companies and contacts, so that
 * a deal never stands there without the names of its account and committee; contacts with their company.
 */
export async function readState(api: HubspotApi, wants: Want[]): Promise<State> {
  const state: State = { objects: new Map(), links: new Map(), failed: new Map(), plans: new Map() };
  const wanted = (kind: ObjectKind): string[] => wants.filter((want) => want.kind === kind).map((want) => want.id);

  await Promise.all([
    part(state, 'deals', async () => {
      const ids = await read(api, state, 'deals', wanted('deals'));
      await Promise.all([linkObjects(api, state, 'deals', ids), link(api, state, 'deals', 'contacts', ids)]);
    }),
    ...engagementObjects.map((kind) => part(state, kind, async () => linkObjects(api, state, kind, await read(api, state, kind, wanted(kind))))),
  ]);
  for (const kind of engagementObjects.filter(isPlanned)) {
    await part(state, kind, async () => {
      // While a deal was deleted, HubSpot did not tell what was planned for it.
      const restored = wants.flatMap((want) => (want.kind === 'deals' && want.cause === 'revived' ? want.id : []));
      state.plans = new Map([...state.plans, ...(await readPlans(api, [...new Set([...dealsOf(state, kind), ...restored])]))]);
    });
  }
  await part(state, 'contacts', async () => {
    const beside = [...all(state, 'deals>contacts'), ...maySend(state)];
    const ids = await read(api, state, 'contacts', [...wanted('contacts'), ...beside]);
    await Promise.all([linkObjects(api, state, 'contacts', ids), readFormerAddresses(api, state)]);
  });
  await part(state, 'companies', async () => {
    const ofContacts = [...(state.objects.get('contacts')?.values() ?? [])].flatMap(({ properties }) => properties.associatedcompanyid || []);
    const ofDeals = [...(state.links.get('deals>companies')?.values() ?? [])].flatMap(([primary]) => primary?.id ?? []);
    await read(api, state, 'companies', [...wanted('companies'), ...ofDeals, ...ofContacts]);
  });
  return state;
}

/**
 * What has to be known of these objects' associations to say them: a deal's companies, a contact's deals, everybody an engagement was with; of incoming
 * e-mails those contacts themselves (`readSenders`).
 */
export async function linkObjects(api: HubspotApi, state: State, kind: ObjectKind, ids: string[]): Promise<void> {
  const to: Record<ObjectKind, RecordObject[]> = {
    deals: ['companies'],
    contacts: ['deals'],
    companies: [],
    calls: ['deals', 'contacts', 'companies'],
    emails: ['deals', 'contacts', 'companies'],
    meetings: ['deals', 'contacts', 'companies'],
    tasks: ['deals'],
  };
  await Promise.all(to[kind].map((other) => link(api, state, kind, other, ids)));
}

/** The people of these deals, with all deals of theirs. */
export async function readPeople(api: HubspotApi, state: State, dealIds: string[]): Promise<void> {
  await link(api, state, 'deals', 'contacts', dealIds);
  await linkObjects(api, state, 'contacts', await read(api, state, 'contacts', all(state, 'deals>contacts')));
}

/** Contacts beside what is in `state` already: whose addresses tell which of them sent an incoming e-mail. */
export async function readSenders(api: HubspotApi, state: State): Promise<void> {
  await read(api, state, 'contacts', maySend(state));
  await readFormerAddresses(api, state);
}

/** Few have been merged: only theirs is asked for, when it was. `archived`: the objects were deleted. */
export async function withMerges(api: HubspotApi, kind: ObjectKind, objects: HubspotObject[], archived = false): Promise<HubspotObject[]> {
  const merged = objects.filter(({ properties }) => properties.hs_merged_object_ids);
  if (merged.length === 0) return objects;
  const ids = merged.map(({ id }) => id);
  const told = new Map((await api.readObjects(kind, ids, [], ['hs_merged_object_ids'], archived)).map((object) => [object.id, object.history]));
  return objects.map((object) => ({ ...object, history: { ...object.history, ...told.get(object.id) } }));
}

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
async function read(api: HubspotApi, state: State, kind: ObjectKind, ids: string[]): Promise<string[]> {
  const unique = [...new Set(ids)];
  const objects =
    unique.length === 0 ? [] : await withMerges(api, kind, await api.readObjects(kind, unique, readProperties[kind], readHistory[kind]));
  state.objects.set(kind, new Map(objects.map((object) => [object.id, object])));
  return objects.map((object) => object.id);
}

async function link(api: HubspotApi, state: State, from: ObjectKind, to: RecordObject, ids: string[]): Promise<void> {
  if (ids.length > 0) state.links.set(`${from}>${to}`, await api.readAssociations(from, to, ids));
}

/** The deals that engagements of this kind belong to. */
export const dealsOf = (state: State, kind: ObjectKind): string[] => [...new Set(all(state, `${kind}>deals`))];

const all = (state: State, path: string): string[] => [...(state.links.get(path)?.values() ?? [])].flatMap((links) => links.map(({ id }) => id));
