import { createHubspotApi } from './adapters/crm/hubspot/hubspot-api.ts';
import { createHubspotSource } from './adapters/crm/hubspot/hubspot-source.ts';
import { createSignalsSource } from './adapters/crm/signals/signals-source.ts';
import type { Clock, CrmSource, Logger } from './app/ports.ts';
import type { Environment } from './environment.ts';

/** The CRMs that the environment names: one without its secret is off. `stopping` ends what a CRM is being asked. */
export function sourcesOf(
  environment: Environment,
  { clock, logger, onIgnored, stopping }: { clock: Clock; logger: Logger; onIgnored: (kind: string) => void; stopping: AbortSignal },
): CrmSource[] {
  const {
    SIGNALS_SECRET: secret,
    SIGNALS_TOKEN: token,
    HUBSPOT_CLIENT_SECRET: clientSecret,
    HUBSPOT_ACCESS_TOKEN: accessToken,
    PUBLIC_URL: publicUrl,
  } = environment;
  const sources: CrmSource[] = [];
  if (secret !== undefined || token !== undefined)
    sources.push(createSignalsSource({ ...(secret === undefined ? {} : { secret }), ...(token === undefined ? {} : { token }) }));
  if (clientSecret !== undefined && publicUrl !== undefined) {
    const baseUrl = environment.HUBSPOT_API_URL;
    const api =
      accessToken === undefined ? null : createHubspotApi({ accessToken, clock, logger, stopping, ...(baseUrl === undefined ? {} : { baseUrl }) });
    sources.push(createHubspotSource({ clientSecret, publicUrl, api, clock, logger, onIgnored }));
  }
  return sources;
}
