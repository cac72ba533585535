import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Signal } from '../../../../src/core/journey/signal.ts';
import { joinHubspot, monday } from './joined.ts';

type Joined = Awaited<ReturnType<typeof joinHubspot>>;
let joined: Joined;
beforeEach(async () => {
  joined = await joinHubspot();
});
afterEach(() => joined.close());

const ofType = <Type extends Signal['type']>(type: Type) => joined.signals.filter((signal): signal is Extract<Signal, { type: Type }> => signal.type === type);
const arrive = async (options: Parameters<Joined['send']>[0] = {}) => {
  const codes = await joined.send(options);
  await joined.process();
  return codes;
};

/** Acme with its deal, owner, and two people, made a day before "now". */
function acme() {
  const { records } = joined.hubspot;
  const company = records.create('companies', { name: 'Acme GmbH', domain: 'acme.example', lifecyclestage: 'opportunity', hubspot_owner_id: '12' });
  const deal = records.create('deals', { dealname: 'Acme rollout', pipeline: 'default', dealstage: 'qualifiedtobuy', amount: '48000', deal_currency_code: 'EUR', closedate: '2026-12-15T00:00:00Z', hubspot_owner_id: '11' });
  const priya = records.create('contacts', { firstname: 'Priya', lastname: 'Nair', email: 'priya@acme.example', jobtitle: 'CFO', hs_buying_role: 'BUDGET_HOLDER;DECISION_MAKER' });
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
    expect(people.get(`hubspot:${priya}`)).toMatchObject({ name: 'Priya Nair', title: 'CFO', roles: ['BUDGET_HOLDER', 'DECISION_MAKER'], accountId: `hubspot:${company}`, dealIds: [`hubspot:${deal}`] });
    expect(people.get(`hubspot:${jo}`)).toMatchObject({ name: 'jo@acme.example', roles: [], accountId: null });
  });

  it('says companies with domain, lifecycle stage and owner', async () => {
    const { company } = acme();
    await arrive();
    expect(ofType('account.upserted').map(({ account }) => account)).toEqual([
      { id: `hubspot:${company}`, name: 'Acme GmbH', domain: 'acme.example', lifecycleStage: 'opportunity', ownerEmail: 'omar@us.example', url: `https://app.hubspot.com/contacts/4242/record/0-2/${company}` },
    ]);
  });

  it('brings the company and the people of a deal along when only the deal is spoken of', async () => {
    const { deal } = acme();
    joined.hubspot.records.events.length = 0;
    joined.hubspot.records.update('deals', deal, { amount: '50000' });
    await arrive();
    expect(joined.signals.map(({ type }) => type).sort()).toEqual(['account.upserted', 'deal.upserted', 'person.upserted', 'person.upserted', 'stage.entered']);
  });

  it('takes a closed stage for won or lost by its probability', async () => {
    const { records } = joined.hubspot;
    records.create('deals', { dealname: 'Won', pipeline: 'default', dealstage: 'closedwon' });
    records.create('deals', { dealname: 'Lost', pipeline: 'default', dealstage: 'closedlost' });
    records.create('deals', { dealname: 'Odd', pipeline: 'default', dealstage: 'nobody-knows' });
    await arrive();
    expect(ofType('deal.upserted').map(({ deal: { name, status } }) => [name, status])).toEqual([['Won', 'won'], ['Lost', 'lost'], ['Odd', undefined]]);
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

  it('takes a person off a deal', async () => {
    const { deal, priya } = acme();
    await arrive();
    joined.tick(5_000);
    joined.hubspot.records.dissociate(['deals', deal], ['contacts', priya]);
    await arrive();
    expect(joined.records().get(`person:hubspot:${priya}`)).toMatchObject({ dealIds: { value: [] } });
  });
});

