import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lifecycleField, positionField, roleField, websiteField } from '../../../pipedrive/start-pipedrive.ts';
import { acme } from './acme.ts';
import { type Joined, joinPipedrive, monday } from './joined.ts';

let joined: Joined;
beforeEach(async () => {
  joined = await joinPipedrive();
});
afterEach(() => joined.close());

const minute = 60_000;
const record = (name: string) => joined.records().get(name);

describe('records', () => {
  it('says a deal with its organization, money, owner and page', async () => {
    const { deal, organization } = acme(joined);
    await joined.arrive();
    expect(record(`deal:pipedrive:${deal}`)).toMatchObject({
      accountId: { value: `pipedrive:${organization}` },
      name: { value: 'Acme rollout' },
      pipeline: { value: '1' },
      amount: { value: 48_000 },
      currency: { value: 'EUR' },
      ownerEmail: { value: 'dana@us.example' },
      status: { value: 'open' },
      url: { value: `https://us.pipedrive.com/deal/${deal}` },
      closeDates: [{ value: '2026-12-15' }],
      stages: [{ stage: '2', at: monday, entered: true }],
      stallLimit: { value: { stage: '2', days: 14 } },
    });
  });

  it('says people with the labels of their roles, and calls the nameless by their e-mail', async () => {
    const { priya, jo, organization } = acme(joined);
    await joined.arrive();
    expect(record(`person:pipedrive:${priya}`)).toMatchObject({
      name: { value: 'Priya Nair' },
      title: { value: 'CFO' },
      email: { value: 'priya@acme.example' },
      roles: { value: ['Economic Buyer', 'Champion'] },
      accountId: { value: `pipedrive:${organization}` },
    });
    expect(record(`person:pipedrive:${jo}`)).toMatchObject({
      name: { value: 'jo@adviser.example' },
      roles: { value: [] },
      accountId: { value: null },
    });
  });

  it('says organizations with domain, owner and the team’s own fields', async () => {
    const { organization } = acme(joined);
    joined.tick(minute);
    joined.pipedrive.records.update('organizations', organization, { custom_fields: { [lifecycleField]: 31 } });
    joined.tick(minute);
    joined.pipedrive.records.update('organizations', organization, { custom_fields: { [lifecycleField]: 32 } });
    await joined.arrive();
    expect(record(`account:pipedrive:${organization}`)).toMatchObject({
      name: { value: 'Acme GmbH' },
      domain: { value: 'acme.example' },
      segment: { value: 'Enterprise' },
      ownerEmail: { value: 'omar@us.example' },
      stages: [
        { stage: 'Customer', at: monday + 2 * minute },
        { stage: 'Onboarding', at: monday + minute },
      ],
    });
  });

  it('says website and position from fields of the team’s own where Pipedrive’s own are empty, which are called alike', async () => {
    const { organization, priya } = acme(joined);
    joined.tick(minute);
    joined.pipedrive.records.update('organizations', organization, {
      website: null,
      custom_fields: { [websiteField]: 'https://www.acme-group.example' },
    });
    joined.pipedrive.records.update('persons', priya, { job_title: null, custom_fields: { [positionField]: 'Head of Finance' } });
    await joined.arrive();
    expect(record(`account:pipedrive:${organization}`)).toMatchObject({ domain: { value: 'acme-group.example' } });
    expect(record(`person:pipedrive:${priya}`)).toMatchObject({ title: { value: 'Head of Finance' } });
  });

  it('brings the organization and the people of a deal along when only the deal is spoken of', async () => {
    const { deal, jo } = acme(joined);
    joined.pipedrive.records.addParticipant(deal, jo);
    joined.pipedrive.records.events.length = 0;
    joined.pipedrive.records.update('deals', deal, { value: 50_000 });
    await joined.arrive();
    expect([...joined.records()].map(([, { kind }]) => kind).sort()).toEqual(['account', 'deal', 'person', 'person']);
  });

  it('keeps an owner who has left, and says nothing of one that Pipedrive does not know', async () => {
    const left = joined.pipedrive.records.create('deals', { title: 'Orphan', owner_id: 14 });
    const odd = joined.pipedrive.records.create('deals', { title: 'Odd', owner_id: 999 });
    await joined.arrive();
    expect(record(`deal:pipedrive:${left}`)).toMatchObject({ ownerEmail: { value: 'left@us.example' } });
    expect(record(`deal:pipedrive:${odd}`)).not.toHaveProperty('ownerEmail');
  });

  it('empties what was emptied, and takes a year that nobody means for none', async () => {
    const { deal } = acme(joined);
    joined.tick(minute);
    joined.pipedrive.records.update('deals', deal, { expected_close_date: '20026-12-15', org_id: null, owner_id: null });
    await joined.arrive();
    expect(record(`deal:pipedrive:${deal}`)).toMatchObject({
      accountId: { value: null },
      ownerEmail: { value: null },
      closeDates: [{ value: null, at: monday + minute }, { value: '2026-12-15' }],
    });
  });
});

