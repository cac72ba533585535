import type { Crm, CrmSurroundings, ReadLink } from './app/crm.ts';
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
  const named = crms.filter(({ variables }) => isNamed(environment, variables));
  const made = await Promise.all(named.map(async ({ load }) => (await load())(environment, surroundings)));
  return made.filter((crm) => crm !== null);
}

/** Those whose pages have addresses that say which record they show. */
const links: { variables: string; load(): Promise<ReadLink> }[] = [
  { variables: 'HUBSPOT_', load: async () => (await import('./adapters/crm/hubspot/record-links.ts')).hubspotLink },
  { variables: 'SALESFORCE_', load: async () => (await import('./adapters/crm/salesforce/record-links.ts')).salesforceLink },
  { variables: 'PIPEDRIVE_', load: async () => (await import('./adapters/crm/pipedrive/record-links.ts')).pipedriveLink },
];

/** How the addresses of the CRMs that the environment names are read. */
export const linksOf = (environment: Environment): Promise<ReadLink[]> =>
  Promise.all(links.filter(({ variables }) => isNamed(environment, variables)).map(({ load }) => load()));

const isNamed = (environment: Environment, variables: string): boolean =>
  Object.entries(environment).some(([name, value]) => value !== undefined && name.startsWith(variables));
