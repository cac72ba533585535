import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acme } from './acme.ts';
import { alive, type Joined, joinPipedrive, monday, readAll, signalsIn } from './joined.ts';

let joined: Joined;
beforeEach(async () => {
  joined = await joinPipedrive();
});
afterEach(() => joined.close());

const minute = 60_000;
const touchpoints = () => joined.ofType('touchpoint.recorded').map(({ touchpoint, occurredAt }) => ({ ...touchpoint, occurredAt }));
const nextStep = (deal: number) => (joined.records().get(`deal:pipedrive:${deal}`) as { nextStep?: { value: unknown } } | undefined)?.nextStep?.value;

describe('activities', () => {
  it('that are done are touchpoints of their deal and people', async () => {
    const { deal, organization, priya, jo } = acme(joined);
    joined.pipedrive.records.create('activities', {
      type: 'meeting',
      done: true,
      deal_id: deal,
      org_id: organization,
      person_id: priya,
      participants: [
        { person_id: priya, primary: true },
        { person_id: jo, primary: false },
      ],
    });
    await joined.arrive();
    expect(touchpoints()).toEqual(
      [priya, jo].map((person) => ({
        dealId: `pipedrive:${deal}`,
        accountId: `pipedrive:${organization}`,
        personId: `pipedrive:${person}`,
        type: 'meeting',
        channel: 'meeting',
        direction: 'inbound',
        by: 'dana@us.example',
        occurredAt: monday,
      })),
    );
  });

  it.each([
    ['call', 'phone', 'outbound'],
    ['email', 'email', 'outbound'],
    ['lunch', 'meeting', 'inbound'],
    ['inbound_call', 'inbound_call', 'inbound'],
    ['demo', 'demo', 'outbound'],
    ['constructor', 'constructor', 'outbound'],
  ])('of type %s are told by their type: %s, %s', async (type, channel, direction) => {
    const { deal } = acme(joined);
    joined.pipedrive.records.create('activities', { type, done: true, deal_id: deal });
    await joined.arrive();
    expect(touchpoints()).toMatchObject([{ type, channel, direction }]);
  });

  it.each(['task', 'deadline'])('of type %s are our own work, and no touchpoints', async (type) => {
    const { deal } = acme(joined);
    joined.pipedrive.records.create('activities', { type, done: true, deal_id: deal });
    await joined.arrive();
    expect(touchpoints()).toEqual([]);
  });

  it.each([
    ['the time it was due', { due_date: '2026-05-29', due_time: '09:30:00' }, '2026-05-29T09:30:00Z'],
    ['noon of the day it was due', { due_date: '2026-05-29' }, '2026-05-29T12:00:00Z'],
    ['when it was ticked off, where that came first', { due_date: '2026-07-01' }, '2026-06-01T12:00:00Z'],
    ['when it was ticked off, where nothing was due', {}, '2026-06-01T12:00:00Z'],
  ])('count from %s', async (_name, fields, time) => {
    const { deal } = acme(joined);
    joined.pipedrive.records.create('activities', { type: 'call', done: true, deal_id: deal, ...fields });
    await joined.arrive();
    expect(touchpoints()).toMatchObject([{ occurredAt: Date.parse(time) }]);
  });

  it('that are open are the next step: the one that is furthest ahead, and after it the other', async () => {
    const { records } = joined.pipedrive;
    const { deal } = acme(joined);
    records.create('activities', { subject: 'Call Priya', deal_id: deal, due_date: '2026-06-03' });
    const review = records.create('activities', { subject: 'Review', deal_id: deal, due_date: '2026-06-20' });
    records.create('activities', { subject: 'Forgotten', deal_id: deal, due_date: '2026-05-02' });
    await joined.arrive();
    expect(nextStep(deal)).toEqual({ title: 'Review', due: '2026-06-20' });
    joined.tick(minute);
    records.update('activities', review, { done: true });
    await joined.arrive();
    expect(nextStep(deal)).toEqual({ title: 'Call Priya', due: '2026-06-03' });
  });

  it('that were called off, or went to another deal, are no next step any more', async () => {
    const { records } = joined.pipedrive;
    const { deal } = acme(joined);
    const other = records.create('deals', { title: 'Other' });
    const call = records.create('activities', { subject: 'Call', deal_id: deal, due_date: '2026-06-03' });
    await joined.arrive();
    joined.tick(minute);
    records.update('activities', call, { deal_id: other });
    await joined.arrive();
    expect([nextStep(deal), nextStep(other)]).toEqual([null, { title: 'Call', due: '2026-06-03' }]);
    joined.tick(minute);
    records.remove('activities', call);
    await joined.arrive();
    expect(nextStep(other)).toBeNull();
  });
});

