import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acme } from './acme.ts';
import { type Joined, joinPipedrive } from './joined.ts';

let joined: Joined;
beforeEach(async () => {
  joined = await joinPipedrive({ timeoutMs: 1_000 });
});
afterEach(() => joined.close());

const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

async function post(body: unknown, authorization: string | null = basic(`${joined.pipedrive.user}:${joined.pipedrive.password}`)) {
  const headers = { 'content-type': 'application/json', ...(authorization === null ? {} : { authorization }) };
  const response = await fetch(joined.hook, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, text: await response.text() };
}
const event = (meta: Record<string, unknown> = {}) => ({
  meta: { action: 'change', entity: 'deal', entity_id: '8', id: 'e-1', company_id: '1', timestamp: '2026-06-01T12:00:00.000Z', attempt: 1, ...meta },
  data: { id: 8, title: 'Deal' },
  previous: { title: 'Old' },
});

describe('who may come in', () => {
  it.each([
    ['nobody', null],
    ['a wrong password', basic('pipedrive:wrong')],
    ['a wrong user', basic('somebody:hook-password')],
    ['user and password moved', basic('pipedrivehook-password')],
    ['another scheme', 'Bearer hook-password'],
    ['rubbish', 'Basic §§§'.replaceAll('§', '!')],
  ])('refuses %s', async (_name, authorization) => {
    expect((await post(event(), authorization)).status).toBe(401);
    expect(joined.inbox()).toBe(0);
  });

  it('takes the right one', async () => {
    expect((await post(event())).status).toBe(200);
    expect(joined.inbox()).toBe(1);
  });
});

describe('what may come in', () => {
  it.each([
    ['no JSON', '{', /meta, data and previous/],
    ['an array', [event()], /meta, data and previous/],
    ['a webhook of version 1', event({ action: 'updated' }), /meta\.action.*version 2/],
    ['a webhook without a time', event({ timestamp: 'soon' }), /meta\.timestamp/],
    ['a webhook about nothing', event({ entity_id: null }), /meta\.entity_id/],
  ])('refuses %s and says why', async (_name, body, reason) => {
    const { status, text } = await post(body);
    expect(status).toBe(400);
    expect(text).toMatch(reason);
    expect(joined.inbox()).toBe(0);
  });

  it.each([
    ['ISO time and ids as text', {}],
    ['seconds and ids as numbers', { timestamp: 1_780_315_200, entity_id: 8, id: 1, company_id: 1 }],
  ])('takes %s', async (_name, meta) => {
    expect((await post(event(meta))).status).toBe(200);
  });

  it('counts what is sent again once, and tells different events apart', async () => {
    await post(event());
    await post(event({ attempt: 2 }));
    await post(event({ attempt: 3, webhook_id: '99' }));
    expect(joined.inbox()).toBe(1);
    await post(event({ id: 'e-2' }));
    await post(event({ company_id: '2' }));
    await post(event({ action: 'delete' }));
    await post(event({ timestamp: '2026-06-01T12:00:01.000Z' }));
    await post({ ...event(), data: { id: 8, title: 'Other' } });
    await post(event({ merged_from_id: '9' }));
    expect(joined.inbox()).toBe(7);
  });
});

