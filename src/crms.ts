import type { Crm, CrmSurroundings } from './app/crm.ts';
import type { Environment } from './environment.ts';

/**
 * Every CRM there is: what its variables begin with, and how it is made of them. Loaded only where one of them is set, since the code of a CRM that
 * nobody uses would only take memory.
 */
const crms: { variables: string; load(): Promise<(environment: Environment, surroundings: CrmSurroundings) => Crm | null> }[] = [
  { variables: 'SIGNALS_', load: async () => (await import('./adapters/crm/signals/signals-crm.ts')).signalsCrm },
  { variables: 'HUBSPOT_', load: async () => (await import('./adapters/crm/hubspot/hubspot-crm.ts')).hubspotCrm },
  { variables: 'SALESFORCE_', load: async () => (await import('./adapters/crm/salesforce/salesforce-crm.ts')).salesforceCrm },
  { variables: 'PIPEDRIVE_', load: async () => (await import('./adapters/crm/pipedrive/pipedrive-crm.ts')).pipedriveCrm },
];

/** The CRMs that the environment names: one without its secret is off. */
export async function crmsOf(environment: Environment, surroundings: CrmSurroundings): Promise<Crm[]> {
  const given = Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const named = crms.filter(({ variables }) => given.some((name) => name.startsWith(variables)));
  const made = await Promise.all(named.map(async ({ load }) => (await load())(environment, surroundings)));
  return made.filter((crm) => crm !== null);
}
