import { describe, expect, it } from 'vitest';
import type { HistoryPage } from '../../../../src/app/crm.ts';
import { CrmAwayError, CrmRefusedError } from '../../../../src/app/errors.ts';
import { acme, type Joined, monday, salesforceOfTest } from './joined.ts';
import { minute, seen, story } from './story.ts';

const signalsOf = (pages: HistoryPage[]) => pages.flatMap(({ signals }) => signals);

describe('the history of Salesforce', () => {
  it('goes on after each cursor as if it had never stopped, and doubles nothing', async () => {
    const joined = await salesforceOfTest({ pageSize: 2 });
    await story(joined);
    for (const since of [null, monday]) {
      const whole = await joined.pages(since);
      expect(whole.length).toBeGreaterThan(8);
      const expected = seen(joined, signalsOf(whole));
      for (const [index, { cursor }] of whole.entries()) {
        if (cursor === null) continue;
        const rest = await joined.pages(since, cursor);
        expect(rest).toEqual(whole.slice(index + 1));
        expect(seen(joined, signalsOf([...whole.slice(0, index + 1), ...rest]))).toEqual(expected);
      }
      expect(whole.at(-1)?.cursor).toBeNull();
    }
  });

  it('begins anew with a cursor that is none of its own', async () => {
    const joined = await salesforceOfTest();
    await story(joined);
    expect(await joined.pages(null, '{"phase":"Nothing"}')).toEqual(await joined.pages());
  });

  it('counts its rows beforehand, deleted ones among them', async () => {
    const joined = await salesforceOfTest({ pageSize: 3 });
    await story(joined);
    const pages = await joined.pages();
    const rows = pages.reduce((sum, page) => sum + page.rows, 0);
    expect(pages.map(({ total }) => total)).toEqual(pages.map(() => rows));
  });

  it('reads answers that Salesforce cuts into parts', async () => {
    const joined = await salesforceOfTest();
    await story(joined);
    const whole = signalsOf(await joined.pages());
    joined.salesforce.weather.batch = 2;
    expect(signalsOf(await joined.pages())).toEqual(whole);
    expect(joined.salesforce.requests.some((path) => path.includes('/query/01g'))).toBe(true);
  });

  it('meets what changes while it is read once more at the end', async () => {
    const joined = await salesforceOfTest({ pageSize: 1 });
    const { deal } = acme(joined);
    const other = joined.salesforce.records.create('Opportunity', { Name: 'Other', StageName: 'Prospecting', CloseDate: '2026-10-01' });
    const signals = [];
    let isChanged = false;
    for await (const page of joined.history.pages({ since: null, cursor: null }, joined.stopping.signal)) {
      signals.push(...page.signals);
      if (isChanged || !page.signals.some((signal) => signal.type === 'deal.upserted' && signal.deal.id === `salesforce:${deal}`)) continue;
      isChanged = true;
      joined.tick(minute);
      joined.salesforce.records.update('Opportunity', deal, { Amount: 1 });
    }
    expect(joined.records(signals).get(`deal:salesforce:${deal}`)).toMatchObject({ amount: { value: 1 } });
    expect(joined.records(signals).has(`deal:salesforce:${other}`)).toBe(true);
  });

  it('brings only what has changed, with the time that a long transaction may take', async () => {
    const joined = await salesforceOfTest();
    const { deal, account } = acme(joined);
    joined.tick(60 * minute);
    joined.salesforce.records.update('Opportunity', deal, { Amount: 1 });
    const [before, after] = [await joined.pages(joined.now() - 40 * minute), await joined.pages(joined.now() + 14 * minute)];
    const ids = (pages: HistoryPage[]) => [...joined.records(signalsOf(pages)).keys()];
    expect(ids(before)).toEqual([`deal:salesforce:${deal}`]);
    expect(ids(after)).toEqual([`deal:salesforce:${deal}`]);
    expect(ids(await joined.pages(monday))).toContain(`account:salesforce:${account}`);
  });

  it('brings a meeting once it has begun, though nothing has changed in Salesforce', async () => {
    const joined = await salesforceOfTest();
    const { deal, jo } = acme(joined);
    joined.salesforce.records.create('Event', { WhatId: deal, WhoId: jo, Subject: 'Demo', StartDateTime: monday + 120 * minute });
    expect(signalsOf(await joined.pages()).filter(({ type }) => type === 'touchpoint.recorded')).toEqual([]);
    joined.tick(180 * minute);
    const touchpoints = signalsOf(await joined.pages(joined.now() - 70 * minute)).filter(({ type }) => type === 'touchpoint.recorded');
    expect(touchpoints).toMatchObject([{ occurredAt: monday + 120 * minute, touchpoint: { type: 'meeting', dealId: `salesforce:${deal}` } }]);
  });

  it('says what was deleted, restored and merged', async () => {
    const joined = await salesforceOfTest();
    const { deal, priya, jo } = acme(joined);
    joined.tick(minute);
    joined.salesforce.records.remove('Opportunity', deal);
    joined.salesforce.records.merge('Contact', priya, jo);
    const gone = signalsOf(await joined.pages());
    expect(gone.filter(({ type }) => type === 'record.deleted')).toMatchObject([
      { occurredAt: joined.now(), record: { kind: 'deal', id: `salesforce:${deal}` } },
    ]);
    expect(gone.filter(({ type }) => type === 'record.merged')).toMatchObject([
      { merge: { kind: 'person', from: [`salesforce:${jo}`], into: `salesforce:${priya}` } },
    ]);
    joined.tick(minute);
    joined.salesforce.records.undelete('Opportunity', deal);
    const deals = joined.records([...gone, ...signalsOf(await joined.pages(joined.now()))]).get(`deal:salesforce:${deal}`);
    expect(deals?.source?.at).toBeGreaterThan(deals?.deletedAt ?? 0);
  });

  it('reports a row that it cannot read, and goes on', async () => {
    const joined = await salesforceOfTest();
    const { deal } = acme(joined);
    joined.salesforce.records.update('Opportunity', deal, { Amount: 'a lot' });
    const pages = await joined.pages();
    expect(pages.flatMap(({ refused }) => refused)).toMatchObject([{ where: `Opportunity ${deal}`, why: expect.stringContaining('Amount') }]);
    expect(signalsOf(pages).some(({ type }) => type === 'person.upserted')).toBe(true);
  });

  it('says a stage that its history does not know as it is seen', async () => {
    const joined = await salesforceOfTest();
    const { deal } = acme(joined);
    for (const { Id } of joined.salesforce.records.rows('OpportunityHistory')) joined.salesforce.records.purge('OpportunityHistory', String(Id));
    expect(joined.records(signalsOf(await joined.pages())).get(`deal:salesforce:${deal}`)).toMatchObject({
      stages: [{ stage: 'Prospecting', entered: false }],
      closeDates: [{ value: '2026-12-15' }],
    });
  });

  it('asks for a new token when the old one has expired', async () => {
    const joined = await salesforceOfTest();
    await story(joined);
    const whole = await joined.pages();
    joined.tick(3 * 60 * minute);
    expect(await joined.pages()).toEqual(whole);
    joined.salesforce.expireTokens();
    expect(await joined.pages()).toEqual(whole);
    expect(joined.salesforce.requests.filter((path) => path.startsWith('/services/oauth2/token'))).toHaveLength(3);
  });
});

