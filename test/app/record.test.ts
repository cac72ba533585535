import { describe, expect, it } from 'vitest';
import { hourMs } from '../../src/core/time.ts';
import { aConfig, aSignal, at } from '../core/builders.ts';
import { aSmallBot } from './small-bot.ts';

const roles = [
  { key: 'economic_buyer', label: 'Economic buyer', crm: ['BUDGET_HOLDER'], titles: ['CFO'] },
  { key: 'champion', label: 'Champion', crm: ['CHAMPION'], titles: [] },
];
const now = '2026-09-15 09:00';

async function aBotWithAcme() {
  const bot = await aSmallBot({ config: aConfig({ roles }) });
  await bot.live(
    aSignal('account.upserted', '2026-09-07 09:00', { account: { id: 'a-1', name: 'Acme GmbH' } }),
    aSignal('account.upserted', '2026-09-07 09:00', { account: { id: 'a-2', name: 'Zeta AG' } }),
    aSignal('deal.upserted', '2026-09-07 09:00', { deal: { id: 'd-1', accountId: 'a-1', name: 'Acme rollout', stage: 'crm-decision' } }),
    aSignal('deal.upserted', '2026-09-07 09:00', { deal: { id: 'd-2', accountId: 'a-2', name: 'Zeta pilot' } }),
    aSignal('person.upserted', '2026-09-07 09:00', { person: { id: 'p-1', accountId: 'a-1', name: 'Priya Nair', title: 'CFO' } }),
    aSignal('person.upserted', '2026-09-07 09:00', { person: { id: 'p-2', accountId: 'a-1', name: 'Marta Ruiz', roles: ['CHAMPION'] } }),
  );
  bot.setTime(now);
  return bot;
}

const aCall = {
  accountId: 'a-1',
  dealId: 'd-1',
  personId: 'p-1',
  type: 'call',
  channel: null,
  direction: 'inbound',
  sentiment: -1,
  at: at(now) - 48 * hourMs,
  note: 'Wants a discount',
} as const;

type Bot = Awaited<ReturnType<typeof aBotWithAcme>>;
const committee = async (bot: Bot) => (await bot.answers.accountById('a-1'))?.committee ?? [];
const rolesOf = async (bot: Bot, personId: string) => (await committee(bot)).find((row) => row.personId === personId)?.roles;

describe('a touchpoint that somebody logs', () => {
  it('is durable before it is called done, then part of the journey with its note and its author, at once although it is of days ago', async () => {
    const bot = await aBotWithAcme();
    expect(await bot.records.logTouchpoint(aCall, 'U1')).toEqual({ kind: 'done', message: 'Logged: call with Priya Nair, Acme GmbH.' });
    expect((await bot.store.inboxBacklog()).pending).toBe(1);
    await bot.ingestEntered();
    expect((await bot.store.signalsOf({ kind: 'deal', id: 'd-1' }, 1))[0]).toMatchObject({
      source: 'slack',
      touchpoint: { type: 'call', sentiment: -1, by: 'u1@us.example', note: 'Wants a discount' },
    });
    expect((await committee(bot)).find(({ personId }) => personId === 'p-1')?.lastHeardAt).toBe(aCall.at);
    expect((await bot.journey('deal:d-1'))?.settlingSince).toBeNull();
  });

  it('is one, however often the same form is submitted', async () => {
    const bot = await aBotWithAcme();
    await bot.records.logTouchpoint({ ...aCall, id: 'V1' }, 'U1');
    expect(await bot.records.logTouchpoint({ ...aCall, id: 'V1' }, 'U1')).toMatchObject({
      kind: 'done',
      message: expect.stringContaining('already'),
    });
    await bot.ingestEntered();
    expect((await bot.store.signalsOf({ kind: 'deal', id: 'd-1' }, 10)).filter(({ source }) => source === 'slack')).toHaveLength(1);
  });

  it('is refused, with the field that is wrong, where it cannot be', async () => {
    const bot = await aBotWithAcme();
    const refusals = {
      type: { type: ' ' },
      note: { note: 'x'.repeat(301) },
      at: { at: at(now) + hourMs },
      account: { accountId: 'a-9' },
      deal: { dealId: 'd-2' },
      person: { personId: 'p-9' },
    };
    for (const [about, wrong] of Object.entries(refusals))
      expect(await bot.records.logTouchpoint({ ...aCall, ...wrong }, 'U1')).toMatchObject({ kind: 'refused', about });
    expect(await bot.records.logTouchpoint({ ...aCall, accountId: null, dealId: null, personId: null }, 'U1')).toMatchObject({ about: 'account' });
    expect((await bot.store.inboxBacklog()).pending).toBe(0);
  });

  it('never makes Slack a feed that could go quiet', async () => {
    const bot = await aBotWithAcme();
    const before = await bot.store.feeds();
    await bot.records.logTouchpoint(aCall, 'U1');
    await bot.ingestEntered();
    expect(await bot.store.feeds()).toEqual(before);
  });

  it('keeps its note until its person is erased, and then has neither', async () => {
    const bot = await aBotWithAcme();
    await bot.records.logTouchpoint(aCall, 'U1');
    await bot.records.logTouchpoint({ ...aCall, personId: 'p-2', note: 'Says that Priya Nair decides' }, 'U1');
    await bot.ingestEntered();
    await bot.live(aSignal('record.erased', now, { record: { kind: 'person', id: 'p-1' } }));
    while ((await bot.store.eraseSome(bot.clock.now())).more);
    const kept = JSON.stringify([
      await bot.store.signalsAfter(0, 100),
      await bot.store.loadNeighbourhood([{ kind: 'deal', id: 'd-1' }]).then(({ deals }) => [...deals.values()]),
    ]);
    expect(kept).not.toContain('Wants a discount');
    expect(kept).not.toContain('Priya');
    expect(kept).toContain('decides');
  });
});

