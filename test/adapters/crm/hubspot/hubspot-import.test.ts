import { afterEach, describe, expect, it } from 'vitest';
import type { Signal } from '../../../../src/core/journey/signal.ts';
import { type Joined, joinHubspot, monday } from './joined.ts';
import { journeysOf, seen } from './seen.ts';
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
const ids = (signals: Signal[]): string[] => signals.map(({ id }) => id).sort();

describe('an import', () => {
  it('ends with the same records and journeys as webhooks in order, live or late', async () => {
    const { joined: webhooks, told } = await tellInOrder(await join());
    const live = await join();
    await story(live, async () => {
      await live.send();
      await live.process();
    });
    const imported = await join();
    await story(imported);
    await imported.read();
    expect(withoutErased(seen(imported), told)).toEqual(withoutErased(seen(webhooks), told));
    expect(seen(imported)[told.erased]).toBeUndefined();
    expect(journeysOf(imported)).toEqual(journeysOf(webhooks));
    expect(journeysOf(imported)).toEqual(journeysOf(live));
    expect(journeysOf(imported).map(({ id }) => id)).toHaveLength(3);
  });

  it('says with the very same ids what webhooks said', async () => {
    const { joined } = await tellInOrder(await join());
    const told = new Set(ids(joined.signals));
    joined.signals.length = 0;
    await joined.read();
    expect(ids(joined.signals).filter((id) => !told.has(id))).toEqual([]);
    expect(joined.signals.length).toBeGreaterThan(20);
  });

  it('says the same again when it is done again', async () => {
    const joined = await join();
    await story(joined);
    await joined.read();
    const once = ids(joined.signals.splice(0));
    joined.tick(60_000);
    await joined.read();
    expect(ids(joined.signals)).toEqual(once);
    expect(new Set(once).size).toBe(once.length);
  });

  it('goes on from every cursor, and from none', async () => {
    const joined = await join();
    for (let count = 0; count < 120; count += 1) joined.hubspot.records.create('deals', { dealname: `Deal ${count}` });
    await story(joined);
    const pages = await joined.read();
    expect(pages.length).toBeGreaterThan(10);
    expect(pages.map(({ cursor }) => cursor === null)).toEqual(pages.map((_, index) => index === pages.length - 1));
    for (const [index, { cursor, rows }] of pages.entries()) {
      if (cursor === null) continue;
      const rest = await joined.read(null, cursor);
      expect(rest).toEqual(pages.slice(index + 1));
      expect(rows).toBeLessThanOrEqual(100);
    }
    expect((await joined.read(null, 'of a former version')).flatMap(({ signals }) => ids(signals))).toEqual(
      pages.flatMap(({ signals }) => ids(signals)),
    );
  });

  it('knows how many rows there are, and brings them', async () => {
    const joined = await join();
    for (let count = 0; count < 120; count += 1) joined.hubspot.records.create('contacts', { email: `${count}@acme.example` });
    const gone = joined.hubspot.records.create('companies', { name: 'Gone' });
    joined.hubspot.records.create('companies', { name: 'Acme' });
    joined.hubspot.records.remove('companies', gone);
    const pages = await joined.read();
    expect(pages[0]?.total).toBe(121);
    expect(pages.at(-1)?.total).toBe(122);
    expect(pages.reduce((sum, { rows }) => sum + rows, 0)).toBe(122);
  });

  it('asks for no more at once than HubSpot takes, and in few requests', async () => {
    const joined = await join();
    for (let count = 0; count < 120; count += 1) joined.hubspot.records.create('deals', { dealname: `Deal ${count}` });
    joined.hubspot.requests.length = 0;
    await joined.read();
    const asked = joined.hubspot.requests.map(({ path }) => path.split('?')[0]);
    expect(asked.filter((path) => path === '/crm/v3/objects/deals')).toHaveLength(4);
    expect(asked.filter((path) => path === '/crm/v4/associations/deals/companies/batch/read')).toHaveLength(3);
    expect(asked.filter((path) => path === '/crm/v3/objects/deals/batch/read')).toEqual([]);
  });

  it('passes on the id of an owner whom HubSpot does not name, and goes without the scope for owners', async () => {
    const joined = await join();
    const { records, weather } = joined.hubspot;
    records.create('deals', { dealname: 'Of somebody', hubspot_owner_id: '99' });
    records.create('deals', { dealname: 'Of nobody' });
    records.create('deals', { dealname: 'Of Dana', hubspot_owner_id: '11' });
    const owners = () => joined.ofType('deal.upserted').map(({ deal }) => deal.ownerEmail);
    await joined.read();
    expect(owners()).toEqual(['99', null, 'dana@us.example']);
    joined.signals.length = 0;
    weather.forbidden = ['/crm/v3/owners'];
    const without = await join();
    without.hubspot.weather.forbidden = ['/crm/v3/owners'];
    without.hubspot.records.create('deals', { dealname: 'Of Dana', hubspot_owner_id: '11' });
    await without.send();
    await without.process();
    expect(without.ofType('deal.upserted').map(({ deal }) => deal.ownerEmail)).toEqual(['11']);
    await without.read();
    expect(without.hubspot.requests.filter(({ path }) => path.startsWith('/crm/v3/owners')).length).toBeLessThanOrEqual(2);
  });

  it('takes labels of the team’s own on a deal for roles, beside HubSpot’s property for them', async () => {
    const joined = await join();
    const { records } = joined.hubspot;
    const [deal, jo] = [records.create('deals', { dealname: 'Rollout' }), records.create('contacts', { hs_buying_role: 'CHAMPION' })];
    records.associate(['deals', deal], ['contacts', jo], { labels: ['Legal counsel'] });
    await joined.read();
    expect(joined.ofType('person.upserted').map(({ person }) => person.roles)).toEqual([['CHAMPION', 'Legal counsel']]);
    await joined.send();
    await joined.process();
    joined.tick(60_000);
    records.label(['deals', deal], ['contacts', jo], ['Decision maker']);
    await joined.send();
    await joined.process();
    expect(joined.records().get(`person:hubspot:${jo}`)).toMatchObject({ roles: { value: ['CHAMPION', 'Decision maker'], at: monday + 60_000 } });
  });

  it('goes without logged e-mails where the token may not read them, and says so', async () => {
    const joined = await join();
    joined.hubspot.weather.forbidden = ['/crm/v3/objects/emails'];
    joined.hubspot.records.create('emails', { hs_timestamp: new Date(monday).toISOString() });
    joined.hubspot.records.create('companies', { name: 'Acme' });
    const pages = await joined.read();
    expect(pages.flatMap(({ refused }) => refused)).toEqual([{ where: 'emails', why: expect.stringContaining('sales-email-read') }]);
    expect(joined.ofType('account.upserted')).toHaveLength(1);
  });

  it('reports an engagement that has no time', async () => {
    const joined = await join();
    const call = joined.hubspot.records.create('calls', { hs_call_direction: 'INBOUND' });
    const pages = await joined.read();
    expect(pages.flatMap(({ refused }) => refused)).toEqual([{ where: `calls ${call}`, why: 'HubSpot has no time for it' }]);
  });
});
