import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acme } from './acme.ts';
import { type Joined, joinHubspot, monday } from './joined.ts';

let joined: Joined;
beforeEach(async () => {
  joined = await joinHubspot();
});
afterEach(() => joined.close());

describe('records', () => {
  it('says a deal with its company, stage, owner, money and page', async () => {
    const { company, deal } = acme(joined);
    await joined.arrive();
    expect(Object.assign({}, ...joined.ofType('deal.upserted').map(({ deal: said }) => said))).toEqual({
      id: `hubspot:${deal}`,
      accountId: `hubspot:${company}`,
      name: 'Acme rollout',
      pipeline: 'default',
      stage: 'qualifiedtobuy',
      amount: 48_000,
      currency: 'EUR',
      ownerEmail: 'dana@us.example',
      closeDate: '2026-12-15',
      status: 'open',
      url: `https://app.hubspot.com/contacts/4242/record/0-3/${deal}`,
    });
  });

  it('says people with their roles, company and deals, and calls the nameless by their e-mail', async () => {
    const { company, deal, priya, jo } = acme(joined);
    await joined.arrive();
    const people = new Map(joined.ofType('person.upserted').map(({ person }) => [person.id, person]));
    expect(people.get(`hubspot:${priya}`)).toMatchObject({
      name: 'Priya Nair',
      title: 'CFO',
      roles: ['BUDGET_HOLDER', 'DECISION_MAKER'],
      accountId: `hubspot:${company}`,
      dealIds: [`hubspot:${deal}`],
    });
    expect(people.get(`hubspot:${jo}`)).toMatchObject({ name: 'jo@acme.example', roles: [], accountId: null });
  });

  it('says companies with domain, lifecycle stage and owner', async () => {
    const { company } = acme(joined);
    await joined.arrive();
    expect(joined.ofType('account.upserted').map(({ account }) => account)).toEqual([
      {
        id: `hubspot:${company}`,
        name: 'Acme GmbH',
        domain: 'acme.example',
        lifecycleStage: 'opportunity',
        ownerEmail: 'omar@us.example',
        url: `https://app.hubspot.com/contacts/4242/record/0-2/${company}`,
      },
    ]);
  });

  it('brings the company and the people of a deal along when only the deal is spoken of', async () => {
    const { deal } = acme(joined);
    joined.hubspot.records.events.length = 0;
    joined.hubspot.records.update('deals', deal, { amount: '50000' });
    await joined.arrive();
    expect(joined.signals.map(({ type }) => type).sort()).toEqual([
      'account.upserted',
      'deal.upserted',
      'person.upserted',
      'person.upserted',
      'stage.entered',
    ]);
  });

  it('takes a closed stage for won or lost by its probability', async () => {
    const { records } = joined.hubspot;
    records.create('deals', { dealname: 'Won', pipeline: 'default', dealstage: 'closedwon' });
    records.create('deals', { dealname: 'Lost', pipeline: 'default', dealstage: 'closedlost' });
    records.create('deals', { dealname: 'Odd', pipeline: 'default', dealstage: 'nobody-knows' });
    await joined.arrive();
    expect(joined.ofType('deal.upserted').map(({ deal: { name, status } }) => [name, status])).toEqual([
      ['Won', 'won'],
      ['Lost', 'lost'],
      ['Odd', undefined],
    ]);
  });

  it('empties what was emptied', async () => {
    const { deal } = acme(joined);
    joined.hubspot.records.update('deals', deal, { amount: '', hubspot_owner_id: '', closedate: '' });
    await joined.arrive();
    expect(joined.ofType('deal.upserted')[0]?.deal).toMatchObject({ amount: null, ownerEmail: null, closeDate: null });
  });

  it('keeps an owner who has left', async () => {
    joined.hubspot.records.create('deals', { dealname: 'Orphan', hubspot_owner_id: '14' });
    await joined.arrive();
    expect(joined.ofType('deal.upserted')[0]?.deal.ownerEmail).toBe('left@us.example');
  });

  it('reads every page of associations and owners', async () => {
    const { records } = joined.hubspot;
    const deal = records.create('deals', { dealname: 'Crowd', hubspot_owner_id: '13' });
    const people = Array.from({ length: 5 }, () => records.create('contacts', { email: 'x@y.example' }));
    for (const person of people) records.associate(['deals', deal], ['contacts', person]);
    await joined.arrive();
    expect(joined.ofType('person.upserted')).toHaveLength(5);
    expect(joined.ofType('deal.upserted')[0]?.deal.ownerEmail).toBe('mia@us.example');
  });

  it('takes a close date for the day that it is in the zone of the account, whoever tells it', async () => {
    const { deal } = acme(joined);
    // Half past midnight in Berlin.
    joined.hubspot.records.update('deals', deal, { closedate: '2026-12-15T23:30:00.000Z' });
    await joined.arrive();
    const days = (): unknown[] => joined.ofType('deal.upserted').flatMap(({ deal: said }) => said.closeDate ?? []);
    expect(days().at(-1)).toBe('2026-12-16');
    joined.signals.length = 0;
    await joined.read();
    expect(days().at(-1)).toBe('2026-12-16');
  });

  it('takes a close date in a year that nobody means for none', async () => {
    const { deal } = acme(joined);
    joined.hubspot.records.update('deals', deal, { closedate: '+020026-12-15T00:00:00.000Z' });
    await joined.arrive();
    expect(joined.ofType('deal.upserted').map(({ deal: said }) => said.closeDate)).toContain(null);
    expect(joined.ofType('deal.upserted').every(({ deal: said }) => /^\d{4}-\d\d-\d\d$/.test(said.closeDate ?? '2026-01-01'))).toBe(true);
  });
});

