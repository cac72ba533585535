import { beforeEach, describe, expect, it } from 'vitest';
import { subscriptionsAtMost } from '../../src/app/subscriptions.ts';
import type { SubscriptionEntry } from '../../src/app/use-cases.ts';
import { openAccess } from '../../src/core/access.ts';
import { aSignal, at } from '../core/builders.ts';
import { acme, aTeam } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

const dana = { userId: 'U1', email: 'dana@us.example' };
const config = aTeam({ adminChannel: '#admin' });
const entry = (changes: Partial<SubscriptionEntry> = {}): SubscriptionEntry => ({
  id: null,
  channel: null,
  weekday: 'mon',
  time: '09:00',
  timezone: 'Europe/Berlin',
  filter: '',
  ...changes,
});

let bot: SmallBot;
beforeEach(async () => {
  bot = await aSmallBot({ config, now: '2026-09-07 12:00' });
  await bot.live(...acme());
});

const tick = async (when: string) => {
  bot.setTime(when);
  await bot.digests.sendDue();
  await bot.deliver.run();
};
const digests = (channel: string) => bot.slack.messages(channel).flatMap(({ message }) => (message.kind === 'digest' ? [message] : []));

describe('a subscription', () => {
  it('is sent at its hour, once, to whoever asked, about what was asked', async () => {
    await bot.digests.subscriptions.save(entry({ filter: 'owner:@me stage:decision' }), dana);
    await tick('2026-09-08 12:00');
    await tick('2026-09-14 06:59');
    expect(digests('U1')).toEqual([]);
    for (const when of ['2026-09-14 07:00', '2026-09-14 07:01', '2026-09-15 12:00']) await tick(when);
    expect(digests('U1')).toMatchObject([
      { late: false, by: 'U1', digest: { scope: 'stage decision · owner dana@us.example', timezone: 'Europe/Berlin' } },
    ]);
    await tick('2026-09-21 07:00');
    expect(digests('U1')).toHaveLength(2);
  });

  it('that was changed stays the same one: nothing is sent twice for it', async () => {
    await bot.digests.subscriptions.save(entry(), dana);
    await tick('2026-09-08 12:00');
    await tick('2026-09-14 07:00');
    const [mine] = await bot.digests.subscriptions.subscriptionsOf('U1');
    expect(await bot.digests.subscriptions.save(entry({ id: mine?.id ?? '', time: '11:00', filter: 'segment:none' }), dana)).toMatchObject({
      field: 'filter',
    });
    expect(await bot.digests.subscriptions.save(entry({ id: mine?.id ?? '', time: '11:00' }), dana)).toMatchObject({ ok: true });
    await tick('2026-09-14 09:00');
    expect(digests('U1')).toHaveLength(1);
    await tick('2026-09-21 07:00');
    expect(digests('U1')).toHaveLength(1);
    await tick('2026-09-21 09:00');
    expect(digests('U1')).toHaveLength(2);
    expect(digests('U1')[1]?.digest.from).toBe(at('2026-09-14 07:00'));
  });

  it('is refused at the field that is wrong, with what may have been meant', async () => {
    const refused = async (changes: Partial<SubscriptionEntry>, by = dana) => bot.digests.subscriptions.save(entry(changes), by);
    expect(await refused({ filter: 'stage:decison' })).toMatchObject({
      ok: false,
      field: 'filter',
      message: expect.stringContaining('stage:decision'),
    });
    expect(await refused({ weekday: 'someday' })).toMatchObject({ ok: false, field: 'weekday' });
    expect(await refused({ time: '25:00' })).toMatchObject({ ok: false, field: 'time' });
    expect(await refused({ timezone: 'Europe/Nowhere' })).toMatchObject({ ok: false, field: 'time' });
    expect(await refused({ id: 'gone' })).toMatchObject({ ok: false, message: expect.stringContaining('ended meanwhile') });
    expect(await bot.store.subscriptions()).toEqual([]);
  });

  it('is not there twice, and there are not more than so many a person', async () => {
    expect(await bot.digests.subscriptions.save(entry(), dana)).toMatchObject({ ok: true });
    expect(await bot.digests.subscriptions.save(entry(), dana)).toMatchObject({ ok: false, message: expect.stringContaining('already') });
    for (let hour = 10; hour < 10 + subscriptionsAtMost; hour++) await bot.digests.subscriptions.save(entry({ time: `${hour}:00` }), dana);
    expect(await bot.store.subscriptions('U1')).toHaveLength(subscriptionsAtMost);
    expect(await bot.digests.subscriptions.save(entry(), { userId: 'U2', email: null })).toMatchObject({ ok: true });
  });

  it.each([
    ['the same', () => '09:00', 1],
    ['others', (index: number) => `${10 + index}:00`, subscriptionsAtMost],
  ])('is not there twice, nor more than so many a person, when all are asked for at once: %s', async (_name, timeOf, kept) => {
    const { save } = bot.digests.subscriptions;
    const saved = await Promise.all(Array.from({ length: 8 }, (_, index) => save(entry({ time: timeOf(index) }), dana)));
    expect(saved.filter(({ ok }) => ok)).toHaveLength(kept);
    expect(await bot.store.subscriptions('U1')).toHaveLength(kept);
  });

  it('stays ended when it is changed at the same time', async () => {
    const { save, end } = bot.digests.subscriptions;
    await save(entry(), dana);
    const id = (await bot.store.subscriptions())[0]?.id ?? '';
    const [ended, changed] = await Promise.all([end(id, 'U1'), save(entry({ id, time: '11:00' }), dana)]);
    expect([ended.kind, changed.ok]).toEqual(['done', false]);
    expect(await bot.store.subscriptions()).toEqual([]);
  });

  it('is ended by whoever has it, and by nobody else', async () => {
    await bot.digests.subscriptions.save(entry(), dana);
    const id = (await bot.store.subscriptions())[0]?.id ?? '';
    expect(await bot.digests.subscriptions.end(id, 'U2')).toMatchObject({ kind: 'refused' });
    expect(await bot.digests.subscriptions.end(id, 'U1')).toMatchObject({ kind: 'done' });
    expect(await bot.digests.subscriptions.end(id, 'U1')).toMatchObject({ kind: 'stale' });
    await tick('2026-09-14 07:00');
    expect(digests('U1')).toEqual([]);
  });

  it('of somebody who left, or became a guest, ends, and the admin channel hears of it once', async () => {
    await bot.digests.subscriptions.save(entry({ channel: 'C9' }), dana);
    await bot.digests.subscriptions.save(entry(), { userId: 'U2', email: null });
    await tick('2026-09-08 12:00');
    bot.left.add('U1');
    for (const when of ['2026-09-14 07:00', '2026-09-14 07:01']) await tick(when);
    expect(digests('C9')).toEqual([]);
    expect(digests('U2')).toHaveLength(1);
    expect(await bot.store.subscriptions('U1')).toEqual([]);
    const notices = bot.slack.messages('#admin').flatMap(({ message }) => (message.kind === 'notice' ? [message] : []));
    expect(notices).toMatchObject([
      { title: 'A digest has ended', lines: [expect.stringContaining('by U1, who is no full member')], ids: ['U1', 'C9'] },
    ]);
    expect(notices[0]?.lines[0]).toContain('Mondays at 09:00 (Europe/Berlin), C9');
  });

  it('is not sent, and does not end, while Slack cannot be asked', async () => {
    await bot.digests.subscriptions.save(entry(), dana);
    bot.askingFails(true);
    bot.setTime('2026-09-14 07:00');
    await expect(bot.digests.sendDue()).rejects.toThrow('Slack is away');
    bot.askingFails(false);
    await tick('2026-09-14 07:01');
    expect(digests('U1')).toHaveLength(1);
  });

  it('to a channel that takes no messages goes to whoever has it, with what follows, and both are told', async () => {
    await bot.digests.subscriptions.save(entry({ channel: 'C9' }), dana);
    await tick('2026-09-08 12:00');
    bot.slack.goesWrong({ on: 'post', channel: 'C9', failure: { kind: 'channel', code: 'is_archived' } });
    await tick('2026-09-14 07:00');
    await tick('2026-09-14 07:05');
    expect(bot.slack.messages('C9')).toEqual([]);
    const [main] = bot.slack.messages('U1').filter(({ message }) => message.kind === 'digest');
    const parts = bot.slack.messages('U1').filter(({ message }) => message.kind === 'digest-part');
    expect(parts.length).toBeGreaterThan(0);
    expect(parts.every(({ threadTs }) => threadTs === main?.ts)).toBe(true);
    for (const channel of ['U1', '#admin']) expect(bot.slack.messages(channel).some(({ message }) => message.kind === 'notice')).toBe(true);
  });

  it('stands among the answers to whoever has it', async () => {
    expect(await bot.digests.subscriptions.save(entry(), dana)).toMatchObject({ ok: true, subscription: { by: 'U1', match: {} } });
    expect(await bot.answers.subscriptionsOf('U1')).toMatchObject([{ weekday: 'mon', time: '09:00' }]);
  });
});

