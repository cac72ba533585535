import type { Crm, CrmSurroundings } from '../../../app/crm.ts';
import { createCaller } from './call-salesforce.ts';
import { createChangeStream } from './change-stream.ts';
import { createSalesforceApi } from './salesforce-api.ts';
import { createSalesforceHistory } from './salesforce-history.ts';
import { createSalesforceSource } from './salesforce-source.ts';

type SalesforceEnvironment = Partial<
  Record<
    | 'SALESFORCE_WEBHOOK_SECRET'
    | 'SALESFORCE_ORGANIZATION_ID'
    | 'SALESFORCE_LOGIN_URL'
    | 'SALESFORCE_CLIENT_ID'
    | 'SALESFORCE_CLIENT_SECRET'
    | 'SALESFORCE_CDC',
    string | undefined
  >
>;

/** Salesforce: its messages, its API, its stream of changes. Null where the environment allows neither. */
export function salesforceCrm(environment: SalesforceEnvironment, { clock, logger, onIgnored, stopping }: CrmSurroundings): Crm | null {
  const { SALESFORCE_WEBHOOK_SECRET: secret, SALESFORCE_ORGANIZATION_ID: organizationId } = environment;
  const { SALESFORCE_LOGIN_URL: loginUrl, SALESFORCE_CLIENT_ID: clientId, SALESFORCE_CLIENT_SECRET: clientSecret } = environment;
  const door = secret === undefined || organizationId === undefined ? null : { secret, organizationId };
  const hasApi = loginUrl !== undefined && clientId !== undefined && clientSecret !== undefined;
  const call = hasApi ? createCaller({ loginUrl, clientId, clientSecret, clock, logger, stopping }) : null;
  if (door === null && call === null) return null;
  const api = call === null ? null : createSalesforceApi(call, clock);
  const streams = call !== null && environment.SALESFORCE_CDC === 'on';
  return {
    source: 'salesforce',
    // A stream's events take the way of webhooks, also where no webhook may come in.
    webhooks:
      door === null && !streams ? null : createSalesforceSource({ door, api, clock, logger, onIgnored: (kind) => onIgnored('salesforce', kind) }),
    history: api === null ? null : createSalesforceHistory({ api, clock, organizationId: organizationId ?? null }),
    stream: streams ? createChangeStream({ call, clock, logger }) : null,
  };
}
