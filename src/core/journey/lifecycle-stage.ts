import type { JourneyConfig, JourneyMap } from './journey-map.ts';
import type { Source } from './signal.ts';
import { stageMeaning } from './stage-lookup.ts';

export const accountMaps = ({ maps }: JourneyConfig): JourneyMap[] => maps.filter((map) => map.for.kind === 'accounts');

/** Whether no map for accounts knows a lifecycle stage, while there is one. That an account is no customer no map has to know. */
export function isUnknownLifecycle(config: JourneyConfig, source: Source, stage: string): boolean {
  const maps = accountMaps(config);
  return maps.length > 0 && !isNoCustomer(stage) && maps.every((map) => stageMeaning(map, source, stage).kind === 'unknown');
}

/**
 * What CRMs call who is no customer yet, or will be none: HubSpot's lifecycle stages before the sale, Salesforce's types of accounts, and the like in German,
 * French and Spanish. Most accounts of a CRM are such, and nobody wants to hear of them every day.
 */
const noCustomer = new Set(
  `subscriber, lead, marketingqualifiedlead, salesqualifiedlead, salesacceptedlead, mql, sal, sql, opportunity, prospect, suspect, target, other, none,
  unknown, na, partner, technologypartner, installationpartner, channelpartner, channelpartnerreseller, reseller, vendor, supplier, competitor, investor,
  analyst, press, integrator, interessent, interessentin, sonstige, sonstiges, wettbewerber, lieferant, abonnent, opportunité, autre, concurrent,
  fournisseur, partenaire, prospecto, oportunidad, otro, competidor, proveedor, socio`
    .split(',')
    .map((name) => name.trim()),
);

/** Whatever the case, and however it is spaced: `Marketing Qualified Lead`, `marketingqualifiedlead`. */
const isNoCustomer = (stage: string): boolean => {
  const letters = stage.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
  return letters === '' || noCustomer.has(letters);
};
