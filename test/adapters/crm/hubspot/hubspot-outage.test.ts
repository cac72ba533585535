import { afterEach, describe, expect, it, vi } from 'vitest';
import { connectHubspot } from '../../../../src/adapters/crm/hubspot/hubspot-api.ts';
import { type Joined, joinHubspot } from './joined.ts';

let joined: Joined;
afterEach(() => joined.close());

const deals = (): (string | null | undefined)[] => joined.signals.flatMap((signal) => (signal.type === 'deal.upserted' ? [signal.deal.name] : []));

/** Time passes, and due rows are processed, until nothing waits. */
async function catchUp(stepMs = 5_000, steps = 200): Promise<void> {
  for (let step = 0; step < steps && joined.waiting() > 0; step += 1) {
    joined.tick(stepMs);
    await joined.process();
  }
}

describe('when the API is away', () => {
  it.each([
    ['answers 500', (weather: Joined['hubspot']['weather']) => Object.assign(weather, { outage: 500 })],
    ['answers 502', (weather: Joined['hubspot']['weather']) => Object.assign(weather, { outage: 502 })],
    ['hangs up', (weather: Joined['hubspot']['weather']) => Object.assign(weather, { hangUp: true })],
    ['answers a page under 404', (weather: Joined['hubspot']['weather']) => Object.assign(weather, { page: { code: 404, text: '<html/>' } })],
    ['answers half of it', (weather: Joined['hubspot']['weather']) => Object.assign(weather, { page: { code: 200, text: '{"results":[{' } })],
  ])('keeps accepting, loses nothing and catches up (%s)', async (_, go) => {
    joined = await joinHubspot();
    go(joined.hubspot.weather);
    for (let count = 0; count < 20; count += 1) joined.hubspot.records.create('deals', { dealname: `Deal ${count}` });
    expect(await joined.send({ batch: 5 })).toEqual([200, 200, 200, 200]);
    await joined.process();
    expect([joined.signals, joined.dead, joined.waiting()]).toEqual([[], [], 20]);
    joined.tick(600_000);
    await joined.process();
    expect(joined.waiting()).toBe(20);
    Object.assign(joined.hubspot.weather, { outage: null, hangUp: false, page: null });
    await catchUp();
    expect([deals().length, joined.dead.length, joined.waiting()]).toEqual([20, 0, 0]);
  });

  it('asks less and less often, once for all that wait', async () => {
    joined = await joinHubspot();
    joined.hubspot.weather.outage = 503;
    for (let count = 0; count < 30; count += 1) joined.hubspot.records.create('deals', { dealname: `Deal ${count}` });
    await joined.send();
    const asked: number[] = [];
    for (let second = 0; second < 120; second += 1) {
      const before = joined.hubspot.requests.length;
      await joined.process();
      if (joined.hubspot.requests.length > before) asked.push(second);
      joined.tick(1_000);
    }
    expect(asked).toEqual([0, 1, 3, 7, 15, 31, 63]);
    expect(joined.hubspot.requests.length).toBe(asked.length);
  });

  it('waits as long as a 429 says, and ten seconds where it does not, with what it has in hand', async () => {
    joined = await joinHubspot();
    joined.hubspot.records.create('companies', { name: 'Acme' });
    await joined.send();
    Object.assign(joined.hubspot.weather, { limited: 1, retryAfterSeconds: 42 });
    await joined.process();
    joined.hubspot.records.create('companies', { name: 'Calm' });
    await joined.send();
    Object.assign(joined.hubspot.weather, { limited: 1, retryAfterSeconds: null });
    await joined.process();
    expect(joined.waits).toEqual([42_000, 10_000]);
    expect([joined.ofType('account.upserted').length, joined.waiting()]).toEqual([2, 0]);
  });

  it('lets longer pauses pass before it asks again', async () => {
    joined = await joinHubspot();
    joined.hubspot.records.create('companies', { name: 'Acme' });
    await joined.send();
    Object.assign(joined.hubspot.weather, { limited: 1, retryAfterSeconds: 90 });
    await joined.process();
    joined.tick(89_000);
    await joined.process();
    expect([joined.hubspot.requests.length, joined.waits, joined.waiting()]).toEqual([1, [], 1]);
    joined.tick(1_000);
    await joined.process();
    expect([joined.ofType('account.upserted').length, joined.waiting()]).toEqual([1, 0]);
  });

  it.each([2, 3, 5])('gets through in one go although one in %i requests is refused, for ever', async (refusesEvery) => {
    const tell = async (): Promise<void> => {
      for (let count = 0; count < 120; count += 1) {
        const deal = joined.hubspot.records.create('deals', { dealname: `Deal ${count}`, hubspot_owner_id: '11' });
        const contact = joined.hubspot.records.create('contacts', { email: `${count}@acme.example` });
        const call = joined.hubspot.records.create('calls', { hs_timestamp: new Date(joined.now()).toISOString() });
        joined.hubspot.records.associate(['deals', deal], ['contacts', contact]);
        joined.hubspot.records.associate(['calls', call], ['deals', deal]);
      }
      await joined.send();
    };
    joined = await joinHubspot();
    await tell();
    await joined.process();
    const [signals, needed] = [joined.signals.length, joined.hubspot.requests.length];
    await joined.close();
    joined = await joinHubspot();
    await tell();
    joined.hubspot.weather.refusesEvery = refusesEvery;
    await joined.process();
    expect([joined.signals.length, joined.waiting(), joined.dead]).toEqual([signals, 0, []]);
    // What was answered is not asked again.
    expect(joined.hubspot.requests.length).toBeLessThanOrEqual(Math.ceil((needed * refusesEvery) / (refusesEvery - 1)));
    expect(needed).toBeGreaterThan(10);
  });

  it('does not wait for ever: what is refused again and again is looked at later', async () => {
    joined = await joinHubspot();
    joined.hubspot.records.create('companies', { name: 'Acme' });
    await joined.send();
    Object.assign(joined.hubspot.weather, { limited: 1_000 });
    await joined.process();
    expect(joined.waits.reduce((sum, ms) => sum + ms, 0)).toBe(300_000);
    expect([joined.signals.length, joined.waiting(), joined.hubspot.requests.length]).toEqual([0, 1, 31]);
  });

  it('gives up waiting at once when the bot stops', async () => {
    joined = await joinHubspot();
    joined.hubspot.weather.limited = 1;
    const stopping = new AbortController();
    const { soon } = connectHubspot({
      ...{ accessToken: joined.hubspot.accessToken, baseUrl: joined.hubspot.url, stopping: stopping.signal },
      ...{ clock: { now: joined.now }, logger: joined.logger },
    });
    const asked = soon.readPipelines().catch((error: unknown) => error);
    await vi.waitFor(() => expect(joined.logger.lines.some(({ message }) => message.includes('left alone'))).toBe(true), { timeout: 20_000 });
    stopping.abort();
    expect(String(await asked)).toContain('the bot stopped');
  });

  it('looks once an hour when the allowance of the day is used up', async () => {
    joined = await joinHubspot();
    joined.hubspot.records.create('companies', { name: 'Acme' });
    await joined.send();
    Object.assign(joined.hubspot.weather, { limited: 1, policyName: 'DAILY' });
    await joined.process();
    joined.tick(59 * 60_000);
    await joined.process();
    expect(joined.waiting()).toBe(1);
    joined.tick(60_000);
    await joined.process();
    expect(joined.waiting()).toBe(0);
  });

  it('does not take half an answer for the whole: what is not in it is not deleted', async () => {
    joined = await joinHubspot();
    const deal = joined.hubspot.records.create('deals', { dealname: 'There' });
    joined.hubspot.records.create('deals', { dealname: 'There, too' });
    joined.hubspot.weather.failing = [deal];
    await joined.send();
    joined.tick(120_000);
    await joined.process();
    expect([joined.signals, joined.waiting()]).toEqual([[], 2]);
    joined.hubspot.weather.failing = [];
    await catchUp(60_000);
    expect(deals().sort()).toEqual(['There', 'There, too']);
    expect(joined.signals.filter(({ type }) => type === 'record.deleted')).toEqual([]);
  });

  it('says which token or scope is wrong, and waits for it', async () => {
    joined = await joinHubspot();
    joined.hubspot.records.create('contacts', { email: 'a@b.example' });
    joined.hubspot.records.create('companies', { name: 'Acme' });
    await joined.send();
    joined.hubspot.weather.forbidden = ['/crm/v3/objects/contacts'];
    await joined.process();
    expect(joined.signals.map(({ type }) => type)).toEqual(['account.upserted']);
    expect(joined.logger.lines.find(({ level }) => level === 'error')).toMatchObject({
      fields: { path: '/crm/v3/objects/contacts/batch/read', scopes: ['crm.objects.contacts.read'] },
    });
    joined.hubspot.weather.forbidden = [];
    await catchUp(60_000);
    expect(joined.signals.map(({ type }) => type)).toEqual(['account.upserted', 'person.upserted']);
    expect(JSON.stringify(joined.logger.lines)).not.toContain(joined.hubspot.accessToken);
  });

  it('reads pipelines and owners once an hour, and sooner for one it does not know', async () => {
    joined = await joinHubspot();
    const { records, requests, stages } = joined.hubspot;
    const asked = (path: string): number => requests.filter((request) => request.path.startsWith(path)).length;
    for (let count = 0; count < 3; count += 1) {
      records.create('deals', { dealname: 'Known', pipeline: 'default', dealstage: 'contractsent', hubspot_owner_id: '11' });
      await joined.send();
      await joined.process();
      joined.tick(120_000);
    }
    expect(asked('/crm/v3/pipelines')).toBe(1);
    const owners = asked('/crm/v3/owners');
    stages.push({ ...(stages[3] as (typeof stages)[number]), id: 'signed', label: 'Signed' });
    records.create('deals', { dealname: 'New stage', pipeline: 'default', dealstage: 'signed', hubspot_owner_id: '11' });
    await joined.send();
    await joined.process();
    expect([asked('/crm/v3/pipelines'), asked('/crm/v3/owners')]).toEqual([2, owners]);
    expect(joined.signals.filter(({ type }) => type === 'deal.upserted').at(-1)).toMatchObject({ deal: { status: 'won' } });
  });

  it('asks for many records in few requests, and for no more than HubSpot takes at once', async () => {
    joined = await joinHubspot();
    for (let count = 0; count < 120; count += 1) joined.hubspot.records.create('deals', { dealname: `Deal ${count}` });
    await joined.send();
    await joined.process();
    expect(deals()).toHaveLength(120);
    expect(
      joined.hubspot.requests.map(({ path, inputs }) => [path.split('/').slice(-4).join('/'), inputs]).filter(([, inputs]) => inputs !== 0),
    ).toEqual([
      ['objects/deals/batch/read', 50],
      ['objects/deals/batch/read', 50],
      ['objects/deals/batch/read', 20],
      ['deals/companies/batch/read', 100],
      ['deals/companies/batch/read', 20],
      ['deals/contacts/batch/read', 100],
      ['deals/contacts/batch/read', 20],
    ]);
  });

  it('does not wait for HubSpot when the bot stops, and keeps what waited', async () => {
    joined = await joinHubspot({ requestsPerTenSeconds: 1 });
    for (let count = 0; count < 3; count += 1) joined.hubspot.records.create('deals', { dealname: `Deal ${count}` });
    await joined.send();
    const processed = joined.process();
    await vi.waitFor(() => expect(joined.hubspot.requests).toHaveLength(1), { timeout: 20_000 });
    joined.stopping.abort();
    await processed;
    expect([joined.signals, joined.dead, joined.waiting()]).toEqual([[], [], 3]);
  });

  it('has HubSpot send again what it could not bring, and takes it then', async () => {
    joined = await joinHubspot();
    joined.hubspot.records.create('companies', { name: 'Acme' });
    expect(await joined.hubspot.send({ to: `${joined.publicUrl}/webhooks/hubspot`, at: 'http://127.0.0.1:9/' })).toEqual([0]);
    expect(await joined.send()).toEqual([200]);
    await joined.process();
    expect(joined.signals.map(({ type }) => type)).toEqual(['account.upserted']);
  });
});
