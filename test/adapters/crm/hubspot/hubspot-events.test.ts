import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acme } from './acme.ts';
import { type Joined, joinHubspot, monday } from './joined.ts';

let joined: Joined;
beforeEach(async () => {
  joined = await joinHubspot();
});
afterEach(() => joined.close());

describe('engagements', () => {
  it('takes calls, e-mails and meetings for touchpoints, with who acted', async () => {
    const { records } = joined.hubspot;
    const { company, deal, priya, jo } = acme(joined);
    const at = new Date(monday - 3_600_000).toISOString();
    const email = records.create('emails', { hs_timestamp: at, hs_email_direction: 'INCOMING_EMAIL', hs_email_from_email: 'Jo@acme.example' });
    const call = records.create('calls', { hs_timestamp: at, hs_call_direction: 'OUTBOUND', hubspot_owner_id: '12' });
    const meeting = records.create('meetings', { hs_timestamp: at, hs_meeting_outcome: 'COMPLETED' });
    for (const [kind, id] of [
      ['emails', email],
      ['calls', call],
      ['meetings', meeting],
    ] as const) {
      records.associate([kind, id], ['deals', deal]);
      records.associate([kind, id], ['companies', company]);
    }
    for (const person of [priya, jo]) records.associate(['emails', email], ['contacts', person]);
    records.associate(['calls', call], ['contacts', priya]);
    await joined.arrive();
    const about = { accountId: `hubspot:${company}`, dealId: `hubspot:${deal}` };
    expect(joined.ofType('touchpoint.recorded').map(({ touchpoint }) => touchpoint)).toEqual(
      expect.arrayContaining([
        { ...about, personId: `hubspot:${jo}`, type: 'email', channel: 'email', direction: 'inbound' },
        { ...about, personId: `hubspot:${priya}`, type: 'call', channel: 'phone', direction: 'outbound', by: 'omar@us.example' },
        { ...about, type: 'meeting', channel: 'meeting', direction: 'inbound' },
      ]),
    );
    expect(joined.ofType('touchpoint.recorded')).toHaveLength(3);
  });

  it('reaches everybody an outgoing e-mail went to: a touchpoint of each, of one e-mail', async () => {
    const { records } = joined.hubspot;
    const { deal, priya, jo } = acme(joined);
    const email = records.create('emails', { hs_timestamp: new Date(monday).toISOString(), hs_email_direction: 'EMAIL' });
    records.associate(['emails', email], ['deals', deal]);
    for (const person of [priya, jo]) records.associate(['emails', email], ['contacts', person]);
    await joined.arrive();
    expect(joined.ofType('touchpoint.recorded').map(({ id, touchpoint: { dealId, personId } }) => [id, dealId, personId])).toEqual(
      [priya, jo].map((person) => [`hubspot:email:${email}:about:hubspot:${deal}:with:hubspot:${person}`, `hubspot:${deal}`, `hubspot:${person}`]),
    );
  });

  function emailFrom(sender: string, deal: string, contacts: string[]): string {
    const { records } = joined.hubspot;
    const properties = { hs_timestamp: new Date(monday).toISOString(), hs_email_direction: 'INCOMING_EMAIL', hs_email_from_email: sender };
    const email = records.create('emails', properties);
    records.associate(['emails', email], ['deals', deal]);
    for (const person of contacts) records.associate(['emails', email], ['contacts', person]);
    return email;
  }

  const sendersOf = (email: string) =>
    joined.ofType('touchpoint.recorded').flatMap(({ id, touchpoint }) => (id.includes(`:${email}:`) ? [touchpoint.personId] : []));

  it('knows who sent an e-mail by any of their addresses, and does not take who is left on it for its sender', async () => {
    const { records } = joined.hubspot;
    const { deal, priya, jo } = acme(joined);
    records.update('contacts', jo, { hs_additional_emails: 'jo@home.example;j@acme.example' });
    records.update('contacts', priya, { email: 'priya@elsewhere.example' });
    const emails = [
      emailFrom('J@acme.example', deal, [priya, jo]),
      emailFrom('gone@acme.example', deal, [priya]),
      emailFrom('priya@acme.example', deal, [jo, priya]),
    ];
    await joined.arrive();
    expect(emails.map(sendersOf)).toEqual([[`hubspot:${jo}`], [undefined], [`hubspot:${priya}`]]);
  });

  it('knows who sent an e-mail by an address of somebody who was merged into them, also a former one', async () => {
    const { records } = joined.hubspot;
    const { deal, priya, jo } = acme(joined);
    records.update('contacts', priya, { email: 'priya@elsewhere.example' });
    const emails = ['priya@acme.example', 'priya@elsewhere.example'].map((address) => emailFrom(address, deal, [priya, jo]));
    const survivor = records.merge('contacts', jo, [priya], { asNew: true });
    await joined.arrive();
    expect(emails.map(sendersOf)).toEqual([[`hubspot:${survivor}`], [`hubspot:${survivor}`]]);
  });

  it('tells by its sender which way an e-mail went that one of ours forwarded to HubSpot', async () => {
    const { records } = joined.hubspot;
    const { deal, priya, jo } = acme(joined);
    records.update('contacts', priya, { email: 'priya@elsewhere.example' });
    for (const sender of ['Jo@acme.example', 'priya@acme.example', 'omar@us.example', '']) {
      const properties = { hs_timestamp: new Date(monday).toISOString(), hs_email_direction: 'FORWARDED_EMAIL', hs_email_from_email: sender };
      const email = records.create('emails', properties);
      records.associate(['emails', email], ['deals', deal]);
      for (const person of [priya, jo]) records.associate(['emails', email], ['contacts', person]);
    }
    await joined.arrive();
    const both = [priya, jo].map((person) => ['outbound', `hubspot:${person}`]);
    expect(joined.ofType('touchpoint.recorded').map(({ touchpoint: { direction, personId } }) => [direction, personId])).toEqual([
      ['inbound', `hubspot:${jo}`],
      ['inbound', `hubspot:${priya}`],
      ...both,
      ...both,
    ]);
  });

  it('takes all who are on an e-mail of which HubSpot names no sender for those who wrote, whoever of them is deleted', async () => {
    const { records } = joined.hubspot;
    const { deal, priya, jo } = acme(joined);
    const email = records.create('emails', { hs_timestamp: new Date(monday).toISOString(), hs_email_direction: 'INCOMING_EMAIL' });
    records.associate(['emails', email], ['deals', deal]);
    for (const person of [priya, jo]) records.associate(['emails', email], ['contacts', person]);
    const said = () => joined.ofType('touchpoint.recorded').map(({ touchpoint }) => touchpoint.personId);
    await joined.arrive();
    expect(said()).toEqual([`hubspot:${priya}`, `hubspot:${jo}`]);
  });

  it('takes an e-mail that bounced, failed or was not sent yet for no attempt to reach anybody', async () => {
    const { records } = joined.hubspot;
    const { deal, jo } = acme(joined);
    for (const hs_email_status of ['BOUNCED', 'FAILED', 'SCHEDULED', 'SENDING', 'SENT']) {
      const email = records.create('emails', { hs_timestamp: new Date(monday).toISOString(), hs_email_direction: 'EMAIL', hs_email_status });
      records.associate(['emails', email], ['deals', deal]);
      records.associate(['emails', email], ['contacts', jo]);
    }
    await joined.arrive();
    expect(joined.ofType('touchpoint.recorded')).toHaveLength(1);
  });

  it('takes a meeting to come for the next step of its deal, and one called off for nothing', async () => {
    const { records } = joined.hubspot;
    const { deal } = acme(joined);
    const planned = records.create('meetings', { hs_timestamp: '2026-06-10T09:00:00Z', hs_meeting_outcome: 'SCHEDULED' });
    const off = records.create('meetings', { hs_timestamp: '2026-05-10T09:00:00Z', hs_meeting_outcome: 'CANCELED' });
    for (const id of [planned, off]) records.associate(['meetings', id], ['deals', deal]);
    await joined.arrive();
    expect(joined.ofType('next-step.set').map(({ nextStep }) => nextStep)).toEqual([
      { dealId: `hubspot:${deal}`, title: 'Meeting', due: '2026-06-10' },
    ]);
    expect(joined.ofType('touchpoint.recorded')).toEqual([]);
  });
});

