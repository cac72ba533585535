import { dayMs } from '../../../src/core/time.ts';
import { startHubspot } from '../../hubspot/start-hubspot.ts';
import { customers, type FilledCrm, type PastClock } from './filled-crm.ts';

/** Customers with a deal, a person and a talk each; some with a task, a merge, a deletion; in all two pages of each kind. */
export async function filledHubspot({ now, at }: PastClock): Promise<FilledCrm> {
  const { records, accessToken, url, requests, close } = await startHubspot({ now });
  const aTask = (): string =>
    records.create('tasks', { hs_timestamp: new Date(Date.now() + 30 * dayMs).toISOString(), hs_task_status: 'NOT_STARTED', hs_task_type: 'CALL' });
  for (let index = 0; index < customers; index += 1) {
    at(100 - index * 0.3);
    const company = records.create('companies', { name: `Company ${index}`, hubspot_owner_id: index % 2 === 0 ? '11' : '12' });
    const deal = records.create('deals', {
      dealname: `Deal ${index}`,
      pipeline: 'default',
      dealstage: 'qualifiedtobuy',
      amount: String(index * 100),
    });
    const person = records.create('contacts', {
      firstname: 'Jo',
      lastname: `Number ${index}`,
      ...(index % 3 === 0 ? { hs_buying_role: 'CHAMPION' } : {}),
    });
    records.associate(['deals', deal], ['companies', company], { primary: true });
    records.associate(['contacts', person], ['companies', company], { primary: true });
    records.associate(['deals', deal], ['contacts', person]);
    at(60 - index * 0.3);
    records.update('deals', deal, { dealstage: index % 9 === 0 ? 'mystery' : 'contractsent' });
    const call = records.create('calls', { hs_timestamp: new Date(Date.now() - 50 * dayMs).toISOString(), hs_call_direction: 'INBOUND' });
    records.associate(['calls', call], ['deals', deal]);
    records.associate(['calls', call], ['contacts', person]);
    if (index % 10 === 3) records.associate(['tasks', aTask()], ['deals', deal]);
    if (index % 20 === 7) records.merge('contacts', person, [records.create('contacts', { lastname: 'Twin' })]);
    if (index % 20 === 11) records.remove('deals', deal);
  }
  return { environment: { HUBSPOT_ACCESS_TOKEN: accessToken, HUBSPOT_API_URL: url }, requests: () => requests.length, close };
}
