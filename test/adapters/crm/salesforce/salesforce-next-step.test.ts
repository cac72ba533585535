import { afterEach, beforeEach, expect, it } from 'vitest';
import { acme, type Joined, joinSalesforce, monday } from './joined.ts';

let joined: Joined;
beforeEach(async () => {
  joined = await joinSalesforce();
});
afterEach(() => joined.close());

it('is no meeting that was logged when it was over, but one that is ahead', async () => {
  const { records } = joined.salesforce;
  const { deal } = acme(joined);
  const nextStep = async () => {
    await joined.arrive();
    return joined.records().get(`deal:salesforce:${deal}`);
  };
  records.create('Event', { WhatId: deal, Subject: 'Demo', StartDateTime: monday - 3_600_000 });
  expect(await nextStep()).toMatchObject({ nextStep: { value: null } });
  joined.tick(60_000);
  records.create('Event', { WhatId: deal, Subject: 'Review', StartDateTime: monday + 86_400_000 });
  expect(await nextStep()).toMatchObject({ nextStep: { value: { title: 'Review', due: '2026-06-02' } } });
});
