import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acme } from './acme.ts';
import { type Joined, joinHubspot, monday } from './joined.ts';

let joined: Joined;
beforeEach(async () => {
  joined = await joinHubspot();
});
afterEach(() => joined.close());

describe('ends', () => {
  it('gives a restored deal its people back who were changed while it was deleted', async () => {
    const { records } = joined.hubspot;
    const { deal, priya } = acme(joined);
    await joined.arrive();
    const dealsOf = () => joined.records().get(`person:hubspot:${priya}`);
    for (const change of [
      () => records.remove('deals', deal),
      () => records.update('contacts', priya, { jobtitle: 'CEO' }),
      () => records.restore('deals', deal),
    ]) {
      joined.tick(60_000);
      change();
      await joined.arrive();
    }
    expect(dealsOf()).toMatchObject({ dealIds: { value: [`hubspot:${deal}`] } });
  });

  it('makes a tombstone of a deleted record, and takes it back when it is restored', async () => {
    const { deal } = acme(joined);
    await joined.arrive();
    joined.tick(5_000);
    joined.hubspot.records.remove('deals', deal);
    await joined.arrive();
    expect(joined.ofType('record.deleted')).toEqual([
      expect.objectContaining({ occurredAt: monday + 5_000, record: { kind: 'deal', id: `hubspot:${deal}` } }),
    ]);
    joined.tick(5_000);
    joined.hubspot.records.restore('deals', deal);
    await joined.arrive();
    expect(joined.ofType('deal.upserted').at(-1)?.occurredAt).toBe(monday + 10_000);
  });

  it('makes a tombstone of what is not there any more, whoever mentions it', async () => {
    const { deal } = acme(joined);
    joined.hubspot.records.remove('deals', deal);
    joined.hubspot.records.events.length = 0;
    joined.hubspot.records.noise('deal.propertyChange', { objectId: Number(deal), propertyName: 'amount', propertyValue: '1' });
    await joined.send();
    joined.tick(90_000);
    await joined.process();
    expect(joined.ofType('record.deleted').map(({ record }) => record.id)).toEqual([`hubspot:${deal}`]);
  });

  it('waits for a record so new that the API does not show it', async () => {
    joined.hubspot.records.noise('deal.creation', { objectId: 1_001 });
    await joined.arrive();
    expect([joined.signals.length, joined.waiting()]).toEqual([0, 1]);
    const deal = joined.hubspot.records.create('deals', { dealname: 'Late' });
    joined.hubspot.records.events.length = 0;
    joined.tick(20_000);
    await joined.process();
    expect(joined.ofType('deal.upserted').map((signal) => signal.deal.id)).toEqual([`hubspot:${deal}`]);
  });

  it('erases a person for privacy, whichever of the two events comes first', async () => {
    const { priya } = acme(joined);
    await joined.arrive();
    joined.hubspot.records.erase(priya);
    await joined.arrive({ order: (events) => events.toReversed() });
    expect(joined.ofType('record.erased').map(({ record }) => record)).toEqual([{ kind: 'person', id: `hubspot:${priya}` }]);
    expect(joined.records().get(`person:hubspot:${priya}`)).toMatchObject({ erasedAt: monday });
    expect(joined.records().get(`person:hubspot:${priya}`)).not.toHaveProperty('email');
  });

  it('merges companies into the primary one', async () => {
    const { company } = acme(joined);
    const twin = joined.hubspot.records.create('companies', { name: 'ACME' });
    await joined.arrive();
    joined.tick(5_000);
    joined.hubspot.records.merge('companies', company, [twin]);
    await joined.arrive();
    expect(joined.ofType('record.merged').map(({ merge }) => merge)).toEqual([
      { kind: 'account', from: [`hubspot:${twin}`], into: `hubspot:${company}` },
    ]);
    expect(joined.records().has(`account:hubspot:${twin}`)).toBe(false);
  });

  it('merges contacts into the third record that the merge made', async () => {
    const { priya, jo, deal } = acme(joined);
    await joined.arrive();
    joined.tick(5_000);
    const survivor = joined.hubspot.records.merge('contacts', priya, [jo], { asNew: true });
    await joined.arrive();
    expect(joined.ofType('record.merged').map(({ merge }) => merge)).toEqual([
      { kind: 'person', from: [priya, jo].map((id) => `hubspot:${id}`), into: `hubspot:${survivor}` },
    ]);
    expect(joined.records().get(`person:hubspot:${survivor}`)).toMatchObject({
      name: { value: 'Priya Nair' },
      dealIds: { value: [`hubspot:${deal}`] },
    });
  });

  it('finds the survivor of a merge that was never told', async () => {
    const { priya, jo } = acme(joined);
    joined.hubspot.records.merge('contacts', priya, [jo]);
    joined.hubspot.records.events.length = 0;
    joined.hubspot.records.noise('contact.propertyChange', { objectId: Number(jo), propertyName: 'email', propertyValue: 'x' });
    await joined.arrive();
    expect(joined.ofType('record.merged').map(({ merge }) => merge)).toEqual([{ kind: 'person', from: [`hubspot:${jo}`], into: `hubspot:${priya}` }]);
    expect(joined.ofType('record.deleted')).toEqual([]);
  });
});
