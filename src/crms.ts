import { createHubspotApi } from './adapters/crm/hubspot/hubspot-api.ts';
import { createHubspotSource } from './adapters/crm/hubspot/hubspot-source.ts';
import { createSignalsSource } from './adapters/crm/signals/signals-source.ts';
import type { Crm } from './app/crm.ts';
import type { Clock, Logger } from './app/ports.ts';
import type { Source } from './core/journey/signal.ts';
import type { Environment } from './environment.ts';

export type CrmSurroundings = {
  clock: Clock;
  logger: Logger;
  /** An event that the bot has no use for, by its kind. */
  onIgnored(source: Source, kind: string): void;
  /** Ends what a CRM is being asked. */
  stopping: AbortSignal;
};

/** The CRMs that the environment names: one without its secret is off. */
export const crmsOf = (environment: Environment, surroundings: CrmSurroundings): Crm[] =>
  [signals(environment), hubspot(environment, surroundings)].filter((crm) => crm !== null);

function signals({ SIGNALS_SECRET: secret, SIGNALS_TOKEN: token }: Environment): Crm | null {
  if (secret === undefined && token === undefined) return null;
  const webhooks = createSignalsSource({ ...(secret === undefined ? {} : { secret }), ...(token === undefined ? {} : { token }) });
  return { source: 'signals', webhooks, history: null, stream: null };
}

function hubspot(environment: Environment, { clock, logger, onIgnored, stopping }: CrmSurroundings): Crm | null {
  const { HUBSPOT_CLIENT_SECRET: clientSecret, HUBSPOT_ACCESS_TOKEN: accessToken, HUBSPOT_API_URL: baseUrl, PUBLIC_URL: publicUrl } = environment;
  if (clientSecret === undefined || publicUrl === undefined) return null;
  const api =
    accessToken === undefined ? null : createHubspotApi({ accessToken, clock, logger, stopping, ...(baseUrl === undefined ? {} : { baseUrl }) });
  const webhooks = createHubspotSource({ clientSecret, publicUrl, api, clock, logger, onIgnored: (kind) => onIgnored('hubspot', kind) });
  return { source: 'hubspot', webhooks, history: null, stream: null };
}
