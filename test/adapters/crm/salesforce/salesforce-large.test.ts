import { describe, expect, it } from 'vitest';
import { CrmRefusedError } from '../../../../src/app/errors.ts';
import { acme, type Joined, monday, salesforceOfTest } from './joined.ts';

const hour = 3_600_000;

/** Sixty calls, each with an account of its own: more than Salesforce looks through for a user who may not see all data. */
function calls(joined: Joined, apartMs: number): void {
  const { records, weather } = joined.salesforce;
  for (let count = 0; count < 60; count += 1) {
    joined.tick(apartMs);
    const account = records.create('Account', { Name: `Customer ${count}` });
    records.create('Task', { WhatId: account, TaskSubtype: 'Call', Status: 'Completed', Subject: 'Call' });
  }
  weather.mostWhos = 7;
}

const said = async (joined: Joined, since?: number) => (await joined.pages(since)).flatMap(({ signals }) => signals);
const aboutTasks = ({ salesforce }: Joined): string[] =>
  salesforce.requests.filter((path) => /FROM Task(?: WHERE SystemModstamp| ORDER|$)/.test(path));

describe('an org with more activities than Salesforce looks through at once', () => {
  it('is imported stretch by stretch, whole, and counted right', async () => {
    const joined = await salesforceOfTest({ pageSize: 10 });
    acme(joined);
    calls(joined, 5 * hour);
    const pages = await joined.pages();
    const { weather } = joined.salesforce;
    weather.mostWhos = 100_000;
    const whole = await joined.pages();
    expect(pages.map(({ total }) => total)).toEqual(whole.map(({ total }) => total));
    const ids = (found: typeof pages) => found.flatMap(({ signals }) => signals.map(({ id }) => id)).sort();
    expect(ids(pages)).toEqual(ids(whole));
    expect(pages.flatMap(({ signals }) => signals).filter(({ type }) => type === 'touchpoint.recorded')).toHaveLength(60);
  });

  it('is asked for little more than what there is', async () => {
    const joined = await salesforceOfTest({ pageSize: 10 });
    calls(joined, 5 * hour);
    await said(joined);
    expect(aboutTasks(joined).length).toBeLessThan(100);
  });

  it('is compared with one question where little has changed', async () => {
    const joined = await salesforceOfTest({ pageSize: 10 });
    calls(joined, 5 * hour);
    await said(joined);
    joined.salesforce.requests.length = 0;
    await said(joined, joined.now() - hour);
    expect(aboutTasks(joined)).toHaveLength(2);
  });

  it('is refused with what to do where a single second is too much', async () => {
    const joined = await salesforceOfTest();
    calls(joined, 0);
    const failed = await joined.pages().catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CrmRefusedError);
    expect(failed).toMatchObject({ message: expect.stringContaining('Task to read it to a user without View All Data') });
    expect(joined.now()).toBe(monday);
  });
});

describe('an org with tables that Salesforce takes too long to look through', () => {
  it('is imported stretch by stretch, whole, and counted right', async () => {
    const joined = await salesforceOfTest({ pageSize: 10 });
    acme(joined);
    calls(joined, 5 * hour);
    const { weather } = joined.salesforce;
    weather.mostWhos = 100_000;
    const whole = await joined.pages();
    weather.mostRows = 20;
    const pages = await joined.pages();
    expect(pages.map(({ total }) => total)).toEqual(whole.map(({ total }) => total));
    const ids = (found: typeof pages) => found.flatMap(({ signals }) => signals.map(({ id }) => id)).sort();
    expect(ids(pages)).toEqual(ids(whole));
  });

  it('has the two minutes that Salesforce gives a query', async () => {
    const joined = await salesforceOfTest({ timeoutMs: 100, queryTimeoutMs: 5_000 });
    acme(joined);
    joined.salesforce.weather.queryMs = 200;
    expect((await said(joined)).map(({ type }) => type)).toContain('stage.entered');
  });
});

describe('deals with more activities than Salesforce looks through at once', () => {
  /** Eight deals, each with a call to somebody and a task that is open. */
  async function busyDeals(): Promise<Joined> {
    const joined = await salesforceOfTest();
    const { records } = joined.salesforce;
    for (let count = 0; count < 8; count += 1) {
      const deal = records.create('Opportunity', { Name: `Deal ${count}`, StageName: 'Prospecting', CloseDate: '2026-12-15' });
      const contact = records.create('Contact', { LastName: `Person ${count}` });
      records.create('Task', { WhatId: deal, WhoId: contact, TaskSubtype: 'Call', Status: 'Completed', Subject: 'Call' });
      records.create('Task', { WhatId: deal, WhoId: contact, Status: 'Not Started', Subject: 'Send the offer', ActivityDate: '2026-06-10' });
    }
    return joined;
  }

  it.each([
    ['are of too many people and records', { mostWhos: 5 }],
    ['take too long', { mostRows: 5 }],
  ])('are looked up in parts where they %s', async (_what, weather) => {
    const joined = await busyDeals();
    Object.assign(joined.salesforce.weather, weather);
    await joined.arrive();
    const planned = new Set(joined.signals.flatMap((signal) => (signal.type === 'next-step.set' ? signal.nextStep.dealId : [])));
    expect(planned.size).toBe(8);
  });
});
