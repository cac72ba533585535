import type { Crm, CrmSurroundings } from '../../../app/crm.ts';
import { connectHubspot } from './hubspot-api.ts';
import { createHubspotHistory } from './hubspot-history.ts';
import { createHubspotSource } from './hubspot-source.ts';

type HubspotEnvironment = Partial<Record<'HUBSPOT_CLIENT_SECRET' | 'HUBSPOT_ACCESS_TOKEN' | 'HUBSPOT_API_URL' | 'PUBLIC_URL', string | undefined>>;

/** HubSpot, listened to, asked, or both. Null where the environment allows neither. */
export function hubspotCrm(environment: HubspotEnvironment, { clock, logger, onIgnored, stopping }: CrmSurroundings): Crm | null {
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
