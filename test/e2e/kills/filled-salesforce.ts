import { startSalesforce } from '../../salesforce/start-salesforce.ts';
import { customers, type FilledCrm, type PastClock } from './filled-crm.ts';

/** More than a page of contacts (400), most of whom nobody has talked to. */
const bystanders = 420;

/** Customers with a deal, a contact and a talk each; some with a plan, a merge, a deletion. */
export async function filledSalesforce({ now, at }: PastClock): Promise<FilledCrm> {
  const { records, users, url, clientId, clientSecret, requests, close } = await startSalesforce({ now });
  const tomorrow = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const accounts: string[] = [];
  for (let index = 0; index < customers; index += 1) {
    at(100 - index * 0.3);
    const OwnerId = index % 2 === 0 ? users.dana : users.omar;
    const account = records.create('Account', { Name: `Account ${index}`, OwnerId, ...(index % 4 === 0 ? { Type: 'Prospect' } : {}) });
    const deal = records.create('Opportunity', {
      ...{ Name: `Deal ${index}`, AccountId: account, StageName: 'Prospecting', Amount: index * 100, CloseDate: tomorrow, OwnerId },
    });
    const person = records.create('Contact', { FirstName: 'Jo', LastName: `Number ${index}`, AccountId: account });
    records.create('OpportunityContactRole', { OpportunityId: deal, ContactId: person, ...(index % 3 === 0 ? { Role: 'Economic Buyer' } : {}) });
    accounts.push(account);
    at(60 - index * 0.3);
    records.update('Opportunity', deal, { StageName: index % 9 === 0 ? 'Mystery' : 'Negotiation/Review' });
    if (index % 4 === 0) records.update('Account', account, { Type: 'Customer' });
    const about = { WhatId: deal, WhoId: person, OwnerId };
    records.create('Task', { ...about, Subject: 'Call', TaskSubtype: 'Call', CallType: 'Inbound', Status: 'Completed' });
    if (index % 10 === 3) records.create('Task', { ...about, Subject: 'Call back', Status: 'Not Started', ActivityDate: tomorrow });
    if (index % 20 === 7) records.merge('Contact', person, records.create('Contact', { LastName: 'Twin', AccountId: account }));
    if (index % 20 === 11) records.remove('Opportunity', deal);
    if (index % 20 === 13) records.merge('Account', account, records.create('Account', { Name: 'Again' }));
  }
  for (let index = 0; index < bystanders; index += 1)
    records.create('Contact', { LastName: `Bystander ${index}`, AccountId: accounts[index % customers] ?? null });
  const environment = { SALESFORCE_LOGIN_URL: url, SALESFORCE_CLIENT_ID: clientId, SALESFORCE_CLIENT_SECRET: clientSecret };
  return { environment, requests: () => requests.length, close };
}
