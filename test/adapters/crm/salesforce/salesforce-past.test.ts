import { describe, expect, it } from 'vitest';
import type { HistoryPage } from '../../../../src/app/crm.ts';
import { acme, monday, salesforceOfTest } from './joined.ts';
import { minute } from './story.ts';

const signalsOf = (pages: HistoryPage[]) => pages.flatMap(({ signals }) => signals);

describe('what Salesforce remembers of the past', () => {
  it('knows where an account has been, as far as Salesforce tracks its type', async () => {
    const joined = await salesforceOfTest();
    const { records } = joined.salesforce;
    const create = (name: string) => records.create('Account', { Name: name, Type: 'Prospect' });
    const [untracked, account] = [create('Early'), create('Late')];
    const born = joined.now();
    joined.tick(minute);
    records.update('Account', untracked, { Type: 'Customer' });
    records.track('Type');
    for (const Type of ['Onboarding', 'Customer']) {
      joined.tick(60 * minute);
      records.update('Account', account, { Type });
    }
    const changed = joined.now();
    joined.tick(60 * minute);
    records.update('Account', account, { Name: 'Late & Sons' });
    const found = joined.records(signalsOf(await joined.pages()));
    expect(found.get(`account:salesforce:${account}`)).toMatchObject({
      stages: [
        { stage: 'Customer', at: changed },
        { stage: 'Onboarding', at: changed - 60 * minute },
        { stage: 'Prospect', at: born },
      ],
    });
    expect(found.get(`account:salesforce:${untracked}`)).toMatchObject({ stages: [{ stage: 'Customer', at: born + minute }] });
    expect(joined.records(signalsOf(await joined.pages(changed)))).toEqual(
      new Map([[`account:salesforce:${account}`, found.get(`account:salesforce:${account}`)]]),
    );
  });

  it('takes a call that was deleted for made, and a meeting that was deleted before it began for none', async () => {
    const joined = await salesforceOfTest();
    const { deal, priya, jo } = acme(joined);
    const { records } = joined.salesforce;
    const call = records.create('Task', { WhatId: deal, WhoId: priya, TaskSubtype: 'Call', CallType: 'Inbound', Status: 'Completed' });
    const held = records.create('Event', { WhatId: deal, WhoId: priya, Subject: 'Demo', StartDateTime: monday + minute });
    const relation = records.put('EventRelation', { EventId: held, RelationId: jo, IsWhat: false });
    const cancelled = records.create('Event', { WhatId: deal, WhoId: priya, Subject: 'Review', StartDateTime: monday + 60 * minute });
    joined.tick(10 * minute);
    await joined.arrive();
    for (const [object, id] of [['Task', call] as const, ['Event', held] as const, ['Event', cancelled] as const]) records.remove(object, id);
    Object.assign(records.find('EventRelation', relation) ?? {}, { IsDeleted: true });
    joined.tick(120 * minute);
    const touchpoints = (signals: typeof joined.signals) => signals.flatMap(({ id, type }) => (type === 'touchpoint.recorded' ? id : [])).sort();
    const told = touchpoints(joined.signals);
    expect(told).toHaveLength(3);
    expect(touchpoints(signalsOf(await joined.pages()))).toEqual(told);
    expect(touchpoints(signalsOf(await joined.pages(joined.now() - 60 * minute)))).toEqual([]);
  });

  it('says who of us it was; a queue is nobody', async () => {
    const joined = await salesforceOfTest();
    const { deal, priya } = acme(joined);
    const { records, users } = joined.salesforce;
    const about = { WhatId: deal, WhoId: priya };
    records.create('Task', { ...about, TaskSubtype: 'Call', Status: 'Completed', OwnerId: users.omar });
    records.create('Task', { ...about, TaskSubtype: 'Email', Status: 'Completed', OwnerId: '00G000000000001AAA' });
    records.create('Event', { ...about, StartDateTime: monday, OwnerId: users.dana });
    await joined.arrive();
    const said = (signals: typeof joined.signals) =>
      signals.flatMap((signal) => (signal.type === 'touchpoint.recorded' ? [[signal.touchpoint.type, signal.touchpoint.by]] : [])).sort();
    const expected = [
      ['call', 'omar@us.example'],
      ['email', undefined],
      ['meeting', 'dana@us.example'],
    ];
    expect(said(joined.signals)).toEqual(expected);
    expect(said(signalsOf(await joined.pages()))).toEqual(expected);
  });

  it('keeps two moves of one second in their order, also where it looked in between', async () => {
    const joined = await salesforceOfTest();
    const { deal } = acme(joined);
    await joined.arrive();
    joined.tick(10 * minute);
    // Alphabetically the later one comes first.
    joined.salesforce.records.update('Opportunity', deal, { StageName: 'Needs Analysis' });
    await joined.arrive();
    joined.salesforce.records.update('Opportunity', deal, { StageName: 'Closed Lost', CloseDate: '2026-06-01' });
    await joined.arrive();
    const told = joined.records().get(`deal:salesforce:${deal}`);
    expect(told).toMatchObject({
      stages: [{ stage: 'Closed Lost' }, { stage: 'Needs Analysis' }, { stage: 'Prospecting' }],
      closeDates: [{ value: '2026-06-01' }, {}],
    });
    expect(told).toMatchObject({ status: { value: 'lost', at: (told as { stages: { at: number }[] }).stages[0]?.at } });
    const read = joined.records(signalsOf(await joined.pages())).get(`deal:salesforce:${deal}`);
    expect(read).toEqual(told);
  });

  it('takes a deal whose stage was renamed for as old in it as it is, also after an edit', async () => {
    const joined = await salesforceOfTest();
    const { records } = joined.salesforce;
    const { deal } = acme(joined);
    joined.tick(10 * minute);
    const moved = joined.now();
    records.update('Opportunity', deal, { StageName: 'Needs Analysis' });
    joined.tick(10 * minute);
    records.update('Opportunity', deal, { Amount: 50_000 });
    joined.tick(10 * minute);
    // Renamed in Setup: its rows keep the old name. Then somebody edits what has no history.
    const row = records.find('Opportunity', deal);
    if (row !== undefined) Object.assign(row, { StageName: 'Discovery', Probability: null });
    records.update('Opportunity', deal, { Name: 'Acme rollout, whole' });
    await joined.arrive();
    const told = joined.records().get(`deal:salesforce:${deal}`);
    expect(told).toMatchObject({ stages: [{ stage: 'Discovery', at: moved + 1 }, { stage: 'Needs Analysis', at: moved }, { stage: 'Prospecting' }] });
    joined.tick(10 * minute);
    records.update('Opportunity', deal, { Name: 'Acme' });
    const read = joined.records(signalsOf(await joined.pages())).get(`deal:salesforce:${deal}`);
    expect((read as { stages: unknown }).stages).toEqual((told as { stages: unknown }).stages);
  });

  it('is asked by its own clock for what has changed, also where ours is ahead', async () => {
    const joined = await salesforceOfTest({ aheadMs: 180 * minute });
    const { deal } = acme(joined);
    joined.tick(60 * minute);
    const since = joined.now();
    joined.tick(minute);
    joined.salesforce.records.update('Opportunity', deal, { StageName: 'Needs Analysis' });
    const found = signalsOf(await joined.pages(since)).filter(({ type }) => type === 'stage.entered');
    expect(found).toContainEqual(expect.objectContaining({ stage: { dealId: `salesforce:${deal}`, stage: 'Needs Analysis' } }));
  });
});