describe('history', () => {
  it('tells every stage, close date and status with Pipedrive’s own times, however late it looks', async () => {
    const { records } = joined.pipedrive;
    const { deal } = acme(joined);
    joined.tick(minute);
    records.update('deals', deal, { stage_id: 3 });
    joined.tick(minute);
    records.update('deals', deal, { expected_close_date: '2027-01-31' });
    joined.tick(minute);
    records.update('deals', deal, { status: 'won' });
    joined.tick(minute);
    records.update('deals', deal, { title: 'Acme rollout, signed' });
    await joined.arrive({ order: (events) => events.toReversed() });
    expect(record(`deal:pipedrive:${deal}`)).toMatchObject({
      stages: [
        { stage: '3', at: monday + minute },
        { stage: '2', at: monday },
      ],
      closeDates: [
        { value: '2027-01-31', at: monday + 2 * minute },
        { value: '2026-12-15', at: monday },
      ],
      status: { value: 'won', at: monday + 3 * minute },
      name: { at: monday + 4 * minute },
    });
  });

  it('leaves a won deal won when it is moved afterwards, and opens one that is opened again', async () => {
    const { records } = joined.pipedrive;
    const { deal } = acme(joined);
    const other = records.create('deals', { title: 'Second thoughts', status: 'open' });
    joined.tick(minute);
    for (const id of [deal, other]) records.update('deals', id, { status: 'won' });
    joined.tick(minute);
    records.update('deals', deal, { stage_id: 3 });
    records.update('deals', other, { status: 'open' });
    await joined.arrive();
    expect(record(`deal:pipedrive:${deal}`)).toMatchObject({ status: { value: 'won', at: monday + 2 * minute } });
    expect(record(`deal:pipedrive:${other}`)).toMatchObject({ status: { value: 'open', at: monday + 2 * minute } });
  });

  it('takes only the last of several moves within one second', async () => {
    const { deal } = acme(joined);
    joined.tick(minute);
    for (const stage_id of [3, 1]) joined.pipedrive.records.update('deals', deal, { stage_id });
    await joined.arrive();
    expect(record(`deal:pipedrive:${deal}`)).toMatchObject({ stages: [{ stage: '1' }, { stage: '2' }] });
  });
});

describe('the committee', () => {
  it('has main contact and participants, from other companies, too', async () => {
    const { deal, jo, priya } = acme(joined);
    joined.tick(minute);
    joined.pipedrive.records.addParticipant(deal, jo);
    await joined.arrive();
    for (const person of [jo, priya]) expect(record(`person:pipedrive:${person}`)).toMatchObject({ dealIds: { value: [`pipedrive:${deal}`] } });
  });

  it('keeps a person on one deal who was taken off another', async () => {
    const { deal, jo } = acme(joined);
    const { records } = joined.pipedrive;
    const other = records.create('deals', { title: 'Other' });
    for (const id of [deal, other]) records.addParticipant(id, jo);
    await joined.arrive();
    joined.tick(minute);
    records.removeParticipant(deal, jo);
    await joined.arrive();
    expect(record(`person:pipedrive:${jo}`)).toMatchObject({ dealIds: { value: [`pipedrive:${other}`] } });
  });

  it('follows a main contact who is replaced', async () => {
    const { deal, jo, priya } = acme(joined);
    joined.tick(minute);
    joined.pipedrive.records.update('deals', deal, { person_id: jo });
    await joined.arrive();
    expect(record(`person:pipedrive:${priya}`)).toMatchObject({ dealIds: { value: [] } });
    expect(record(`person:pipedrive:${jo}`)).toMatchObject({ dealIds: { value: [`pipedrive:${deal}`] } });
  });
});

describe('roles', () => {
  it('follow their field', async () => {
    const { priya } = acme(joined);
    await joined.arrive();
    joined.tick(minute);
    joined.pipedrive.records.update('persons', priya, { custom_fields: { [roleField]: [33] } });
    await joined.arrive();
    expect(record(`person:pipedrive:${priya}`)).toMatchObject({ roles: { value: ['Legal'] } });
  });
});