describe('ends', () => {
  it('makes a tombstone of a deleted record, and takes it back when it is restored', async () => {
    const { deal } = acme();
    await arrive();
    joined.tick(5_000);
    joined.hubspot.records.remove('deals', deal);
    await arrive();
    expect(ofType('record.deleted')).toEqual([expect.objectContaining({ occurredAt: monday + 5_000, record: { kind: 'deal', id: `hubspot:${deal}` } })]);
    joined.tick(5_000);
    joined.hubspot.records.restore('deals', deal);
    await arrive();
    expect(ofType('deal.upserted').at(-1)?.occurredAt).toBe(monday + 10_000);
  });

  it('makes a tombstone of what is not there any more, whoever mentions it', async () => {
    const { deal } = acme();
    joined.hubspot.records.remove('deals', deal);
    joined.hubspot.records.events.length = 0;
    joined.hubspot.records.noise('deal.propertyChange', { objectId: Number(deal), propertyName: 'amount', propertyValue: '1' });
    await joined.send();
    joined.tick(90_000);
    await joined.process();
    expect(ofType('record.deleted').map(({ record }) => record.id)).toEqual([`hubspot:${deal}`]);
  });

  it('waits for a record so new that the API does not show it', async () => {
    joined.hubspot.records.noise('deal.creation', { objectId: 1_001 });
    await arrive();
    expect([joined.signals.length, joined.waiting()]).toEqual([0, 1]);
    const deal = joined.hubspot.records.create('deals', { dealname: 'Late' });
    joined.hubspot.records.events.length = 0;
    joined.tick(20_000);
    await joined.process();
    expect(ofType('deal.upserted').map((signal) => signal.deal.id)).toEqual([`hubspot:${deal}`]);
  });

  it('erases a person for privacy, whichever of the two events comes first', async () => {
    const { priya } = acme();
    await arrive();
    joined.hubspot.records.erase(priya);
    await arrive({ order: (events) => events.toReversed() });
    expect(ofType('record.erased').map(({ record }) => record)).toEqual([{ kind: 'person', id: `hubspot:${priya}` }]);
    expect(joined.records().get(`person:hubspot:${priya}`)).toMatchObject({ erasedAt: monday });
    expect(joined.records().get(`person:hubspot:${priya}`)).not.toHaveProperty('email');
  });

  it('merges companies into the primary one', async () => {
    const { company } = acme();
    const twin = joined.hubspot.records.create('companies', { name: 'ACME' });
    await arrive();
    joined.tick(5_000);
    joined.hubspot.records.merge('companies', company, [twin]);
    await arrive();
    expect(ofType('record.merged').map(({ merge }) => merge)).toEqual([{ kind: 'account', from: [`hubspot:${twin}`], into: `hubspot:${company}` }]);
    expect(joined.records().has(`account:hubspot:${twin}`)).toBe(false);
  });

  it('merges contacts into the third record that the merge made', async () => {
    const { priya, jo, deal } = acme();
    await arrive();
    joined.tick(5_000);
    const survivor = joined.hubspot.records.merge('contacts', priya, [jo], { asNew: true });
    await arrive();
    expect(ofType('record.merged').map(({ merge }) => merge)).toEqual([{ kind: 'person', from: [priya, jo].map((id) => `hubspot:${id}`), into: `hubspot:${survivor}` }]);
    expect(joined.records().get(`person:hubspot:${survivor}`)).toMatchObject({ name: { value: 'Priya Nair' }, dealIds: { value: [`hubspot:${deal}`] } });
  });

  it('finds the survivor of a merge that was never told', async () => {
    const { priya, jo } = acme();
    joined.hubspot.records.merge('contacts', priya, [jo]);
    joined.hubspot.records.events.length = 0;
    joined.hubspot.records.noise('contact.propertyChange', { objectId: Number(jo), propertyName: 'email', propertyValue: 'x' });
    await arrive();
    expect(ofType('record.merged').map(({ merge }) => merge)).toEqual([{ kind: 'person', from: [`hubspot:${jo}`], into: `hubspot:${priya}` }]);
    expect(ofType('record.deleted')).toEqual([]);
  });
});