describe('stages', () => {
  it('tells every stage with the time HubSpot has for it', async () => {
    const { records } = joined.hubspot;
    const deal = records.create('deals', { dealname: 'Mover', pipeline: 'default', dealstage: 'appointmentscheduled' });
    joined.tick(60_000);
    records.update('deals', deal, { dealstage: 'qualifiedtobuy' });
    joined.tick(60_000);
    records.update('deals', deal, { dealstage: 'qualifiedtobuy' });
    joined.tick(60_000);
    records.update('deals', deal, { dealstage: 'contractsent' });
    await joined.arrive({ order: (events) => events.toReversed() });
    expect(joined.ofType('stage.entered').map(({ stage, occurredAt }) => [stage.stage, occurredAt - monday])).toEqual([
      ['appointmentscheduled', 0],
      ['qualifiedtobuy', 60_000],
      ['contractsent', 180_000],
    ]);
  });
});

describe('associations', () => {
  it('moves a deal to another company though HubSpot does not count that as a modification', async () => {
    const { deal, company } = acme(joined);
    await joined.arrive();
    joined.tick(5_000);
    const other = joined.hubspot.records.create('companies', { name: 'Other AG' });
    joined.hubspot.records.associate(['deals', deal], ['companies', other], { primary: true });
    await joined.arrive();
    expect(joined.records().get(`deal:hubspot:${deal}`)).toMatchObject({ accountId: { value: `hubspot:${other}` } });
    expect(joined.records().get(`account:hubspot:${company}`)).toBeDefined();
  });

  it('finds the primary company on whatever page it is', async () => {
    const { records } = joined.hubspot;
    const deal = records.create('deals', { dealname: 'Joint venture' });
    const companies = Array.from({ length: 5 }, () => records.create('companies', { name: 'Partner' }));
    for (const [index, company] of companies.entries()) records.associate(['deals', deal], ['companies', company], { primary: index === 4 });
    await joined.arrive();
    expect(joined.records().get(`deal:hubspot:${deal}`)).toMatchObject({ accountId: { value: `hubspot:${companies[4]}` } });
  });

  it('takes a person off a deal', async () => {
    const { deal, priya } = acme(joined);
    await joined.arrive();
    joined.tick(5_000);
    joined.hubspot.records.dissociate(['deals', deal], ['contacts', priya]);
    await joined.arrive();
    expect(joined.records().get(`person:hubspot:${priya}`)).toMatchObject({ dealIds: { value: [] } });
  });
});
