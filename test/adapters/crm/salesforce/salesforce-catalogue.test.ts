import { describe, expect, it } from 'vitest';
import { createSalesforceHistory } from '../../../../src/adapters/crm/salesforce/salesforce-history.ts';
import { acme, salesforceOfTest } from './joined.ts';

describe('the catalogue of Salesforce', () => {
  it('has the stages in their order, the owners with their addresses, and the role values', async () => {
    const joined = await salesforceOfTest();
    const catalogue = await joined.history.catalogue();
    expect(catalogue.pipelines).toMatchObject([{ id: 'default' }]);
    expect(catalogue.pipelines[0]?.stages).toEqual([
      { id: 'Prospecting', name: 'Prospecting', outcome: 'open', probability: 0.1 },
      { id: 'Needs Analysis', name: 'Needs Analysis', outcome: 'open', probability: 0.2 },
      { id: 'Negotiation/Review', name: 'Negotiation/Review', outcome: 'open', probability: 0.9 },
      { id: 'Closed Won', name: 'Closed Won', outcome: 'won', probability: 1 },
      { id: 'Closed Lost', name: 'Closed Lost', outcome: 'lost', probability: 0 },
    ]);
    expect(catalogue.owners).toEqual([
      { id: joined.salesforce.users.dana, name: 'Dana Weber', email: 'dana@us.example' },
      { id: joined.salesforce.users.omar, name: 'Omar Haddad', email: 'omar@us.example' },
    ]);
    expect(catalogue.roles.map(({ value }) => value)).toEqual(['Business User', 'Decision Maker', 'Economic Buyer', 'Evaluator']);
    expect(catalogue.lifecycles?.map(({ value }) => value)).toEqual(['Prospect', 'Customer - Direct', 'Pilot customer']);
    expect(catalogue.timezone).toBe('Europe/Berlin');
    joined.salesforce.weather.hidden = ['Organization'];
    expect(await joined.history.catalogue()).toEqual({ ...catalogue, timezone: null });
  });

  it('has a pipeline a record type, by the name that deals have it', async () => {
    const joined = await salesforceOfTest({ withRecordTypes: true });
    const { pipelines } = await joined.history.catalogue();
    expect(pipelines.map(({ id, name }) => ({ id, name }))).toEqual([
      { id: 'New_Business', name: 'New Business' },
      { id: 'Renewal', name: 'Renewal' },
    ]);
  });
});

describe('the probe of Salesforce', () => {
  it('finds nothing wrong where all is granted', async () => {
    const joined = await salesforceOfTest();
    acme(joined);
    const probes = await joined.history.probe();
    expect(probes.filter(({ ok }) => !ok)).toEqual([]);
    expect(probes.map(({ what }) => what)).toContain('Salesforce: reading OpportunityContactRole');
    expect(probes.find(({ what }) => what === 'Salesforce: reading Opportunity')?.detail).toBe('1 record');
  });

  it('says of each thing that is missing what to tick, and goes on', async () => {
    const joined = await salesforceOfTest();
    joined.salesforce.weather.hidden = ['Task', 'Contact.Title'];
    const wrong = (await joined.history.probe()).filter(({ ok }) => !ok);
    expect(wrong).toMatchObject([
      { what: 'Salesforce: reading Contact', fix: expect.stringContaining('Contact.Title') },
      { what: 'Salesforce: reading Task', fix: expect.stringContaining('Access Activities') },
    ]);
  });

  it('says which hidden fields it does without, beside those that not every org has', async () => {
    const joined = await salesforceOfTest();
    acme(joined);
    joined.salesforce.weather.hidden = ['Task.Type', 'Task.CallType', 'Account.Type'];
    const probes = new Map((await joined.history.probe()).map(({ what, ok, detail }) => [what, { ok, detail }]));
    expect(probes.get('Salesforce: reading Account')).toEqual({
      ok: true,
      detail: expect.stringMatching(/^1 record, without Account\.Type: .*Accounts/),
    });
    expect(probes.get('Salesforce: reading Task')).toEqual({ ok: true, detail: expect.stringContaining('without Task.Type, Task.CallType: ') });
    expect(probes.get('Salesforce: reading Opportunity')).toEqual({ ok: true, detail: '1 record' });
  });

  it('says whether the type of accounts is tracked, and where to tick it', async () => {
    const joined = await salesforceOfTest();
    const detail = async () => (await joined.history.probe()).find(({ what }) => what === 'Salesforce: the history of Account.Type');
    expect(await detail()).toMatchObject({ ok: true, detail: expect.stringContaining('Set History Tracking') });
    joined.salesforce.records.track('Type');
    expect(await detail()).toEqual({ what: expect.any(String), ok: true, detail: expect.stringMatching(/^tracked/), fix: null });
    joined.salesforce.weather.hidden = ['FieldDefinition'];
    expect(await detail()).toMatchObject({ ok: true, detail: expect.stringContaining('cannot be seen') });
  });

  it('tries nothing else without a token', async () => {
    const joined = await salesforceOfTest();
    joined.salesforce.weather.tokenError = { error: 'invalid_client_id', error_description: 'x' };
    expect(await joined.history.probe()).toMatchObject([{ ok: false, fix: expect.stringContaining('SALESFORCE_CLIENT_ID') }]);
  });

  it('notices that messages are awaited from another organization', async () => {
    const joined = await salesforceOfTest();
    const { probe } = createSalesforceHistory({ api: joined.api, clock: { now: joined.now }, organizationId: '00D000000000063' });
    expect((await probe())[0]).toMatchObject({ ok: false, fix: expect.stringContaining(joined.salesforce.organizationId) });
  });
});