describe('what is of no use', () => {
  it('counts it, says it once, and makes no dead letter of it', async () => {
    const { records } = joined.hubspot;
    for (let count = 0; count < 5; count += 1) records.noise('ticket.creation', { objectId: 900 + count });
    records.noise('object.creation', { objectId: 5, objectTypeId: '0-46' });
    records.noise('object.associationChange', { fromObjectId: 5, toObjectId: 6, fromObjectTypeId: '0-46', toObjectTypeId: '0-3' });
    records.noise('conversation.newMessage', { objectId: 5 });
    expect(await joined.arrive()).toEqual([200]);
    expect(joined.ignored).toEqual([
      ...Array.from({ length: 5 }, () => 'ticket.creation'),
      '0-46.creation',
      '0-46.associationChange',
      'conversation.newMessage',
    ]);
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
    await joined.arrive({ order: (events) => events.toReversed(), times: 2 });
    expect(joined.records().get(`deal:hubspot:${deal}`)).toMatchObject({
      name: { value: 'Acme rollout' },
      amount: { value: 100 },
      accountId: { value: `hubspot:${company}` },
      status: { value: 'open' },
      stages: expect.arrayContaining([expect.objectContaining({ stage: 'contractsent', entered: true, at: monday + 1_000 })]),
    });
    expect(joined.records().get(`account:hubspot:${company}`)).toMatchObject({ name: { value: 'Acme GmbH' } });
    expect(joined.records().get(`person:hubspot:${person}`)).toMatchObject({ roles: { value: ['CHAMPION', 'INFLUENCER'] } });
    joined.tick(1_000);
    records.remove('deals', deal);
    await joined.arrive();
    expect(joined.records().get(`deal:hubspot:${deal}`)).toMatchObject({ deletedAt: monday + 2_000 });
  });
});
