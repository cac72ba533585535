import { appendFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runCommand } from '../commands/run-command.ts';
import { startHubspot } from '../hubspot/start-hubspot.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { environmentOf, postsOf, shown } from './running-bot.ts';

const dayMs = 86_400_000;
const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

/** A HubSpot whose clock can be set, and a bot that hears of it, or only asks. */
async function together({ hears = true, now = Date.now } = {}) {
  let daysAgo = 0;
  const hubspot = await startHubspot({ now: () => now() - daysAgo * dayMs });
  ended.push(() => hubspot.close());
  const here = await botHere({
    environment: (url) => ({
      ...(hears ? { PUBLIC_URL: url, HUBSPOT_CLIENT_SECRET: hubspot.clientSecret } : {}),
      HUBSPOT_ACCESS_TOKEN: hubspot.accessToken,
      HUBSPOT_API_URL: hubspot.url,
    }),
  });
  ended.push(() => here.end());
  const to = `${here.bot.url}/webhooks/hubspot`;
  return {
    hubspot,
    here,
    to,
    at(days: number): void {
      daysAgo = days;
    },
  };
}

/** A company with a deal that has been in the last stage for two months. */
function staleDeal({ hubspot: { records }, at }: Awaited<ReturnType<typeof together>>): string {
  at(90);
  const company = records.create('companies', { name: 'Acme GmbH', domain: 'acme.example', hubspot_owner_id: '11' });
  const deal = records.create('deals', {
    dealname: 'Acme rollout',
    pipeline: 'default',
    dealstage: 'qualifiedtobuy',
    amount: '48000',
    hubspot_owner_id: '11',
  });
  const priya = records.create('contacts', {
    firstname: 'Priya',
    lastname: 'Nair',
    jobtitle: 'CFO',
    email: 'priya@acme.example',
    hs_buying_role: 'BUDGET_HOLDER;CHAMPION',
  });
  records.associate(['deals', deal], ['companies', company], { primary: true });
  records.associate(['contacts', priya], ['companies', company], { primary: true });
  records.associate(['deals', deal], ['contacts', priya]);
  at(60);
  records.update('deals', deal, { dealstage: 'contractsent' });
  at(0);
  return deal;
}

const cards = ({ sandbox }: BotHere): string[] =>
  postsOf(sandbox)
    .filter((message) => message.threadTs === undefined)
    .map(shown);

describe('a team with HubSpot', () => {
  it('hears of a stale deal from signed webhooks, late, doubled and out of order, and sees its card turn green when it is won', {
    timeout: 60_000,
  }, async () => {
    const both = await together();
    const deal = staleDeal(both);
    const { hubspot, here, to } = both;
    expect(await hubspot.send({ to, order: (events) => [...events].reverse(), times: 2, batch: 3 })).not.toContain(401);
    await expect.poll(() => cards(here), { timeout: 20_000, interval: 100 }).toHaveLength(1);
    const [card = ''] = cards(here);
    expect(card).toContain('Acme rollout');
    expect(card).toContain('Stalled in Decision');
    expect(card).toContain('Priya Nair');

    hubspot.records.update('deals', deal, { dealstage: 'closedwon' });
    expect(await hubspot.send({ to })).toEqual([200]);
    await expect.poll(() => cards(here)[0], { timeout: 20_000, interval: 100 }).toContain('🟢');
    expect(cards(here)).toHaveLength(1);
  });

  it('catches up when HubSpot’s API was away', { timeout: 60_000 }, async () => {
    const both = await together();
    staleDeal(both);
    const { hubspot, here, to } = both;
    hubspot.weather.outage = 503;
    expect(new Set(await hubspot.send({ to }))).toEqual(new Set([200]));
    await expect.poll(() => hubspot.requests.length, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(cards(here)).toEqual([]);
    hubspot.weather.outage = null;
    await expect.poll(() => cards(here), { timeout: 50_000, interval: 200 }).toHaveLength(1);
  });

  it('sees the same card from an import beside a running bot, with nothing but a token, and posts it once', { timeout: 90_000 }, async () => {
    const start = Date.now();
    const told = await together({ now: () => start });
    staleDeal(told);
    await told.hubspot.send({ to: told.to });

    const asked = await together({ hears: false, now: () => start });
    staleDeal(asked);
    const { hubspot, here } = asked;
    const folder = dirname(here.map);
    const environment = {
      ...environmentOf(here.sandbox, folder),
      JOURNEY_CONFIG: here.map,
      HUBSPOT_ACCESS_TOKEN: hubspot.accessToken,
      HUBSPOT_API_URL: hubspot.url,
    };
    for (const _ of ['once', 'again']) {
      const { code, output } = await runCommand(folder, ['import', 'hubspot'], environment);
      expect([code, output]).toEqual([0, expect.any(String)]);
    }
    // The bot looks around every half minute; a map that was written makes it look sooner.
    await appendFile(here.map, '\n# written again\n');
    await expect.poll(() => cards(here), { timeout: 40_000, interval: 100 }).toHaveLength(1);
    await expect.poll(() => cards(told.here), { timeout: 20_000, interval: 100 }).toHaveLength(1);
    const [imported = ''] = cards(here);
    expect(imported).toBe(cards(told.here)[0]);
    expect((await runCommand(folder, ['check', here.map, '--connect'], environment)).output).toContain('HubSpot access token');
    expect(cards(here)).toEqual([imported]);
  });
});
