import { afterEach, describe, expect, it } from 'vitest';
import { startSalesforce } from '../salesforce/start-salesforce.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { postsOf, shown } from './running-bot.ts';

const dayMs = 86_400_000;
const secret = 'a-long-word-of-our-own';
const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

/** A Salesforce whose clock can be set, and a bot that hears of it, by messages, by change events or by both. */
async function together({ messages = true, events = false } = {}) {
  let daysAgo = 0;
  const salesforce = await startSalesforce({ now: () => Date.now() - daysAgo * dayMs });
  ended.push(() => salesforce.close());
  const here = await botHere({
    environment: () => ({
      SALESFORCE_LOGIN_URL: salesforce.url,
      SALESFORCE_CLIENT_ID: salesforce.clientId,
      SALESFORCE_CLIENT_SECRET: salesforce.clientSecret,
      SALESFORCE_CDC: events ? 'on' : 'off',
      ...(messages ? { SALESFORCE_WEBHOOK_SECRET: secret, SALESFORCE_ORGANIZATION_ID: salesforce.organizationId } : {}),
    }),
  });
  ended.push(() => here.end());
  return {
    salesforce,
    here,
    to: `${here.bot.url}/webhooks/salesforce/${secret}`,
    at(days: number): void {
      daysAgo = days;
    },
  };
}

/** A customer with a deal that has been in the last stage for two months. */
function staleDeal({ salesforce: { records, users }, at }: Awaited<ReturnType<typeof together>>): string {
  at(90);
  const account = records.create('Account', { Name: 'Acme GmbH', OwnerId: users.dana });
  const deal = records.create('Opportunity', {
    Name: 'Acme rollout',
    AccountId: account,
    StageName: 'Needs Analysis',
    Amount: 48_000,
    CloseDate: '2099-12-15',
    OwnerId: users.dana,
  });
  const priya = records.create('Contact', { FirstName: 'Priya', LastName: 'Nair', Title: 'CFO', AccountId: account });
  records.create('OpportunityContactRole', { OpportunityId: deal, ContactId: priya, Role: 'Economic Buyer' });
  at(60);
  records.update('Opportunity', deal, { StageName: 'Negotiation/Review' });
  at(0);
  return deal;
}

const cards = ({ sandbox }: BotHere): string[] =>
  postsOf(sandbox)
    .filter((message) => message.threadTs === undefined)
    .map(shown);

describe('a team with Salesforce', () => {
  it('hears of a stale deal from outbound messages, doubled and out of order, and sees its card turn green when it is won', {
    timeout: 60_000,
  }, async () => {
    const both = await together();
    const deal = staleDeal(both);
    const { salesforce, here, to } = both;
    expect(new Set(await salesforce.messages.send({ to, order: (all) => all.toReversed(), times: 2, batch: 3 }))).toEqual(new Set([200]));
    expect(salesforce.messages.waiting()).toBe(0);
    await expect.poll(() => cards(here), { timeout: 20_000, interval: 100 }).toHaveLength(1);
    const [card = ''] = cards(here);
    expect(card).toContain('Acme rollout');
    expect(card).toContain('Stalled in Decision');
    expect(card).toContain('Priya Nair');

    salesforce.records.update('Opportunity', deal, { StageName: 'Closed Won' });
    expect(await salesforce.messages.send({ to })).toEqual([200]);
    await expect.poll(() => cards(here)[0], { timeout: 20_000, interval: 100 }).toContain('🟢');
    expect(cards(here)).toHaveLength(1);
  });

  it('hears of it from change events alone, without a door of its own', { timeout: 60_000 }, async () => {
    const both = await together({ messages: false, events: true });
    const { salesforce, here, to } = both;
    await expect.poll(() => salesforce.changes.subscriptions.length, { timeout: 20_000 }).toBeGreaterThan(0);
    staleDeal(both);
    await expect.poll(() => cards(here), { timeout: 30_000, interval: 100 }).toHaveLength(1);
    expect(cards(here)[0]).toContain('Stalled in Decision');
    expect((await fetch(to, { method: 'POST', body: '<a/>', headers: { 'content-type': 'text/xml' } })).status).toBe(404);
  });
});
