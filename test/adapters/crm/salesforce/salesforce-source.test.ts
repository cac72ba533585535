import { describe, expect, it } from 'vitest';
import { acme, salesforceOfTest } from './joined.ts';

describe('outbound messages with the API', () => {
  it('become records as Salesforce has them now', async () => {
    const joined = await salesforceOfTest();
    const { deal, priya, account } = acme(joined);
    joined.tick(60_000);
    joined.salesforce.records.update('Opportunity', deal, { StageName: 'Needs Analysis', Amount: 52_000 });
    expect(new Set(await joined.arrive())).toEqual(new Set([200]));
    expect(joined.salesforce.messages.waiting()).toBe(0);
    expect(joined.dead).toEqual([]);
    const records = joined.records();
    expect(records.get(`deal:salesforce:${deal}`)).toMatchObject({
      name: { value: 'Acme rollout' },
      accountId: { value: `salesforce:${account}` },
      amount: { value: 52_000 },
      ownerEmail: { value: 'dana@us.example' },
      pipeline: { value: 'default' },
      status: { value: 'open' },
      url: { value: `${joined.salesforce.url}/${deal}` },
      closeDates: [{ value: '2026-12-15' }],
      stages: [
        { stage: 'Needs Analysis', entered: true, at: joined.now() },
        { stage: 'Prospecting', entered: true },
      ],
    });
    expect(records.get(`person:salesforce:${priya}`)).toMatchObject({
      name: { value: 'Priya Nair' },
      title: { value: 'CFO' },
      roles: { value: ['Economic Buyer'] },
      dealIds: { value: [`salesforce:${deal}`] },
    });
    expect(records.get(`account:salesforce:${account}`)).toMatchObject({
      name: { value: 'Acme GmbH & Co. <KG>' },
      domain: { value: 'acme.example' },
      ownerEmail: { value: 'omar@us.example' },
    });
  });

  it('bring what hangs on a deal, though nothing was heard of that', async () => {
    const joined = await salesforceOfTest();
    const { deal, priya, account } = acme(joined);
    await joined.arrive({ lose: ({ object }) => object !== 'Opportunity' });
    expect([...joined.records().keys()].sort()).toEqual(
      [`account:salesforce:${account}`, `deal:salesforce:${deal}`, `person:salesforce:${priya}`].sort(),
    );
  });

  it('say several roles of one contact, and forget those that are taken back', async () => {
    const joined = await salesforceOfTest();
    const { salesforce, tick } = joined;
    const { deal, priya, role } = acme(joined);
    const second = salesforce.records.create('Opportunity', { Name: 'Second', StageName: 'Prospecting', CloseDate: '2026-10-01' });
    salesforce.records.create('OpportunityContactRole', { OpportunityId: second, ContactId: priya, Role: 'Evaluator' });
    salesforce.records.create('OpportunityContactRole', { OpportunityId: deal, ContactId: priya, Role: 'Decision Maker' });
    await joined.arrive();
    const person = () => joined.records().get(`person:salesforce:${priya}`);
    expect(person()).toMatchObject({
      roles: { value: ['Decision Maker', 'Economic Buyer', 'Evaluator'] },
      dealIds: { value: [`salesforce:${deal}`, `salesforce:${second}`].sort() },
    });
    tick(60_000);
    salesforce.records.remove('OpportunityContactRole', role);
    // Salesforce sends no message of a deletion; the deal's next one tells.
    salesforce.records.update('Opportunity', deal, { Amount: 1 });
    await joined.arrive();
    expect(person()).toMatchObject({
      roles: { value: ['Decision Maker', 'Evaluator'] },
      dealIds: { value: [`salesforce:${deal}`, `salesforce:${second}`].sort() },
    });
  });

  it('name the record type as the pipeline where there are any', async () => {
    const joined = await salesforceOfTest({ withRecordTypes: true });
    const { deal } = acme(joined);
    joined.salesforce.records.update('Opportunity', deal, { RecordTypeId: joined.salesforce.recordTypes[1]?.id ?? '' });
    await joined.arrive();
    expect(joined.records().get(`deal:salesforce:${deal}`)).toMatchObject({ pipeline: { value: 'Renewal' } });
  });

  it('say when a deal was won or lost', async () => {
    const joined = await salesforceOfTest();
    const { deal } = acme(joined);
    const lost = joined.salesforce.records.create('Opportunity', { Name: 'Lost', StageName: 'Closed Lost', CloseDate: '2026-06-01' });
    joined.salesforce.records.update('Opportunity', deal, { StageName: 'Closed Won' });
    await joined.arrive();
    expect(joined.records().get(`deal:salesforce:${deal}`)).toMatchObject({ status: { value: 'won' } });
    expect(joined.records().get(`deal:salesforce:${lost}`)).toMatchObject({ status: { value: 'lost' } });
  });

  it('take logged calls, e-mails and meetings as touchpoints, and no to-dos', async () => {
    const joined = await salesforceOfTest();
    const { salesforce } = joined;
    const { deal, priya } = acme(joined);
    const about = { WhatId: deal, WhoId: priya, Status: 'Completed', ActivityDate: '2026-06-01' };
    salesforce.records.create('Task', { ...about, TaskSubtype: 'Call', CallType: 'Inbound', Subject: 'Call' });
    const mail = salesforce.records.create('Task', { ...about, TaskSubtype: 'Email', Subject: 'Email: Re: offer' });
    salesforce.records.put('EmailMessage', { ActivityId: mail, Incoming: true });
    salesforce.records.create('Task', { ...about, TaskSubtype: 'Email', Subject: 'Email: Offer', ActivityDate: '2026-05-29' });
    salesforce.records.create('Task', { ...about, TaskSubtype: 'Task', Subject: 'Prepare quote' });
    salesforce.records.create('Event', {
      WhatId: deal,
      WhoId: priya,
      Subject: 'Review',
      Type: 'Security Review',
      StartDateTime: Date.parse('2026-06-01T09:00:00Z'),
    });
    await joined.arrive();
    const said = joined
      .ofType('touchpoint.recorded')
      .map(({ occurredAt, touchpoint: { type, direction } }) => ({ type, direction, at: new Date(occurredAt).toISOString() }));
    expect(said.sort((a, b) => (a.at + a.type < b.at + b.type ? -1 : 1))).toEqual([
      { type: 'email', direction: 'outbound', at: '2026-05-29T12:00:00.000Z' },
      { type: 'security_review', direction: 'inbound', at: '2026-06-01T09:00:00.000Z' },
      { type: 'call', direction: 'inbound', at: '2026-06-01T12:00:00.000Z' },
      { type: 'email', direction: 'inbound', at: '2026-06-01T12:00:00.000Z' },
    ]);
    expect(joined.records().get(`person:salesforce:${priya}`)).toMatchObject({ lastInboundAt: joined.now() });
  });

  it('count a meeting for everybody of theirs who was there', async () => {
    const joined = await salesforceOfTest();
    const { salesforce } = joined;
    const { deal, priya, jo, account } = acme(joined);
    salesforce.weather.hidden = [];
    const meeting = salesforce.records.create('Event', { WhatId: deal, WhoId: priya, Subject: 'Review', StartDateTime: joined.now() });
    const call = salesforce.records.create('Task', { WhatId: account, TaskSubtype: 'Call', Status: 'Completed', Subject: 'Call' });
    for (const RelationId of [deal, priya, jo]) salesforce.records.put('EventRelation', { EventId: meeting, RelationId });
    salesforce.records.put('TaskRelation', { TaskId: call, RelationId: jo });
    await joined.arrive();
    expect(joined.ofType('touchpoint.recorded').map(({ touchpoint: { type, dealId, personId } }) => [type, dealId, personId])).toEqual([
      ['meeting', `salesforce:${deal}`, `salesforce:${priya}`],
      ['meeting', `salesforce:${deal}`, `salesforce:${jo}`],
      ['call', undefined, `salesforce:${jo}`],
    ]);
    expect(joined.records().get(`person:salesforce:${jo}`)).toMatchObject({ lastInboundAt: joined.now(), lastOutboundAt: joined.now() });
  });

  it('take open tasks with a date and meetings to come as the next step, until they are done', async () => {
    const joined = await salesforceOfTest();
    const { salesforce, tick } = joined;
    const { deal } = acme(joined);
    const step = () => {
      const record = joined.records().get(`deal:salesforce:${deal}`);
      return record?.kind === 'deal' ? record.nextStep?.value : undefined;
    };
    const todo = salesforce.records.create('Task', { WhatId: deal, Subject: 'Send contract', ActivityDate: '2026-06-10', Status: 'Open' });
    await joined.arrive();
    expect(step()).toEqual({ title: 'Send contract', due: '2026-06-10' });
    tick(60_000);
    const demo = salesforce.records.create('Event', { WhatId: deal, Subject: 'Demo', StartDateTime: Date.parse('2026-06-12T09:00:00Z') });
    await joined.arrive();
    expect(step()).toEqual({ title: 'Demo', due: '2026-06-12' });
    expect(joined.ofType('touchpoint.recorded')).toEqual([]);
    tick(60_000);
    salesforce.records.remove('Event', demo);
    salesforce.records.update('Opportunity', deal, { Amount: 2 });
    await joined.arrive();
    expect(step()).toEqual({ title: 'Send contract', due: '2026-06-10' });
    tick(60_000);
    salesforce.records.update('Task', todo, { Status: 'Completed' });
    await joined.arrive();
    expect(step()).toBeNull();
  });

  it('are counted by name where the bot has no use for them', async () => {
    const joined = await salesforceOfTest();
    acme(joined);
    const body = joined.salesforce.messages.bodyOf('Account', ['001000000000001AAA']).replaceAll('sf:Account', 'sf:Case');
    const response = await fetch(joined.door, { method: 'POST', body, headers: { 'content-type': 'text/xml' } });
    expect(response.status).toBe(200);
    await joined.process();
    expect(joined.ignored).toEqual(['Case']);
    expect(joined.dead).toEqual([]);
    expect(joined.signals).toEqual([]);
  });

  it('wait while Salesforce is away, and ask it once however many wait', async () => {
    const joined = await salesforceOfTest();
    const { deal } = acme(joined);
    joined.salesforce.weather.outage = 503;
    await joined.arrive();
    const waiting = joined.waiting();
    expect(waiting).toBeGreaterThan(3);
    expect(joined.signals).toEqual([]);
    const asked = joined.salesforce.requests.length;
    await joined.process();
    expect(joined.salesforce.requests).toHaveLength(asked);
    joined.salesforce.weather.outage = null;
    joined.tick(60_000);
    await joined.process();
    expect(joined.waiting()).toBe(0);
    expect(joined.records().get(`deal:salesforce:${deal}`)).toMatchObject({ name: { value: 'Acme rollout' } });
  });

  it('wait while something is not granted, and say what', async () => {
    const joined = await salesforceOfTest();
    acme(joined);
    joined.salesforce.weather.hidden = ['Opportunity.Amount'];
    await joined.arrive();
    expect(joined.dead).toEqual([]);
    expect(joined.logger.lines.map((line) => JSON.stringify(line)).join('\n')).toContain('Opportunity.Amount');
    joined.salesforce.weather.hidden = [];
    joined.tick(10 * 60_000);
    await joined.process();
    expect(joined.waiting()).toBe(0);
  });
});