describe('notes', () => {
  it('are touchpoints of ours, and their texts are not kept', async () => {
    const { deal } = acme(joined);
    joined.pipedrive.records.create('notes', { content: 'They hesitate', deal_id: deal, user_id: 12 });
    await joined.arrive();
    expect(touchpoints()).toEqual([
      { dealId: `pipedrive:${deal}`, type: 'note', channel: 'note', direction: 'outbound', by: 'omar@us.example', occurredAt: monday },
    ]);
    expect(JSON.stringify(joined.signals)).not.toContain('hesitate');
  });
});

describe('ends', () => {
  it('deletes what was deleted, and has it back when it is restored', async () => {
    const { deal } = acme(joined);
    await joined.arrive();
    joined.tick(minute);
    joined.pipedrive.records.remove('deals', deal);
    await joined.arrive();
    expect(Object.keys(alive(joined.signals))).not.toContain(`deal:pipedrive:${deal}`);
    joined.tick(minute);
    joined.pipedrive.records.restore('deals', deal);
    await joined.arrive();
    expect(Object.keys(alive(joined.signals))).toContain(`deal:pipedrive:${deal}`);
  });

  it('tells an archived deal from a deleted one', async () => {
    const { deal } = acme(joined);
    joined.pipedrive.records.update('deals', deal, { is_archived: true });
    await joined.arrive();
    expect(joined.ofType('record.deleted')).toEqual([]);
  });

  it.each(['in order', 'in disorder'])('merges into the survivor, which lives though the other was deleted (%s)', async (order) => {
    const { records } = joined.pipedrive;
    const { deal } = acme(joined);
    const twin = records.create('deals', { title: 'Acme rollout (2)' });
    records.create('activities', { type: 'call', done: true, deal_id: twin });
    await joined.arrive();
    joined.tick(minute);
    records.merge('deals', twin, deal);
    await joined.arrive({ order: (events) => (order === 'in order' ? events : events.toReversed()), times: 2 });
    // A reconciliation sees the other one as deleted, and must not take the survivor with it.
    joined.signals.push(...signalsIn(await readAll(joined.history(), { since: monday })));
    const found = alive(joined.signals);
    expect(found[`deal:pipedrive:${deal}`]).toMatchObject({ merges: [{ from: `pipedrive:${twin}`, into: `pipedrive:${deal}` }] });
    expect(found[`deal:pipedrive:${deal}`]?.touchpoints).toHaveLength(1);
    expect(found[`deal:pipedrive:${twin}`]).toBeUndefined();
  });

  it.each(['persons', 'organizations'] as const)('merges %s by either of the two webhooks alone', async (kind) => {
    const { records } = joined.pipedrive;
    const [one, other] = [records.create(kind, { name: 'One' }), records.create(kind, { name: 'Other' })];
    await joined.arrive();
    joined.tick(minute);
    records.merge(kind, one, other);
    const [gone] = records.events;
    await joined.arrive({ lose: (event) => event === gone });
    const name = kind === 'persons' ? 'person' : 'account';
    expect(Object.keys(alive(joined.signals))).toEqual([`${name}:pipedrive:${other}`]);
  });

  it('waits for a new record that Pipedrive does not show yet', async () => {
    const { records } = joined.pipedrive;
    const late = records.create('organizations', { name: 'Late' });
    const kept = records.find('organizations', late);
    Object.assign(kept ?? {}, { is_deleted: true });
    await joined.arrive();
    expect([joined.waiting(), joined.signals]).toEqual([1, []]);
    Object.assign(kept ?? {}, { is_deleted: false });
    joined.tick(20_000);
    await joined.process();
    expect(joined.ofType('account.upserted').at(-1)).toMatchObject({ account: { name: 'Late' } });
  });
});

describe('settings', () => {
  it('are read again when a stage was changed', async () => {
    const { deal } = acme(joined);
    await joined.arrive();
    joined.tick(minute);
    const [, demo] = joined.pipedrive.stages;
    Object.assign(demo ?? {}, { days_to_rotten: 5, update_time: '2026-06-01T12:01:00Z' });
    joined.pipedrive.records.update('deals', deal, { value: 1 });
    const [event] = joined.pipedrive.records.events;
    if (event !== undefined)
      joined.pipedrive.records.events.unshift({ ...event, meta: { ...event.meta, entity: 'stage', entity_id: '2', id: 'stage-event' } });
    await joined.arrive();
    expect(joined.records().get(`deal:pipedrive:${deal}`)).toMatchObject({ stallLimit: { value: { stage: '2', days: 5 } } });
  });

  it('counts what it has no use for, and names it once', async () => {
    acme(joined);
    const [event] = joined.pipedrive.records.events.splice(0);
    for (const id of ['a', 'b'])
      if (event !== undefined)
        joined.pipedrive.records.events.push({ ...event, meta: { ...event.meta, entity: 'lead', entity_id: 'b1810230-6c0d', id } });
    await joined.arrive();
    expect([joined.ignored, joined.signals]).toEqual([['create.lead', 'create.lead'], []]);
  });
});