describe('how Pipedrive delivers', () => {
  it('tries again after 3, 30 and 150 seconds, and counts once', async () => {
    joined.pipedrive.records.create('organizations', { name: 'Acme' });
    joined.breakDoor(true);
    expect(await joined.send()).toEqual([503]);
    for (const wait of [3, 30]) {
      joined.tick(wait * second - 1);
      expect(await joined.send()).toEqual([]);
      joined.tick(1);
      expect(await joined.send()).toEqual([503]);
    }
    joined.breakDoor(false);
    joined.tick(150 * second);
    expect(await joined.arrive()).toEqual([200]);
    expect(joined.pipedrive.webhooks.state.attempts).toEqual([1, 2, 3, 4]);
    expect([joined.inbox(), joined.ofType('account.upserted').at(-1)?.account.name]).toEqual([1, 'Acme']);
  });

  it('bans for half an hour after ten failures, and what happens meanwhile is lost until a reconciliation', async () => {
    const { records, webhooks } = joined.pipedrive;
    joined.breakDoor(true);
    for (let count = 0; count < 10; count += 1) records.create('organizations', { name: `Company ${count}` });
    await joined.send();
    expect(webhooks.banned()).toBe(true);
    joined.breakDoor(false);
    records.create('organizations', { name: 'Lost' });
    joined.tick(10 * minute);
    expect(await joined.arrive()).toEqual([]);
    joined.tick(20 * minute);
    records.create('organizations', { name: 'Heard' });
    expect(await joined.arrive()).toEqual([200]);
    expect(joined.ofType('account.upserted').map(({ account }) => account.name)).not.toContain('Lost');
    for await (const { signals } of joined.history().pages({ since: joined.now() - 60 * minute, cursor: null }, new AbortController().signal))
      joined.signals.push(...signals);
    const names = new Set(joined.ofType('account.upserted').flatMap(({ account }) => account.name ?? []));
    expect(names).toEqual(new Set(['Lost', 'Heard', ...Array.from({ length: 10 }, (_, count) => `Company ${count}`)]));
  });

  it('deletes a webhook that has not worked for three days', async () => {
    joined.breakDoor(true);
    for (let hours = 0; hours <= 72; hours += 6) {
      joined.pipedrive.records.create('organizations', { name: 'Nobody hears' });
      await joined.send();
      joined.tick(day / 4);
    }
    expect(joined.pipedrive.webhooks.state.deleted).toBe(true);
  });

  it('is answered long before its ten seconds are over, however slow the API is', async () => {
    acme(joined);
    joined.pipedrive.weather.silent = true;
    expect(new Set(await joined.send())).toEqual(new Set([200]));
    joined.pipedrive.weather.silent = false;
    joined.pipedrive.weather.outage = 503;
    await joined.process();
    expect([joined.signals, joined.dead, joined.waiting()]).toEqual([[], [], 4]);
    joined.pipedrive.weather.outage = null;
    joined.tick(5 * minute);
    await joined.process();
    expect([joined.waiting(), joined.ofType('deal.upserted').length > 0]).toEqual([0, true]);
  });
});

describe('what Pipedrive’s API refuses', () => {
  it.each([
    ['an expired token', { tokenExpired: true }],
    ['a rate limit', { limited: 1 }],
    ['a used up budget', { budgetGone: true }],
  ])('keeps webhooks through %s', async (_name, weather) => {
    acme(joined);
    Object.assign(joined.pipedrive.weather, weather);
    await joined.arrive();
    expect([joined.signals, joined.dead, joined.waiting()]).toEqual([[], [], 4]);
    Object.assign(joined.pipedrive.weather, { tokenExpired: false, budgetGone: false });
    joined.tick(day);
    await joined.process();
    expect(joined.waiting()).toBe(0);
  });

  it('asks a Pipedrive that is away once, however many webhooks wait', async () => {
    acme(joined);
    joined.pipedrive.weather.tokenExpired = true;
    await joined.arrive();
    expect(joined.pipedrive.requests.length).toBeLessThanOrEqual(2);
  });

  it.each([
    ['a page of HTML under 404', { code: 404, text: '<html><body>Not Found</body></html>' }],
    ['nothing under 200', { code: 200, text: 'null' }],
  ])('takes nobody for deleted because of %s', async (_name, page) => {
    const { deal } = acme(joined);
    await joined.arrive();
    joined.tick(minute);
    joined.pipedrive.records.update('deals', deal, { value: 5 });
    joined.pipedrive.weather.page = page;
    await joined.arrive();
    expect([joined.ofType('record.deleted'), joined.waiting()]).toEqual([[], 1]);
    joined.pipedrive.weather.page = null;
    joined.tick(minute);
    await joined.process();
    expect([joined.ofType('record.deleted'), joined.waiting()]).toEqual([[], 0]);
  });

  it('lets the others go on where one object cannot be read', async () => {
    const { deal, organization } = acme(joined);
    joined.pipedrive.weather.forbidden = [`/v1/deals/${deal}/changelog`];
    joined.tick(minute);
    joined.pipedrive.records.update('deals', deal, { value: 5 });
    await joined.arrive();
    expect(joined.ofType('account.upserted').at(-1)?.account.id).toBe(`pipedrive:${organization}`);
    expect(joined.waiting()).toBe(2);
  });

  it('never shows its token or password', async () => {
    acme(joined);
    joined.pipedrive.weather.tokenExpired = true;
    await joined.arrive();
    const { apiToken, password } = joined.pipedrive;
    const heard = JSON.stringify([joined.logger, joined.dead, joined.signals]);
    for (const secret of [apiToken, password]) expect(heard).not.toContain(secret);
    for (const { path } of joined.pipedrive.requests) expect(path).not.toContain(apiToken);
  });
});
