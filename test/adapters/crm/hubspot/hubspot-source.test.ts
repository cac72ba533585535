import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Signal } from '../../../../src/core/journey/signal.ts';
import { joinHubspot, monday } from './joined.ts';

type Joined = Awaited<ReturnType<typeof joinHubspot>>;
let joined: Joined;
beforeEach(async () => {
  joined = await joinHubspot();
});
afterEach(() => joined.close());

const ofType = <Type extends Signal['type']>(type: Type) =>
  joined.signals.filter((signal): signal is Extract<Signal, { type: Type }> => signal.type === type);
const arrive = async (options: Parameters<Joined['send']>[0] = {}) => {
  const codes = await joined.send(options);
  await joined.process();
  return codes;
};

/** Acme with its deal, owner, and two people, made a day before "now". */
function acme() {
  const { records } = joined.hubspot;
  const company = records.create('companies', { name: 'Acme GmbH', domain: 'acme.example', lifecyclestage: 'opportunity', hubspot_owner_id: '12' });
  const deal = records.create('deals', {
    dealname: 'Acme rollout',
    pipeline: 'default',
    dealstage: 'qualifiedtobuy',
    amount: '48000',
    deal_currency_code: 'EUR',
    closedate: '2026-12-15T00:00:00Z',
    hubspot_owner_id: '11',
  });
  const priya = records.create('contacts', {
    firstname: 'Priya',
    lastname: 'Nair',
    email: 'priya@acme.example',
    jobtitle: 'CFO',
    hs_buying_role: 'BUDGET_HOLDER;DECISION_MAKER',
  });
  const jo = records.create('contacts', { email: 'jo@acme.example' });
  records.associate(['contacts', priya], ['companies', company], { primary: true });
  records.associate(['deals', deal], ['companies', company], { primary: true });
  records.associate(['deals', deal], ['contacts', priya]);
  records.associate(['deals', deal], ['contacts', jo]);
  return { company, deal, priya, jo };
}

describe('records', () => {
  it('says a deal with its company, stage, owner, money and page', async () => {
    const { company, deal } = acme();
    await arrive();
    expect(Object.assign({}, ...ofType('deal.upserted').map(({ deal: said }) => said))).toEqual({
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
    const { company, deal, priya, jo } = acme();
    await arrive();
    const people = new Map(ofType('person.upserted').map(({ person }) => [person.id, person]));
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
    const { company } = acme();
    await arrive();
    expect(ofType('account.upserted').map(({ account }) => account)).toEqual([
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
    const { deal } = acme();
    joined.hubspot.records.events.length = 0;
    joined.hubspot.records.update('deals', deal, { amount: '50000' });
    await arrive();
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
    await arrive();
    expect(ofType('deal.upserted').map(({ deal: { name, status } }) => [name, status])).toEqual([
      ['Won', 'won'],
      ['Lost', 'lost'],
      ['Odd', undefined],
    ]);
  });

  it('empties what was emptied', async () => {
    const { deal } = acme();
    joined.hubspot.records.update('deals', deal, { amount: '', hubspot_owner_id: '', closedate: '' });
    await arrive();
    expect(ofType('deal.upserted')[0]?.deal).toMatchObject({ amount: null, ownerEmail: null, closeDate: null });
  });

  it('keeps an owner who has left', async () => {
    joined.hubspot.records.create('deals', { dealname: 'Orphan', hubspot_owner_id: '14' });
    await arrive();
    expect(ofType('deal.upserted')[0]?.deal.ownerEmail).toBe('left@us.example');
  });

  it('reads every page of associations and owners', async () => {
    const { records } = joined.hubspot;
    const deal = records.create('deals', { dealname: 'Crowd', hubspot_owner_id: '13' });
    const people = Array.from({ length: 5 }, () => records.create('contacts', { email: 'x@y.example' }));
    for (const person of people) records.associate(['deals', deal], ['contacts', person]);
    await arrive();
    expect(ofType('person.upserted')).toHaveLength(5);
    expect(ofType('deal.upserted')[0]?.deal.ownerEmail).toBe('mia@us.example');
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
    await arrive({ order: (events) => events.toReversed() });
    expect(ofType('stage.entered').map(({ stage, occurredAt }) => [stage.stage, occurredAt - monday])).toEqual([
      ['appointmentscheduled', 0],
      ['qualifiedtobuy', 60_000],
      ['contractsent', 180_000],
    ]);
  });
});

describe('associations', () => {
  it('moves a deal to another company though HubSpot does not count that as a modification', async () => {
    const { deal, company } = acme();
    await arrive();
    joined.tick(5_000);
    const other = joined.hubspot.records.create('companies', { name: 'Other AG' });
    joined.hubspot.records.associate(['deals', deal], ['companies', other], { primary: true });
    await arrive();
    expect(joined.records().get(`deal:hubspot:${deal}`)).toMatchObject({ accountId: { value: `hubspot:${other}` } });
    expect(joined.records().get(`account:hubspot:${company}`)).toBeDefined();
  });

  it('finds the primary company on whatever page it is', async () => {
    const { records } = joined.hubspot;
    const deal = records.create('deals', { dealname: 'Joint venture' });
    const companies = Array.from({ length: 5 }, () => records.create('companies', { name: 'Partner' }));
    for (const [index, company] of companies.entries()) records.associate(['deals', deal], ['companies', company], { primary: index === 4 });
    await arrive();
    expect(joined.records().get(`deal:hubspot:${deal}`)).toMatchObject({ accountId: { value: `hubspot:${companies[4]}` } });
  });

  it('takes a person off a deal', async () => {
    const { deal, priya } = acme();
    await arrive();
    joined.tick(5_000);
    joined.hubspot.records.dissociate(['deals', deal], ['contacts', priya]);
    await arrive();
    expect(joined.records().get(`person:hubspot:${priya}`)).toMatchObject({ dealIds: { value: [] } });
  });
});
