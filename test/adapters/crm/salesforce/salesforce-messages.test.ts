import { describe, expect, it } from 'vitest';
import { tableUnder, textOf } from '../../../docs/documents.ts';
import { selected } from '../../../salesforce/outbound-messages.ts';
import { acme, type Joined, salesforceOfTest } from './joined.ts';

const join = () => salesforceOfTest({ withApi: false });

describe('outbound messages without the API', () => {
  it('are believed for what they say, and Salesforce is asked nothing', async () => {
    const joined = await join();
    const { deal, priya, account } = acme(joined);
    await joined.arrive();
    joined.tick(60_000);
    joined.salesforce.records.update('Opportunity', deal, { StageName: 'Closed Won' });
    await joined.arrive();
    expect(joined.salesforce.requests).toEqual([]);
    expect(joined.dead).toEqual([]);
    const records = joined.records();
    expect(records.get(`deal:salesforce:${deal}`)).toMatchObject({
      name: { value: 'Acme rollout' },
      accountId: { value: `salesforce:${account}` },
      amount: { value: 48_000 },
      status: { value: 'won' },
      closeDates: [{ value: '2026-12-15' }, { value: '2026-12-15' }],
      url: { value: `${joined.salesforce.url}/${deal}` },
    });
    const moves = records.get(`deal:salesforce:${deal}`);
    expect(moves?.kind === 'deal' && moves.stages.filter(({ entered }) => entered).map(({ stage }) => stage)).toEqual(['Closed Won', 'Prospecting']);
    expect(records.get(`person:salesforce:${priya}`)).toMatchObject({
      name: { value: 'Priya Nair' },
      accountId: { value: `salesforce:${account}` },
      dealIds: { value: [`salesforce:${deal}`] },
      assigned: { 'Economic Buyer': expect.any(Number) },
    });
    expect(records.get(`account:salesforce:${account}`)).toMatchObject({ domain: { value: 'acme.example' } });
  });

  it('bring touchpoints and next steps', async () => {
    const joined = await join();
    const { deal, priya } = acme(joined);
    const { records } = joined.salesforce;
    records.create('Task', { WhatId: deal, WhoId: priya, TaskSubtype: 'Call', CallType: 'Inbound', Status: 'Completed', Subject: 'Call' });
    records.create('Event', { WhatId: deal, WhoId: priya, Subject: 'Demo', StartDateTime: Date.parse('2026-06-12T09:00:00Z') });
    await joined.arrive();
    expect(joined.ofType('touchpoint.recorded')).toMatchObject([{ occurredAt: joined.now(), touchpoint: { type: 'call', direction: 'inbound' } }]);
    expect(joined.ofType('next-step.set')).toMatchObject([{ nextStep: { title: 'Demo', due: '2026-06-12' } }]);
  });

  it('end with the same records in any order', async () => {
    const tell = async (order: Parameters<Joined['send']>[0]) => {
      const joined = await join();
      const { deal } = acme(joined);
      joined.tick(60_000);
      joined.salesforce.records.update('Opportunity', deal, { StageName: 'Needs Analysis' });
      await joined.arrive(order);
      return [...joined.records()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { url: _, ...record }]) => record);
    };
    expect(await tell({ order: (all) => all.toReversed(), times: 2, batch: 1 })).toEqual(await tell({}));
  });

  it('are put aside with the reason where a message lacks the time', async () => {
    const joined = await join();
    const { deal } = acme(joined);
    const body = joined.salesforce.messages.bodyOf('Opportunity', [deal]).replace(/<sf:SystemModstamp>[^<]*<\/sf:SystemModstamp>/, '');
    await fetch(joined.door, { method: 'POST', body, headers: { 'content-type': 'text/xml' } });
    await joined.process();
    expect(joined.dead).toMatchObject([{ error: 'the outbound message of Opportunity needs the field SystemModstamp or LastModifiedDate' }]);
  });

  it('are taken with ids whose check letters do not fit: nobody is asked about them', async () => {
    const joined = await join();
    const { deal } = acme(joined);
    const odd = `${deal.slice(0, 15)}ZZZ`;
    const body = joined.salesforce.messages.bodyOf('Opportunity', [deal]).replace(`<sf:Id>${deal}</sf:Id>`, `<sf:Id>${odd}</sf:Id>`);
    await fetch(joined.door, { method: 'POST', body, headers: { 'content-type': 'text/xml' } });
    await joined.process();
    expect(joined.dead).toEqual([]);
    expect(joined.records().get(`deal:salesforce:${odd}`)).toMatchObject({ name: { value: 'Acme rollout' } });
  });

  it('need the fields that the guide names, and no others', () => {
    const rows = tableUnder(textOf('docs/crm/salesforce.md'), '3. Outbound messages');
    const named = rows.map(([object = '', fields = '']) => [object, [...fields.matchAll(/`(\w+)`/g)].map(([, name]) => name).sort()]);
    // Only orgs with several currencies have this one.
    const inGuide = Object.fromEntries(named.map(([object, fields]) => [object, (fields as string[]).filter((name) => name !== 'CurrencyIsoCode')]));
    expect(inGuide).toEqual(Object.fromEntries(Object.entries(selected).map(([object, fields]) => [object, fields.toSorted()])));
  });
});