describe('engagements', () => {
  it('takes calls, e-mails and meetings for touchpoints, with who acted', async () => {
    const { records } = joined.hubspot;
    const { company, deal, priya, jo } = acme();
    const at = new Date(monday - 3_600_000).toISOString();
    const email = records.create('emails', { hs_timestamp: at, hs_email_direction: 'INCOMING_EMAIL', hs_email_from_email: 'Jo@acme.example' });
    const call = records.create('calls', { hs_timestamp: at, hs_call_direction: 'OUTBOUND' });
    const meeting = records.create('meetings', { hs_timestamp: at, hs_meeting_outcome: 'COMPLETED' });
    for (const [kind, id] of [['emails', email], ['calls', call], ['meetings', meeting]] as const) {
      records.associate([kind, id], ['deals', deal]);
      records.associate([kind, id], ['companies', company]);
    }
    for (const person of [priya, jo]) records.associate(['emails', email], ['contacts', person]);
    records.associate(['calls', call], ['contacts', priya]);
    await arrive();
    const about = { accountId: `hubspot:${company}`, dealId: `hubspot:${deal}` };
    expect(ofType('touchpoint.recorded').map(({ touchpoint }) => touchpoint)).toEqual(
      expect.arrayContaining([
        { ...about, personId: `hubspot:${jo}`, type: 'email', channel: 'email', direction: 'inbound' },
        { ...about, personId: `hubspot:${priya}`, type: 'call', channel: 'phone', direction: 'outbound' },
        { ...about, type: 'meeting', channel: 'meeting', direction: 'inbound' },
      ]),
    );
    expect(ofType('touchpoint.recorded')).toHaveLength(3);
  });

  it('reaches everybody an outgoing e-mail went to, and counts it once on the deal', async () => {
    const { records } = joined.hubspot;
    const { deal, priya, jo } = acme();
    const email = records.create('emails', { hs_timestamp: new Date(monday).toISOString(), hs_email_direction: 'EMAIL' });
    records.associate(['emails', email], ['deals', deal]);
    for (const person of [priya, jo]) records.associate(['emails', email], ['contacts', person]);
    await arrive();
    expect(ofType('touchpoint.recorded').map(({ touchpoint: { dealId, personId } }) => [dealId, personId])).toEqual([
      [`hubspot:${deal}`, `hubspot:${priya}`],
      [undefined, `hubspot:${jo}`],
    ]);
  });

  it('takes a meeting to come for the next step of its deal, and one called off for nothing', async () => {
    const { records } = joined.hubspot;
    const { deal } = acme();
    const planned = records.create('meetings', { hs_timestamp: '2026-06-10T09:00:00Z', hs_meeting_outcome: 'SCHEDULED' });
    const off = records.create('meetings', { hs_timestamp: '2026-05-10T09:00:00Z', hs_meeting_outcome: 'CANCELED' });
    for (const id of [planned, off]) records.associate(['meetings', id], ['deals', deal]);
    await arrive();
    expect(ofType('next-step.set').map(({ nextStep }) => nextStep)).toEqual([{ dealId: `hubspot:${deal}`, title: 'Meeting', due: '2026-06-10' }]);
    expect(ofType('touchpoint.recorded')).toEqual([]);
  });
});

describe('what is of no use', () => {
  it('counts it, says it once, and makes no dead letter of it', async () => {
    const { records } = joined.hubspot;
    for (let count = 0; count < 5; count += 1) records.noise('ticket.creation', { objectId: 900 + count });
    records.noise('object.creation', { objectId: 5, objectTypeId: '0-46' });
    records.noise('object.associationChange', { fromObjectId: 5, toObjectId: 6, fromObjectTypeId: '0-46', toObjectTypeId: '0-3' });
    records.noise('conversation.newMessage', { objectId: 5 });
    expect(await arrive()).toEqual([200]);
    expect(joined.ignored).toEqual([...Array.from({ length: 5 }, () => 'ticket.creation'), '0-46.creation', '0-46.associationChange', 'conversation.newMessage']);
    expect(joined.logger.lines.filter(({ level }) => level === 'info')).toHaveLength(4);
    expect([joined.dead, joined.signals]).toEqual([[], []]);
  });

  it('makes a dead letter of a row that is no event', async () => {
    const outcomes = await joined.source.parse([{ id: 1, source: 'hubspot', key: 'k', body: '{"a":1}', receivedAt: monday, attempts: 0 }], monday);
    expect(outcomes).toEqual([{ kind: 'dead', error: expect.stringContaining('not a HubSpot event') }]);
  });
});

describe('without an access token', () => {
  it('believes what the events say by themselves', async () => {
    await joined.close();
    joined = await joinHubspot({ withApi: false });
    const { records } = joined.hubspot;
    const company = records.create('companies');
    records.update('companies', company, { name: 'Acme GmbH' });
    const deal = records.create('deals');
    joined.tick(1_000);
    records.update('deals', deal, { dealname: 'Acme rollout', dealstage: 'contractsent', amount: '100' });
    records.associate(['deals', deal], ['companies', company], { primary: true });
    const person = records.create('contacts');
    records.update('contacts', person, { hs_buying_role: 'CHAMPION;INFLUENCER' });
    await arrive({ order: (events) => events.toReversed(), times: 2 });
    expect(joined.records().get(`deal:hubspot:${deal}`)).toMatchObject({
      name: { value: 'Acme rollout' },
      amount: { value: 100 },
      accountId: { value: `hubspot:${company}` },
      status: { value: 'open' },
      stages: [{ stage: 'contractsent', entered: true, at: monday + 1_000 }],
    });
    expect(joined.records().get(`account:hubspot:${company}`)).toMatchObject({ name: { value: 'Acme GmbH' } });
    expect(joined.records().get(`person:hubspot:${person}`)).toMatchObject({ roles: { value: ['CHAMPION', 'INFLUENCER'] } });
    joined.tick(1_000);
    records.remove('deals', deal);
    await arrive();
    expect(joined.records().get(`deal:hubspot:${deal}`)).toMatchObject({ deletedAt: monday + 2_000 });
  });
});
