import { afterEach, expect, it } from 'vitest';
import { closeDatesOf } from '../../../../src/core/journey/close-dates.ts';
import { type DealRecord, isAlive } from '../../../../src/core/journey/record.ts';
import { dayMs } from '../../../../src/core/time.ts';
import { acme } from './acme.ts';
import { type Joined, joinHubspot } from './joined.ts';
import { journeysOf } from './seen.ts';

let joined: Joined;
afterEach(() => joined.close());

it.each([
  ['in order', false],
  ['in disorder', true],
] as const)('leaves the one that is left of a merge alive without an access token, though HubSpot deletes the others (%s)', async (_, reversed) => {
  joined = await joinHubspot({ withApi: false });
  const { records } = joined.hubspot;
  const twins = { companies: 'account', contacts: 'person', deals: 'deal' } as const;
  const merges = (['companies', 'contacts', 'deals'] as const).flatMap((kind) =>
    [true, false].map((asNew) => ({ kind, asNew, ids: [records.create(kind), records.create(kind)] as const })),
  );
  await joined.arrive();
  joined.tick(dayMs);
  const left = merges.map(({ kind, asNew, ids: [into, from] }) => `${twins[kind]}:hubspot:${records.merge(kind, into, [from], { asNew })}`);
  expect(records.events.filter(({ subscriptionType }) => subscriptionType.endsWith('.deletion'))).toHaveLength(9);
  await joined.arrive({ times: 2, order: (events) => (reversed ? events.toReversed() : events) });
  expect([...joined.records()].map(([key, record]) => [key, isAlive(record)]).toSorted()).toEqual(left.map((key) => [key, true]).toSorted());
});

it('tells the close date of a deal that was merged, and changed afterwards, as an import does that comes to know of it only then', async () => {
  joined = await joinHubspot();
  const { records } = joined.hubspot;
  const { deal } = acme(joined);
  const close = (id: string, day: string): void => records.update('deals', id, { closedate: `${day}T12:00:00Z` });
  let survivor = deal;
  const days = () => closeDatesOf(joined.records().get(`deal:hubspot:${survivor}`) as DealRecord).map(({ value }) => value);
  const then = async (what: () => void): Promise<void> => {
    joined.tick(dayMs);
    what();
    await joined.arrive();
    const live = journeysOf(joined);
    const told = [...joined.signals];
    joined.signals.length = 0;
    await joined.read();
    expect(journeysOf(joined)).toEqual(live);
    joined.signals.splice(0, joined.signals.length, ...told);
  };
  const mergeWith = (other: string): void => {
    survivor = records.merge('deals', survivor, [other], { asNew: true });
  };
  await then(() => close(deal, '2026-12-01'));
  const [second, third] = [records.create('deals', { dealname: 'Second' }), records.create('deals', { dealname: 'Third' })];
  await then(() => close(second, '2027-02-01'));
  await then(() => mergeWith(second));
  expect(days()[0]).toBe('2026-12-01');
  await then(() => close(survivor, '2027-03-01'));
  expect(days()[0]).toBe('2027-03-01');
  await then(() => close(third, '2027-05-01'));
  await then(() => mergeWith(third));
  expect(days()[0]).toBe('2027-03-01');
  await then(() => records.update('deals', survivor, { amount: '5' }));
  expect(days()[0]).toBe('2027-03-01');
  await then(() => close(survivor, '2027-04-01'));
  expect(days()[0]).toBe('2027-04-01');
});