describe('a Salesforce that does not answer', () => {
  const failureOf = (joined: Joined): Promise<unknown> =>
    joined.pages().then(
      () => null,
      (error: unknown) => error,
    );

  it.each([
    ['has no requests left', { limited: true }, 'limit'],
    ['is down', { outage: 503 }, 'does not answer'],
    ['hangs up', { hangUp: true }, 'does not answer'],
    ['takes too long', { silent: true }, 'does not answer'],
  ])('is away when it %s, and says until when', async (_what, weather, words) => {
    const joined = await salesforceOfTest({ concurrency: 1, queryTimeoutMs: 400 });
    acme(joined);
    await joined.api.origin();
    Object.assign(joined.salesforce.weather, weather);
    const error = await failureOf(joined);
    expect(error).toBeInstanceOf(CrmAwayError);
    expect(error).toMatchObject({ message: expect.stringContaining(words) });
    expect((error as CrmAwayError).retryAt).toBeGreaterThan(joined.now());
    // Until then nobody asks.
    const asked = joined.salesforce.requests.length;
    expect(await failureOf(joined)).toBeInstanceOf(CrmAwayError);
    expect(joined.salesforce.requests).toHaveLength(asked);
    Object.assign(joined.salesforce.weather, { limited: false, outage: null, hangUp: false, silent: false });
    joined.tick(20 * minute);
    expect(await failureOf(joined)).toBeNull();
  });

  it.each([
    ['a field', ['Opportunity.Amount'], ['Opportunity.Amount', 'Field Permissions', 'Read Access']],
    ['two fields', ['Contact.Email', 'Contact.Title'], ['Contact.Email, Contact.Title', 'Contacts']],
    ['an object', ['OpportunityContactRole'], ['OpportunityContactRole', 'Opportunities and Contacts']],
    ['owners', ['Opportunity.OwnerId'], ['Opportunity.Owner']],
  ])('refuses until %s is granted, and the bot says what to tick', async (_what, hidden, words) => {
    const joined = await salesforceOfTest();
    acme(joined);
    joined.salesforce.weather.hidden = hidden;
    const error = await failureOf(joined);
    expect(error).toBeInstanceOf(CrmRefusedError);
    for (const word of words) expect((error as Error).message).toContain(word);
    joined.salesforce.weather.hidden = [];
    expect(await failureOf(joined)).toBeNull();
  });

  it('does without what only some editions have', async () => {
    const joined = await salesforceOfTest();
    const { deal, account } = acme(joined);
    joined.salesforce.weather.hidden = ['Account.Website', 'Account.Type', 'AccountHistory', 'Task.CallType', 'Event.Type', 'EmailMessage'];
    const records = joined.records(signalsOf(await joined.pages()));
    expect(records.get(`deal:salesforce:${deal}`)).toBeDefined();
    expect(records.get(`account:salesforce:${account}`)).toMatchObject({ name: { value: 'Acme GmbH & Co. <KG>' } });
  });

  it('reads within the hour what it is shown from then on', async () => {
    const joined = await salesforceOfTest();
    const { account } = acme(joined);
    const { records, weather } = joined.salesforce;
    records.update('Account', account, { Type: 'Prospect', Website: 'acme.example' });
    records.track('Type');
    joined.tick(minute);
    records.update('Account', account, { Type: 'Customer' });
    const found = async () => joined.records(signalsOf(await joined.pages())).get(`account:salesforce:${account}`);
    weather.hidden = ['AccountHistory', 'Account.Website'];
    expect(await found()).toMatchObject({ stages: [{ stage: 'Customer' }], domain: { value: null } });
    weather.hidden = [];
    joined.tick(60 * minute);
    expect(await found()).toMatchObject({ stages: [{ stage: 'Customer' }, { stage: 'Prospect' }], domain: { value: 'acme.example' } });
  });

  it.each([
    ['invalid_client_id', 'SALESFORCE_CLIENT_ID'],
    ['invalid_client', 'SALESFORCE_CLIENT_SECRET'],
    ['invalid_grant', 'Run As'],
  ])('refuses a token with %s, and the bot says where to look', async (error, words) => {
    const joined = await salesforceOfTest();
    joined.salesforce.weather.tokenError = { error, error_description: 'no client credentials user enabled' };
    const failure = await failureOf(joined);
    expect(failure).toBeInstanceOf(CrmRefusedError);
    expect((failure as Error).message).toContain(words);
    expect((failure as Error).message).not.toContain(joined.salesforce.clientSecret);
  });

  it('is let go at once when the bot stops', async () => {
    const joined = await salesforceOfTest();
    acme(joined);
    await joined.api.origin();
    joined.salesforce.weather.silent = true;
    const failure = failureOf(joined);
    joined.stopping.abort();
    expect(await failure).toBeInstanceOf(CrmAwayError);
  });
});
