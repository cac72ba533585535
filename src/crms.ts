import { connectHubspot } from './adapters/crm/hubspot/hubspot-api.ts';
import { createHubspotHistory } from './adapters/crm/hubspot/hubspot-history.ts';
import { createHubspotSource } from './adapters/crm/hubspot/hubspot-source.ts';
import { createDirectory } from './adapters/crm/pipedrive/directory.ts';
import { connectPipedrive } from './adapters/crm/pipedrive/pipedrive-api.ts';
import { createPipedriveHistory } from './adapters/crm/pipedrive/pipedrive-history.ts';
import { createPipedriveSource } from './adapters/crm/pipedrive/pipedrive-source.ts';
import { createCaller } from './adapters/crm/salesforce/call-salesforce.ts';
import { createChangeStream } from './adapters/crm/salesforce/change-stream.ts';
import { createSalesforceApi } from './adapters/crm/salesforce/salesforce-api.ts';
import { createSalesforceHistory } from './adapters/crm/salesforce/salesforce-history.ts';
import { createSalesforceSource } from './adapters/crm/salesforce/salesforce-source.ts';
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
  [signals(environment), hubspot(environment, surroundings), salesforce(environment, surroundings), pipedrive(environment, surroundings)].filter(
    (crm) => crm !== null,
  );

function signals({ SIGNALS_SECRET: secret, SIGNALS_TOKEN: token }: Environment): Crm | null {
  if (secret === undefined && token === undefined) return null;
  const webhooks = createSignalsSource({ ...(secret === undefined ? {} : { secret }), ...(token === undefined ? {} : { token }) });
  return { source: 'signals', webhooks, history: null, stream: null };
}

function hubspot(environment: Environment, { clock, logger, onIgnored, stopping }: CrmSurroundings): Crm | null {
  const { HUBSPOT_CLIENT_SECRET: clientSecret, HUBSPOT_ACCESS_TOKEN: accessToken, HUBSPOT_API_URL: baseUrl, PUBLIC_URL: publicUrl } = environment;
  const connection =
    accessToken === undefined ? null : connectHubspot({ accessToken, clock, logger, stopping, ...(baseUrl === undefined ? {} : { baseUrl }) });
  const api = connection?.soon ?? null;
  const ignored = (kind: string): void => onIgnored('hubspot', kind);
  // Either alone will do: without the secret HubSpot is only asked, now and then; without the token only listened to.
  const webhooks =
    clientSecret === undefined || publicUrl === undefined
      ? null
      : createHubspotSource({ clientSecret, publicUrl, api, clock, logger, onIgnored: ignored });
  const history = connection === null ? null : createHubspotHistory({ api: connection.patiently, clock });
  return webhooks === null && history === null ? null : { source: 'hubspot', webhooks, history, stream: null };
}

function salesforce(environment: Environment, { clock, logger, onIgnored, stopping }: CrmSurroundings): Crm | null {
  const { SALESFORCE_WEBHOOK_SECRET: secret, SALESFORCE_ORGANIZATION_ID: organizationId } = environment;
  const { SALESFORCE_LOGIN_URL: loginUrl, SALESFORCE_CLIENT_ID: clientId, SALESFORCE_CLIENT_SECRET: clientSecret } = environment;
  const door = secret === undefined || organizationId === undefined ? null : { secret, organizationId };
  const hasApi = loginUrl !== undefined && clientId !== undefined && clientSecret !== undefined;
  const call = hasApi ? createCaller({ loginUrl, clientId, clientSecret, clock, logger, stopping }) : null;
  if (door === null && call === null) return null;
  const api = call === null ? null : createSalesforceApi(call);
  const streams = call !== null && environment.SALESFORCE_CDC === 'on';
  return {
    source: 'salesforce',
    // A stream's events take the way of webhooks, also where no webhook may come in.
    webhooks: door === null && !streams ? null : createSalesforceSource({ door, api, logger, onIgnored: (kind) => onIgnored('salesforce', kind) }),
    history: api === null ? null : createSalesforceHistory({ api, clock, organizationId: organizationId ?? null }),
    stream: streams ? createChangeStream({ call, clock, logger }) : null,
  };
}

function pipedrive(environment: Environment, { clock, logger, onIgnored, stopping }: CrmSurroundings): Crm | null {
  const { PIPEDRIVE_WEBHOOK_USER: user, PIPEDRIVE_WEBHOOK_PASSWORD: password } = environment;
  const { PIPEDRIVE_API_TOKEN: apiToken, PIPEDRIVE_API_URL: baseUrl } = environment;
  const at = baseUrl === undefined ? {} : { baseUrl };
  const connection = apiToken === undefined ? null : connectPipedrive({ apiToken, clock, logger, stopping, ...at });
  const lookUp = connection === null ? null : { api: connection.soon, directory: createDirectory(connection.soon, clock) };
  const ignored = (kind: string): void => onIgnored('pipedrive', kind);
  // Either alone will do: without the password Pipedrive is only asked, now and then; without the token only listened to.
  const webhooks =
    user === undefined || password === undefined ? null : createPipedriveSource({ user, password, lookUp, clock, logger, onIgnored: ignored });
  const history =
    connection === null || lookUp === null ? null : createPipedriveHistory({ api: connection.patiently, directory: lookUp.directory, clock });
  return webhooks === null && history === null ? null : { source: 'pipedrive', webhooks, history, stream: null };
}