describe('a role that somebody sets', () => {
  it('is held at once, says who set it, and is not undone by what the CRM repeats', async () => {
    const bot = await aBotWithAcme();
    const done = await bot.records.setRole({ personId: 'p-1', role: 'champion', held: true }, 'U1');
    expect(done).toMatchObject({ kind: 'done', message: expect.stringContaining('Priya Nair now has the role “Champion”.') });
    await bot.records.setRole({ personId: 'p-2', role: 'champion', held: false }, 'U1');
    await bot.ingestEntered();
    const set = [{ key: 'champion', label: 'Champion', origin: 'slack', by: 'U1', at: at(now) }];
    expect(await rolesOf(bot, 'p-1')).toEqual(set);
    expect(await rolesOf(bot, 'p-2')).toEqual([]);
    await bot.live(aSignal('person.upserted', '2026-09-16 09:00', { person: { id: 'p-2', title: 'Head', roles: ['CHAMPION'] } }));
    await bot.live(aSignal('person.upserted', '2026-09-16 09:00', { person: { id: 'p-1', roles: [] } }));
    expect(await rolesOf(bot, 'p-1')).toEqual(set);
    expect(await rolesOf(bot, 'p-2')).toEqual([]);
  });

  it('is refused where it would change nothing, or of whom or what nothing is known', async () => {
    const bot = await aBotWithAcme();
    const setting = (personId: string, role: string, held: boolean) => bot.records.setRole({ personId, role, held }, 'U1');
    expect(await setting('p-2', 'champion', true)).toMatchObject({
      kind: 'refused',
      about: 'role',
      message: expect.stringContaining('from the CRM'),
    });
    expect(await setting('p-2', 'economic_buyer', false)).toMatchObject({ kind: 'refused', about: 'role' });
    expect(await setting('p-2', 'guru', true)).toMatchObject({ kind: 'refused', about: 'role' });
    expect(await setting('p-9', 'champion', true)).toMatchObject({ kind: 'refused', about: 'person' });
    expect((await bot.store.inboxBacklog()).pending).toBe(0);
  });

  it('is proposed with why where the title suggests it, until it is sure', async () => {
    const bot = await aBotWithAcme();
    const proposed = async () => (await bot.records.peopleOfAccount('a-1'))?.people.find(({ id }) => id === 'p-1')?.suggested;
    expect(await proposed()).toEqual([{ role: 'economic_buyer', label: 'Economic buyer', why: 'title “CFO” suggests economic buyer' }]);
    expect(await bot.records.setRole({ personId: 'p-1', role: 'economic_buyer', held: true }, 'U1')).toMatchObject({ kind: 'done' });
    await bot.ingestEntered();
    expect(await proposed()).toEqual([]);
  });
});

describe('what forms offer', () => {
  it('is an account with its people and deals, found by name, or a deal without one', async () => {
    const bot = await aBotWithAcme();
    expect(await bot.records.findAccountOptions('acme')).toMatchObject([{ id: 'a-1', name: 'Acme GmbH' }]);
    expect(await bot.records.around({ kind: 'deal', id: 'd-1' })).toMatchObject({ account: { id: 'a-1' }, deals: [{ id: 'd-1' }] });
    await bot.live(aSignal('deal.upserted', now, { deal: { id: 'd-3', name: 'No account' } }));
    expect(await bot.records.around({ kind: 'deal', id: 'd-3' })).toMatchObject({ account: null, deals: [{ id: 'd-3' }], people: [] });
    expect(await bot.records.peopleOfAccount('a-9')).toBeNull();
  });
});