describe('amounts in a subscription', () => {
  const access = { ...openAccess, amounts: { who: { emails: ['dana@us.example', 'u1@us.example'], userIds: [] }, channels: ['#revenue'] } };
  const won = (channel: string) => digests(channel).flatMap(({ digest }) => digest.wonAmounts);
  beforeEach(async () => {
    bot.setConfig({ ...config, access });
    await bot.live(aSignal('deal.upserted', '2026-09-08 12:00', { deal: { id: 'd-1', status: 'won', amount: 48_000, currency: 'EUR' } }));
  });

  it('are in a direct message to somebody who may see them, and in a channel that may, also by its id', async () => {
    await bot.digests.subscriptions.save(entry(), dana);
    await bot.digests.subscriptions.save(entry({ channel: 'C-#revenue' }), dana);
    await tick('2026-09-14 07:00');
    expect(won('U1')).toEqual([{ value: 48_000, currency: 'EUR' }]);
    expect(won('C-#revenue')).toEqual([{ value: 48_000, currency: 'EUR' }]);
  });

  it('are not in one to somebody who may not, whoever may', async () => {
    await bot.digests.subscriptions.save(entry(), { userId: 'U2', email: 'theo@us.example' });
    await bot.digests.subscriptions.save(entry({ channel: 'C-#general' }), dana);
    await tick('2026-09-14 07:00');
    expect([digests('U2'), digests('C-#general')].map(({ length }) => length)).toEqual([1, 1]);
    expect([...won('U2'), ...won('C-#general')]).toEqual([]);
  });

  it('are no filter of somebody who may not see them', async () => {
    const theo = { userId: 'U2', email: 'theo@us.example' };
    const refused = await bot.digests.subscriptions.save(entry({ filter: 'amount:>50000' }), theo);
    expect(refused).toMatchObject({ ok: false, field: 'filter', message: expect.stringContaining('You may not see amounts') });
    expect(await bot.digests.subscriptions.save(entry({ filter: 'amount:>50000' }), dana)).toMatchObject({ ok: true });
  });
});
