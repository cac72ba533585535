import { z } from 'zod';
import type { CrmCatalogue, CrmStage } from '../../../app/crm.ts';
import { CrmRefusedError } from '../../../app/errors.ts';
import type { Described } from './columns.ts';
import type { SalesforceApi } from './salesforce-api.ts';

const stageRow = z.object({
  ApiName: z.string(),
  MasterLabel: z.string(),
  IsClosed: z.boolean(),
  IsWon: z.boolean(),
  DefaultProbability: z.number().nullish(),
});
const organizationRow = z.object({ TimeZoneSidKey: z.string().nullish() });
const userRow = z.object({ Id: z.string(), Name: z.string().nullish(), Email: z.string().nullish() });

/**
 * What the journey map has to know. Salesforce has one list of stages, of which a record type shows some; which ones stands in no object that can be
 * asked for, so every record type, our pipeline, gets them all.
 */
export function createCatalogue(api: SalesforceApi): () => Promise<CrmCatalogue> {
  return async () => {
    const [stages, users, deal, account, role, organization] = await Promise.all([
      readStages(api),
      api.query(userRow, "SELECT Id, Name, Email FROM User WHERE IsActive = true AND UserType = 'Standard' ORDER BY Name", 'User'),
      api.describe('Opportunity'),
      api.describe('Account'),
      api.describe('OpportunityContactRole'),
      readOrganization(api),
    ]);
    const pipelines = deal.recordTypes.map(({ developerName, name }) => ({ id: developerName, name, stages }));
    return {
      pipelines: pipelines.length > 0 ? pipelines : [{ id: 'default', name: 'Opportunities', stages }],
      owners: users.map(({ Id, Name, Email }) => ({ id: Id, name: Name ?? null, email: Email ?? null })),
      roles: valuesOf(role, 'Role'),
      lifecycles: valuesOf(account, 'Type'),
      timezone: organization?.TimeZoneSidKey ?? null,
    };
  };
}

const valuesOf = ({ fields }: Described, field: string): { value: string; label: string }[] =>
  (fields.get(field) ?? []).map(({ value, label }) => ({ value, label: label ?? value }));

/** Null where the run-as user may not see it: nothing depends on it. */
async function readOrganization(api: SalesforceApi): Promise<z.output<typeof organizationRow> | null> {
  try {
    const [organization] = await api.query(organizationRow, 'SELECT TimeZoneSidKey FROM Organization', 'Organization');
    return organization ?? null;
  } catch (error) {
    if (error instanceof CrmRefusedError) return null;
    throw error;
  }
}

export async function readStages(api: SalesforceApi): Promise<CrmStage[]> {
  const rows = await api.query(
    stageRow,
    'SELECT ApiName, MasterLabel, IsClosed, IsWon, DefaultProbability FROM OpportunityStage WHERE IsActive = true ORDER BY SortOrder',
    'OpportunityStage',
  );
  return rows.map(({ ApiName, MasterLabel, IsClosed, IsWon, DefaultProbability }) => ({
    id: ApiName,
    name: MasterLabel,
    outcome: IsWon ? 'won' : IsClosed ? 'lost' : 'open',
    probability: DefaultProbability == null ? null : DefaultProbability / 100,
  }));
}
