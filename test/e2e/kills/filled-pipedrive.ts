import { roleField, startPipedrive } from '../../pipedrive/start-pipedrive.ts';
import { customers, type FilledCrm, type PastClock } from './filled-crm.ts';

/**
 * Customers with a deal and a person each. One in six has more of a past, a talk, a plan, a merge or a deletion: Pipedrive is asked for each deal's
 * past by itself, and no more often than it allows.
 */
export async function filledPipedrive({ now, at }: PastClock): Promise<FilledCrm> {
  const { records, stages, apiToken, url, requests, close } = await startPipedrive({ now });
  const [first] = stages;
  if (first !== undefined) stages.push({ ...first, id: 5, name: 'Mystery', order_nr: 5 });
  for (let index = 0; index < customers; index += 1) {
    at(100 - index * 0.3);
    const org_id = records.create('organizations', { name: `Organization ${index}`, owner_id: index % 2 === 0 ? 11 : 12 });
    const role = index % 3 === 0 ? { custom_fields: { [roleField]: [32] } } : {};
    const person_id = records.create('persons', { name: `Jo Number ${index}`, org_id, ...role });
    const deal = records.create('deals', { title: `Deal ${index}`, org_id, person_id, stage_id: 1, value: index * 100 });
    if (index % 6 !== 3) continue;
    at(60 - index * 0.3);
    records.update('deals', deal, { stage_id: index % 9 === 3 ? 5 : 3 });
    records.addParticipant(deal, records.create('persons', { name: `Second ${index}`, org_id }));
    const due_date = new Date(now()).toISOString().slice(0, 10);
    records.create('activities', { subject: 'Call', type: 'call', deal_id: deal, person_id, done: true, due_date });
    if (index % 12 === 3) records.create('activities', { subject: 'Meet', type: 'meeting', deal_id: deal, due_date: '2030-01-08' });
    if (index === 9) records.merge('persons', records.create('persons', { name: 'Twin', org_id }), person_id);
    if (index === 15) records.remove('deals', deal);
    if (index === 21) records.update('deals', deal, { status: 'won' });
    records.create('notes', { content: 'Spoke to them', deal_id: deal });
  }
  return { environment: { PIPEDRIVE_API_TOKEN: apiToken, PIPEDRIVE_API_URL: url }, requests: () => requests.length, close };
}
