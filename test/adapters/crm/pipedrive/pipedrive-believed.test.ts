import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acme } from './acme.ts';
import { alive, type Joined, joinPipedrive, monday } from './joined.ts';

let joined: Joined;
beforeEach(async () => {
  joined = await joinPipedrive({ withApi: false });
});
afterEach(() => joined.close());

const minute = 60_000;
const record = (name: string) => joined.records().get(name);

describe('without an API token', () => {
  it('believes what a webhook says of a deal', async () => {
    const { deal, organization, priya } = acme(joined);
    await joined.arrive();
    expect(record(`deal:pipedrive:${deal}`)).toMatchObject({
      name: { value: 'Acme rollout' },
      accountId: { value: `pipedrive:${organization}` },
      pipeline: { value: '1' },
      amount: { value: 48_000 },
      status: { value: 'open' },
      closeDates: [{ value: '2026-12-15' }],
      stages: [{ stage: '2', at: monday, entered: true }, { entered: false }],
      url: { value: `https://us.pipedrive.com/deal/${deal}` },
    });
    expect(record(`deal:pipedrive:${deal}`)).not.toHaveProperty('ownerEmail');
    expect(record(`person:pipedrive:${priya}`)).toMatchObject({ name: { value: 'Priya Nair' }, dealIds: { value: [`pipedrive:${deal}`] } });
    expect(record(`account:pipedrive:${organization}`)).toMatchObject({ name: { value: 'Acme GmbH' }, domain: { value: 'acme.example' } });
    expect(joined.pipedrive.requests).toEqual([]);
  });

  it('takes moves, main contacts and outcomes as they are told', async () => {
    const { records } = joined.pipedrive;
    const { deal, jo, priya } = acme(joined);
    joined.tick(minute);
    records.update('deals', deal, { stage_id: 3 });
    joined.tick(minute);
    records.update('deals', deal, { person_id: jo });
    joined.tick(minute);
    records.update('deals', deal, { status: 'won' });
    await joined.arrive();
    expect(record(`deal:pipedrive:${deal}`)).toMatchObject({ status: { value: 'won', at: monday + 3 * minute } });
    expect(joined.ofType('stage.entered').map(({ stage, occurredAt }) => [stage.stage, occurredAt - monday])).toEqual([
      ['2', 0],
      ['3', minute],
    ]);
    expect(record(`person:pipedrive:${priya}`)).toMatchObject({ dealIds: { value: [] } });
    expect(record(`person:pipedrive:${jo}`)).toMatchObject({ dealIds: { value: [`pipedrive:${deal}`] } });
  });

  it('takes activities and notes', async () => {
    const { records } = joined.pipedrive;
    const { deal, priya } = acme(joined);
    const call = records.create('activities', { subject: 'Call Priya', type: 'call', deal_id: deal, person_id: priya, due_date: '2026-06-03' });
    records.create('notes', { deal_id: deal });
    await joined.arrive();
    expect(record(`deal:pipedrive:${deal}`)).toMatchObject({
      nextStep: { value: { title: 'Call Priya', due: '2026-06-03' } },
      touchpoints: [{ type: 'note' }],
    });
    joined.tick(minute);
    records.update('activities', call, { done: true });
    await joined.arrive();
    expect(record(`deal:pipedrive:${deal}`)).toMatchObject({ nextStep: { value: null }, touchpoints: [{ type: 'call' }, { type: 'note' }] });
    expect(record(`person:pipedrive:${priya}`)).toMatchObject({ lastOutboundAt: monday + minute + 2_000 });
  });

  it('takes deletions and merges', async () => {
    const { records } = joined.pipedrive;
    const { deal, jo, priya, organization } = acme(joined);
    joined.tick(minute);
    records.merge('persons', jo, priya);
    records.remove('deals', deal);
    await joined.arrive({ order: (events) => events.toReversed() });
    expect(Object.keys(alive(joined.signals))).toEqual([`account:pipedrive:${organization}`, `person:pipedrive:${priya}`]);
  });

  it('believes what the webhook of a merge says of the survivor', async () => {
    const { records } = joined.pipedrive;
    const { deal, organization } = acme(joined);
    const copy = records.create('deals', { title: 'Acme rollout (copy)', org_id: organization, stage_id: 2 });
    joined.tick(minute);
    records.update('deals', deal, { value: 51_000 });
    // All that Pipedrive sends of it is the merge.
    records.events.pop();
    records.merge('deals', copy, deal);
    await joined.arrive();
    expect(record(`deal:pipedrive:${deal}`)).toMatchObject({ name: { value: 'Acme rollout' }, amount: { value: 51_000 } });
    expect(Object.keys(alive(joined.signals))).not.toContain(`deal:pipedrive:${copy}`);
  });

  it('says nothing of roles, which webhooks have as numbers', async () => {
    const { priya } = acme(joined);
    await joined.arrive();
    expect(record(`person:pipedrive:${priya}`)).not.toHaveProperty('roles');
  });
});
