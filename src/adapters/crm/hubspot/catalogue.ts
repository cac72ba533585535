import type { CrmCatalogue } from '../../../app/crm.ts';
import type { HubspotApi } from './hubspot-api.ts';
import { HubspotError } from './hubspot-error.ts';
import type { HubspotLists } from './hubspot-lists.ts';
import { statusOf } from './record-fields.ts';

/** What a journey map has to know of this account. What the token has no scope for, or the account has not, is left out. @throws HubspotError */
export async function readCatalogue(api: HubspotApi & HubspotLists): Promise<CrmCatalogue> {
  const pipelines = await api.readPipelines();
  const owners = await unlessRefused(api.readOwners(), new Map());
  const options = await unlessRefused(api.readRoleOptions(), []);
  const lifecycles = await unlessRefused(api.readLifecycleOptions(), []);
  const labels = await unlessRefused(api.readRoleLabels(), []);
  const account = await unlessRefused(api.readAccount(), null);
  return {
    pipelines: pipelines.map(({ id, label, stages }) => ({
      id,
      name: label,
      stages: stages.map((stage) => ({ id: stage.id, name: stage.label, outcome: statusOf(stage), probability: stage.probability })),
    })),
    owners: [...owners].map(([id, { name, email }]) => ({ id, name, email })),
    roles: [...options, ...labels.map((label) => ({ value: label, label }))],
    lifecycles,
    timezone: account?.timeZone ?? null,
  };
}

async function unlessRefused<Value>(asked: Promise<Value>, instead: Value): Promise<Value> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof HubspotError && (error.failure.kind === 'dead' || (error.failure.kind === 'refused' && error.failure.what === 'scope')))
      return instead;
    throw error;
  }
}
