import { addCometdServer } from './cometd-server.ts';
import { createOutboundMessages } from './outbound-messages.ts';
import { createSalesforceApiServer } from './salesforce-api-server.ts';
import { createSalesforceRecords } from './salesforce-records.ts';

export type SalesforceOptions = { now?: () => number; withRecordTypes?: boolean };

/** A Salesforce of our own on 127.0.0.1: records, the API, outbound messages and change events. Nobody in it is real. */
export async function startSalesforce({ now = Date.now, withRecordTypes = false }: SalesforceOptions = {}) {
  const organizationId = '00D000000000062EAA';
  const clientId = '3MVG9-local';
  const clientSecret = 'consumer-secret';
  let url = '';
  const records = createSalesforceRecords({ now });
  const users = {
    dana: records.put('User', { Name: 'Dana Weber', Email: 'dana@us.example', IsActive: true, UserType: 'Standard' }),
    omar: records.put('User', { Name: 'Omar Haddad', Email: 'omar@us.example', IsActive: true, UserType: 'Standard' }),
  };
  records.put('Organization', { Name: 'Us', TimeZoneSidKey: 'Europe/Berlin' });
  const recordTypes = withRecordTypes
    ? ['New_Business', 'Renewal'].map((developerName) => {
        const name = developerName.replace('_', ' ');
        return { id: records.put('RecordType', { DeveloperName: developerName, Name: name }), developerName, name };
      })
    : [];
  const { app, weather, requests, isValid, expireTokens } = createSalesforceApiServer({
    records,
    clientId,
    clientSecret,
    organizationId,
    now,
    roles: ['Business User', 'Decision Maker', 'Economic Buyer', 'Evaluator'],
    recordTypes: () => recordTypes,
  });
  const changes = addCometdServer(app, { isValid });
  const messages = createOutboundMessages({ organizationId, origin: () => url, find: records.find });
  records.onChange(messages.note);
  records.onChange(changes.note);
  url = await app.listen({ host: '127.0.0.1', port: 0 });

  return {
    url,
    organizationId,
    clientId,
    clientSecret,
    records,
    users,
    recordTypes,
    weather,
    requests,
    messages,
    changes,
    expireTokens,
    close: () => app.close(),
  };
}
