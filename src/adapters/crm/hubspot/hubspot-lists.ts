import type { CallHubspot } from './call-hubspot.ts';
import {
  type HubspotObject,
  labelOf,
  labelsAnswer,
  missingIn,
  objectOf,
  objectPageAnswer,
  objectsAnswer,
  propertyAnswer,
  searchAnswer,
} from './hubspot-answers.ts';
import type { ObjectKind } from './object-kinds.ts';

/** What an import asks beside the objects it knows the ids of. Every method may reject with `HubspotError`. */
export type HubspotLists = {
  /** Up to 100 objects, 50 with history; `after`: where the page before ended. */
  listObjects(kind: ObjectKind, page: ListPage): Promise<{ objects: HubspotObject[]; after: string | null }>;
  /** The ids beyond `afterId` of up to 100 objects that match one of `groups`, in the order of their ids; `total`: of all that are left. */
  findObjects(kind: ObjectKind, groups: Filter[][], afterId: string | null): Promise<{ ids: string[]; total: number }>;
  /** Of up to 100 ids those that HubSpot itself names as not there: neither as they are nor merged into another. */
  missingObjects(kind: ObjectKind, ids: string[]): Promise<string[]>;
  countObjects(kind: ObjectKind, groups: Filter[][]): Promise<number>;
  /** The options of the property for buying roles; those that are hidden are left out here and below. */
  readRoleOptions(): Promise<Option[]>;
  /** Those of a company's lifecycle stage, in their order. */
  readLifecycleOptions(): Promise<Option[]>;
  /** The team's own labels for a contact on a deal. */
  readRoleLabels(): Promise<string[]>;
};

type Option = { value: string; label: string };

export type ListPage = { after: string | null; properties: readonly string[]; historyOf: readonly string[]; archived: boolean; limit: number };
export type Filter = { propertyName: string; operator: 'GTE' | 'LTE' | 'GT' | 'NEQ'; value: string };

const foundAtOnce = 100;

export const createHubspotLists = (call: CallHubspot): HubspotLists => ({
  async listObjects(kind, { after, properties, historyOf, archived, limit }) {
    const query = new URLSearchParams({
      limit: String(limit),
      archived: String(archived),
      properties: properties.join(','),
      ...(historyOf.length === 0 ? {} : { propertiesWithHistory: historyOf.join(',') }),
      ...(after === null ? {} : { after }),
    });
    const { results, paging } = await call(objectPageAnswer, `/crm/v3/objects/${kind}?${query}`);
    return { objects: results.map(objectOf), after: paging?.next?.after ?? null };
  },

  /**
   * HubSpot's search ends at 10,000 results, and thousands may have been changed in the same millisecond. So it is never paged: each search begins
   * after the last id, which no later change of an object moves.
   */
  async findObjects(kind, groups, afterId) {
    const beyond: Filter[] = afterId === null ? [] : [{ propertyName: 'hs_object_id', operator: 'GT', value: afterId }];
    const { total, results } = await call(searchAnswer, `/crm/v3/objects/${kind}/search`, {
      filterGroups: groups.map((filters) => ({ filters: [...filters, ...beyond] })),
      sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
      properties: ['hs_object_id'],
      limit: foundAtOnce,
    });
    return { ids: results.map(({ id }) => id), total };
  },

  async missingObjects(kind, ids) {
    const answer = await call(objectsAnswer, `/crm/v3/objects/${kind}/batch/read`, {
      inputs: ids.map((id) => ({ id })),
      properties: ['hs_object_id'],
    });
    const asked = new Set(ids);
    return missingIn(answer).filter((id) => asked.has(id));
  },

  async countObjects(kind, groups) {
    const filterGroups = groups.map((filters) => ({ filters }));
    const { total } = await call(searchAnswer, `/crm/v3/objects/${kind}/search`, { filterGroups, properties: ['hs_object_id'], limit: 1 });
    return total;
  },

  readRoleOptions: () => optionsOf(call, 'contacts/hs_buying_role'),
  readLifecycleOptions: () => optionsOf(call, 'companies/lifecyclestage'),

  async readRoleLabels() {
    const { results } = await call(labelsAnswer, '/crm/v4/associations/contacts/deals/labels');
    return [...new Set(results.flatMap((type) => labelOf(type) ?? []))];
  },
});

async function optionsOf(call: CallHubspot, property: string): Promise<Option[]> {
  const { options } = await call(propertyAnswer, `/crm/v3/properties/${property}`);
  return options.filter(({ hidden }) => hidden !== true).map(({ value, label }) => ({ value, label }));
}
