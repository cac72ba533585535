import { expect, it } from 'vitest';
import type { HistoryPage } from '../../../../src/app/crm.ts';
import type { Signal } from '../../../../src/core/journey/signal.ts';
import { acme, type Joined, monday, salesforceOfTest } from './joined.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** A review with three of us, a weekly call of two occurrences (of Classic) and one of Lightning, each with what Salesforce keeps beside the meeting itself. */
function meetings({ salesforce: { records } }: Joined, about: { WhatId: string; WhoId: string }) {
  const plain = { ...about, IsChild: false, IsRecurrence: false, GroupEventType: '0' };
  const review = records.create('Event', { ...plain, Subject: 'Review', StartDateTime: monday - day, GroupEventType: '1' });
  for (const _colleague of [1, 2])
    records.create('Event', { ...plain, Subject: 'Review', StartDateTime: monday - day, GroupEventType: '1', IsChild: true });
  const series = { ...plain, Subject: 'Weekly', StartDateTime: monday - 2 * day };
  records.create('Event', { ...series, IsRecurrence: true });
  records.create('Event', { ...series, GroupEventType: '3' });
  const weekly = [series, { ...series, StartDateTime: monday - hour }].map((one) => records.create('Event', one));
  return [review, ...weekly];
}

const touchpoints = (signals: readonly Signal[]): string[] =>
  signals.flatMap(({ id, type }) => (type === 'touchpoint.recorded' ? id.replace(/^salesforce:event:|:with:.*$/g, '') : [])).sort();
const signalsOf = (pages: readonly HistoryPage[]): Signal[] => pages.flatMap(({ signals }) => signals);

it('counts a meeting once, whoever of us was invited, and a series by its occurrences', async () => {
  const joined = await salesforceOfTest();
  const { deal, priya } = acme(joined);
  const held = meetings(joined, { WhatId: deal, WhoId: priya });
  await joined.arrive();
  expect(touchpoints(joined.signals)).toEqual(held.toSorted());
  expect(touchpoints(signalsOf(await joined.pages()))).toEqual(held.toSorted());
});

it('counts it once without the API, too', async () => {
  const joined = await salesforceOfTest({ withApi: false });
  const { deal, priya } = acme(joined);
  const held = meetings(joined, { WhatId: deal, WhoId: priya });
  await joined.arrive();
  expect(touchpoints(joined.signals)).toEqual(held.toSorted());
});

it('plans by the meetings themselves: the copy of a colleague and the pattern of a series are no next step', async () => {
  for (const withApi of [true, false]) {
    const joined = await salesforceOfTest({ withApi });
    const { deal } = acme(joined);
    const { records } = joined.salesforce;
    records.create('Event', { WhatId: deal, Subject: 'Copy', StartDateTime: monday + 3 * day, IsChild: true });
    records.create('Event', { WhatId: deal, Subject: 'Pattern', StartDateTime: monday + 2 * day, GroupEventType: '3' });
    await joined.arrive();
    expect(joined.records().get(`deal:salesforce:${deal}`)).not.toMatchObject({ nextStep: { value: { title: expect.any(String) } } });
    joined.tick(60_000);
    records.create('Event', { WhatId: deal, Subject: 'Review', StartDateTime: monday + day });
    await joined.arrive();
    expect(joined.records().get(`deal:salesforce:${deal}`)).toMatchObject({ nextStep: { value: { title: 'Review' } } });
  }
});

it('takes nobody for there who declined', async () => {
  const joined = await salesforceOfTest();
  const { deal, priya, jo } = acme(joined);
  const { records } = joined.salesforce;
  const review = records.create('Event', { WhatId: deal, Subject: 'Review', StartDateTime: monday - hour });
  records.put('EventRelation', { EventId: review, RelationId: priya, Status: 'Accepted' });
  records.put('EventRelation', { EventId: review, RelationId: jo, Status: 'Declined' });
  await joined.arrive();
  expect(joined.ofType('touchpoint.recorded').map(({ touchpoint: { personId } }) => personId)).toEqual([`salesforce:${priya}`]);
});
