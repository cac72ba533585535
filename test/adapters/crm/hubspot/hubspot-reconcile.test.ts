import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { shuffled } from '../../../shuffled.ts';
import { type Joined, joinHubspot, monday } from './joined.ts';
import { journeysOf, valuesOf } from './seen.ts';
import { story, tellInOrder, withoutErased } from './story.ts';

const open: Joined[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((joined) => joined.close()));
});
const join = async (): Promise<Joined> => {
  const joined = await joinHubspot();
  open.push(joined);
  return joined;
};

describe('a reconciliation', () => {
  it('heals what webhooks lost, however the others came', { timeout: 60_000 }, async () => {
    const { joined: whole, told } = await tellInOrder(await join());
    const expected = withoutErased(valuesOf(whole), told);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 0, max: 7 }), async (seed, goodSteps) => {
        const joined = await join();
        let steps = 0;
        let goodAt = monday;
        await story(joined, async () => {
          if (steps > goodSteps) return;
          // Until the last good point everything comes.
          await joined.send({ order: (events) => shuffled(events, seed), times: 2 });
          await joined.process();
          goodAt = joined.now();
          steps += 1;
        });
        const { events } = joined.hubspot.records;
        const lost = new Set(shuffled(events, seed + 1).slice(0, Math.ceil(events.length / 3)));
        events.splice(0, events.length, ...events.filter((event) => !lost.has(event)));
        await joined.send({ order: (some) => shuffled(some, seed), times: 2, batch: 7 });
        await joined.process();
        await joined.read(goodAt);
        await joined.lookForGone();
        expect(journeysOf(joined)).toEqual(journeysOf(whole));
        expect(withoutErased(valuesOf(joined), told)).toEqual(expected);
        await joined.close();
        open.splice(open.indexOf(joined), 1);
      }),
      { numRuns: 8 },
    );
  });

  it('names those who are gone for good, and nobody who is there by whatever id', async () => {
    const joined = await join();
    const { records } = joined.hubspot;
    const [there, merged, erased] = ['a', 'b', 'c'].map((name) => records.create('contacts', { email: `${name}@acme.example` }));
    if (there === undefined || merged === undefined || erased === undefined) throw new Error('three contacts are needed');
    await joined.read();
    records.merge('contacts', there, [merged]);
    records.erase(erased);
    await joined.read(monday);
    joined.signals.length = 0;
    const asked = [there, merged, erased].map((id) => `hubspot:${id}`);
    expect(await joined.history.gonePeople?.(asked, monday)).toMatchObject([
      { type: 'record.deleted', occurredAt: monday, record: { kind: 'person', id: `hubspot:${erased}` } },
    ]);
  });

  it('knows of whoever was merged into somebody who was deleted later, though no list has them', async () => {
    const joined = await join();
    const { records } = joined.hubspot;
    const [kept, merged] = ['a', 'b'].map((name) => records.create('contacts', { email: `${name}@acme.example` }));
    if (kept === undefined || merged === undefined) throw new Error('two contacts are needed');
    await joined.read();
    joined.tick(60_000);
    records.merge('contacts', kept, [merged]);
    joined.tick(60_000);
    records.remove('contacts', kept);
    await joined.read(monday);
    expect(joined.ofType('record.merged').map(({ merge, occurredAt }) => [merge.from, merge.into, occurredAt - monday])).toEqual([
      [[`hubspot:${merged}`], `hubspot:${kept}`, 60_000],
    ]);
    expect(joined.ofType('record.deleted').map(({ record }) => record.id)).toEqual([`hubspot:${kept}`]);
  });

  it('gives a restored deal its people back who were changed while it was deleted', async () => {
    const joined = await join();
    const { records } = joined.hubspot;
    const [deal, other, person] = [records.create('deals'), records.create('deals'), records.create('contacts')];
    for (const each of [deal, other]) records.associate(['deals', each], ['contacts', person]);
    joined.tick(60_000);
    records.remove('deals', deal);
    records.update('contacts', person, { jobtitle: 'CFO' });
    await joined.read();
    expect(joined.records().get(`person:hubspot:${person}`)).toMatchObject({ dealIds: { value: [`hubspot:${other}`] } });
    joined.tick(3_600_000);
    records.restore('deals', deal);
    await joined.read(joined.now());
    expect(joined.records().get(`person:hubspot:${person}`)).toMatchObject({ dealIds: { value: [`hubspot:${deal}`, `hubspot:${other}`] } });
  });

  it('reads what was changed since, and little more', async () => {
    const joined = await join();
    const { records } = joined.hubspot;
    const old = records.create('deals', { dealname: 'Old' });
    const oldest = records.create('deals', { dealname: 'Oldest' });
    records.remove('deals', oldest);
    joined.tick(3_600_000);
    const changed = records.create('deals', { dealname: 'New' });
    const gone = records.create('deals', { dealname: 'Gone' });
    records.remove('deals', gone);
    await joined.read(joined.now());
    expect(joined.ofType('deal.upserted').map(({ deal }) => deal.id)).toEqual([`hubspot:${changed}`]);
    expect(joined.ofType('record.deleted').map(({ record }) => record.id)).toEqual([`hubspot:${gone}`]);
    expect(joined.hubspot.requests.some(({ path }) => path.startsWith('/crm/v3/objects/deals?') && path.includes('archived=false'))).toBe(false);
    joined.signals.length = 0;
    records.update('deals', old, { amount: '5' });
    await joined.read(joined.now());
    expect(new Set(joined.ofType('deal.upserted').map(({ deal }) => deal.id))).toEqual(new Set([`hubspot:${old}`, `hubspot:${changed}`]));
  });

  it('finds more than the 10,000 that HubSpot’s search ends at, though all were changed in one millisecond', { timeout: 60_000 }, async () => {
    const joined = await join();
    const contacts = 10_250;
    for (let count = 0; count < contacts; count += 1) joined.hubspot.records.create('contacts', { email: `${count}@acme.example` });
    const pages = await joined.read(monday);
    expect(new Set(joined.ofType('person.upserted').map(({ person }) => person.id)).size).toBe(contacts);
    expect(pages.filter(({ rows }) => rows > 0)).toHaveLength(Math.ceil(contacts / 100));
  });

  it('goes on from every cursor', async () => {
    const joined = await join();
    for (let count = 0; count < 230; count += 1) joined.hubspot.records.create('companies', { name: `Company ${count}` });
    const pages = await joined.read(monday);
    for (const [index, { cursor }] of pages.entries()) {
      if (cursor !== null) expect(await joined.read(monday, cursor)).toEqual(pages.slice(index + 1));
    }
  });

  it('takes a meeting that is over now for a touchpoint, though nobody touched it in HubSpot', async () => {
    const joined = await join();
    const { records } = joined.hubspot;
    const deal = records.create('deals', { dealname: 'Rollout' });
    const meeting = records.create('meetings', { hs_timestamp: new Date(monday + 86_400_000 * 5).toISOString(), hs_meeting_outcome: 'SCHEDULED' });
    records.associate(['meetings', meeting], ['deals', deal]);
    await joined.read();
    expect([joined.ofType('next-step.set').length, joined.ofType('touchpoint.recorded').length]).toEqual([1, 0]);
    joined.tick(86_400_000 * 5 + 60_000);
    await joined.read(joined.now() - 1_800_000);
    expect(joined.ofType('touchpoint.recorded').map(({ id }) => id)).toEqual([`hubspot:meeting:${meeting}:about:hubspot:${deal}`]);
  });

  it('finds merges and their times, of contacts also from before HubSpot had a property for them', async () => {
    const joined = await join();
    const { records } = joined.hubspot;
    const [one, two, three] = ['a', 'b', 'c'].map((name) => records.create('contacts', { email: `${name}@acme.example` }));
    if (one === undefined || two === undefined || three === undefined) throw new Error('three contacts are needed');
    joined.tick(60_000);
    records.merge('contacts', one, [two]);
    joined.tick(60_000);
    const survivor = records.merge('contacts', one, [three], { asNew: true });
    const former = records.create('contacts', { hs_calculated_merged_vids: `77:${monday - 5_000};78:${monday - 4_000}` });
    await joined.read(monday);
    const merges = joined.ofType('record.merged').map(({ merge, occurredAt }) => [merge.from, merge.into, occurredAt - monday]);
    expect(merges).toEqual(
      expect.arrayContaining([
        [['hubspot:77'], `hubspot:${former}`, -5_000],
        [['hubspot:78'], `hubspot:${former}`, -4_000],
        [[`hubspot:${one}`, `hubspot:${three}`], `hubspot:${survivor}`, 120_000],
      ]),
    );
    expect(joined.ofType('record.deleted')).toEqual([]);
  });
});
