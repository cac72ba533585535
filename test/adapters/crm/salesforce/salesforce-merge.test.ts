import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Joined, joinSalesforce } from './joined.ts';

let joined: Joined;
beforeEach(async () => {
  joined = await joinSalesforce();
});
afterEach(() => joined.close());

it.each(['told', 'read'])('links to the record that is left, although the one that was merged into it was created later: %s', async (how) => {
  const { records } = joined.salesforce;
  const [account, again] = ['Acme', 'ACME'].map((Name) => {
    joined.tick(60_000);
    return records.create('Account', { Name });
  });
  const [priya, twin] = ['Priya', 'P.'].map((LastName) => {
    joined.tick(60_000);
    return records.create('Contact', { LastName, AccountId: account ?? '' });
  });
  if (how === 'told') await joined.arrive();
  joined.tick(60_000);
  records.merge('Account', account ?? '', again ?? '');
  records.merge('Contact', priya ?? '', twin ?? '');
  joined.signals.push(...(await joined.pages()).flatMap(({ signals }) => signals));
  const known = joined.records();
  expect(known.get(`account:salesforce:${account}`)).toMatchObject({ url: { value: expect.stringContaining(`/${account}`) } });
  expect(known.get(`person:salesforce:${priya}`)).toMatchObject({ url: { value: expect.stringContaining(`/${priya}`) } });
});

it.each(['told', 'read', 'compared'])('knows what an account was that was merged into another, with the times of its changes: %s', async (how) => {
  const { records } = joined.salesforce;
  records.track('Type');
  const [account, again] = ['Acme', 'ACME'].map((Name) => records.create('Account', { Name }));
  const begun = joined.now();
  for (const [id, Type] of [
    [again, 'Onboarding'],
    [account, 'Prospect'],
    [again, 'Customer'],
  ] as const) {
    joined.tick(60_000);
    records.update('Account', id ?? '', { Type });
    if (how === 'told') await joined.arrive();
  }
  joined.tick(60_000);
  records.merge('Account', account ?? '', again ?? '');
  joined.signals.push(...(await joined.pages(how === 'read' ? null : begun)).flatMap(({ signals }) => signals));
  expect(joined.records().get(`account:salesforce:${account}`)).toMatchObject({
    stages: [
      { stage: 'Customer', at: begun + 180_000 },
      { stage: 'Prospect', at: begun + 120_000 },
      { stage: 'Onboarding', at: begun + 60_000 },
    ],
  });
});

it.each(['told', 'read', 'compared'])('counts a talk once, though its account was merged into another one since: %s', async (how) => {
  const { records } = joined.salesforce;
  const begun = joined.now();
  const [account, again] = ['Acme', 'ACME'].map((Name) => records.create('Account', { Name }));
  const priya = records.create('Contact', { LastName: 'Priya', AccountId: again ?? '' });
  const done = { Subject: 'Call', TaskSubtype: 'Call', Status: 'Completed' };
  // One about the account, one that is the account's because the person is.
  records.create('Task', { ...done, WhatId: again ?? '' });
  records.create('Task', { ...done, WhoId: priya });
  joined.tick(60_000);
  if (how === 'told') await joined.arrive();
  records.merge('Account', account ?? '', again ?? '');
  if (how === 'told') await joined.arrive();
  joined.signals.push(...(await joined.pages(how === 'read' ? null : begun)).flatMap(({ signals }) => signals));
  expect(
    joined
      .records()
      .get(`account:salesforce:${account}`)
      ?.touchpoints.map(({ personId }) => personId),
  ).toEqual([null, `salesforce:${priya}`]);
});

it('knows that somebody had been taken off a deal before they were merged into somebody else, who keeps the roles that are there', async () => {
  const { records } = joined.salesforce;
  const begun = joined.now();
  const [OpportunityId, elsewhere] = ['Rollout', 'Renewal'].map((Name) => records.create('Opportunity', { Name, StageName: 'Prospecting' }));
  const [priya = '', twin = ''] = ['Priya', 'P.'].map((LastName) => records.create('Contact', { LastName }));
  records.create('OpportunityContactRole', { OpportunityId: elsewhere ?? '', ContactId: priya, Role: 'Evaluator' });
  const role = records.create('OpportunityContactRole', { OpportunityId: OpportunityId ?? '', ContactId: twin, Role: 'Champion' });
  await joined.arrive();
  joined.tick(60_000);
  // No message tells of that.
  records.remove('OpportunityContactRole', role);
  joined.tick(60_000);
  records.merge('Contact', priya, twin);
  await joined.arrive();
  const person = () => joined.records().get(`person:salesforce:${priya}`);
  const told = { roles: { value: ['Evaluator'] }, dealIds: { value: [`salesforce:${elsewhere}`] } };
  for (const since of [begun, null]) {
    joined.signals.push(...(await joined.pages(since)).flatMap(({ signals }) => signals));
    expect(person()).toMatchObject(told);
    joined.signals.splice(0);
  }
});
