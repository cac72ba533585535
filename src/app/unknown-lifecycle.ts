import type { JourneyConfig, JourneyMap } from '../core/journey/journey-map.ts';
import { type AccountRecord, isAlive, type StageEvent } from '../core/journey/record.ts';
import { stageMeaning } from '../core/journey/stage-lookup.ts';

export const accountMaps = ({ maps }: JourneyConfig): JourneyMap[] => maps.filter((map) => map.for.kind === 'accounts');

/**
 * The lifecycle stage of an account that no map for accounts knows, while there is one, and the first of these maps. Null: it is known; or it says that the
 * account is no customer, which no map has to know; or the account travels a map, whose own visit says it (see `unknownInJourney`).
 */
export function unknownLifecycle(account: AccountRecord, config: JourneyConfig): { said: StageEvent; mapKey: string } | null {
  const maps = accountMaps(config);
  const [first] = maps;
  const [said] = account.stages;
  if (first === undefined || said === undefined || !isAlive(account) || isNoCustomer(said.stage)) return null;
  const meanings = (event: StageEvent) => maps.map((map) => stageMeaning(map, event.source, event.stage).kind);
  if (meanings(said).some((kind) => kind !== 'unknown') || account.stages.some((event) => meanings(event).includes('stage'))) return null;
  return { said, mapKey: first.key };
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
