import { describe, expect, it, onTestFinished } from 'vitest';
import { createDigestSchedule } from '../../src/adapters/cron.ts';
import type { Schedule } from '../../src/app/digests.ts';
import type { DigestDefinition } from '../../src/core/journey/journey-map.ts';
import { dayMs, hourMs } from '../../src/core/time.ts';
import { aSignal, at } from '../core/builders.ts';
import { acme, aTeam, deal, moved } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

const weekly: DigestDefinition = { id: 'weekly', channel: '#revenue', schedule: '0 9 * * mon', timezone: 'UTC', match: {} };
const firstMonday = at('2026-09-07 09:00');
/** Every Monday at nine. */
const schedule: Schedule = {
  lastBefore: async (_definition, now) => (now < firstMonday ? null : firstMonday + Math.floor((now - firstMonday) / (7 * dayMs)) * 7 * dayMs),
  next: () => firstMonday + 7 * dayMs,
};
const config = aTeam({ digests: [weekly] });
const digests = (bot: SmallBot) => bot.slack.messages('#revenue').flatMap(({ message }) => (message.kind === 'digest' ? [message] : []));
const parts = (bot: SmallBot) =>
  bot.slack
    .messages('#revenue')
    .flatMap(({ message, threadTs }) => (message.kind === 'digest-part' ? [{ kind: message.detail.kind, threadTs }] : []));
const tick = async (bot: SmallBot, when: string | number) => {
  bot.setTime(when);
  await bot.digests.sendDue();
  await bot.deliver.run();
};

describe('a digest', () => {
  it('is sent once a scheduled time, however often that is looked at', async () => {
    const bot = await aSmallBot({ config, schedule, now: '2026-09-08 12:00' });
    await tick(bot, '2026-09-08 12:00');
    await tick(bot, '2026-09-14 08:59');
    expect(digests(bot)).toEqual([]);
    for (const minutes of [0, 1, 30]) await tick(bot, at('2026-09-14 09:00') + minutes * 60_000);
    expect(digests(bot)).toMatchObject([
      { digestId: 'weekly', late: false, digest: { from: at('2026-09-07 09:00'), to: at('2026-09-14 09:00'), timezone: 'UTC' } },
    ]);
    await tick(bot, '2026-09-21 09:00');
    expect(digests(bot)).toHaveLength(2);
    expect(digests(bot)[1]?.digest.from).toBe(at('2026-09-14 09:00'));
  });

  it('that was due before the bot knew of it is not owed', async () => {
    const bot = await aSmallBot({ config, schedule, now: '2026-09-07 12:00' });
    await tick(bot, '2026-09-07 12:00');
    await tick(bot, '2026-09-07 12:01');
    expect(digests(bot)).toEqual([]);
  });

  it('that journey.yml names no more is forgotten, and is a new one when it comes back', async () => {
    const bot = await aSmallBot({ config, schedule, now: '2026-09-08 12:00' });
    await tick(bot, '2026-09-08 12:00');
    bot.setConfig(aTeam({ digests: [{ ...weekly, id: 'other' }] }));
    await tick(bot, '2026-09-09 12:00');
    expect(JSON.parse((await bot.store.meta('digests-known')) ?? '')).toEqual([['other 0 9 * * mon', at('2026-09-09 12:00')]]);
    bot.setConfig(config);
    await tick(bot, '2026-09-14 10:00');
    expect(digests(bot)).toEqual([]);
  });

  it('that the bot slept through comes late, and says so', async () => {
    const bot = await aSmallBot({ config, schedule, now: '2026-09-08 12:00' });
    await tick(bot, '2026-09-08 12:00');
    await tick(bot, '2026-09-15 15:00');
    expect(digests(bot)).toMatchObject([{ late: true, digest: { to: at('2026-09-15 15:00') } }]);
    await tick(bot, '2026-09-21 09:00');
    expect(digests(bot)[1]).toMatchObject({ late: false, digest: { from: at('2026-09-15 15:00') } });
  });

  it('says that nothing is known, as long as there is not one journey', async () => {
    const bot = await aSmallBot({ config, schedule, now: '2026-09-08 12:00' });
    await tick(bot, '2026-09-08 12:00');
    await tick(bot, '2026-09-14 09:00');
    await bot.live(...acme(), moved('2026-09-15 09:00', 'closedwon'));
    await tick(bot, '2026-09-21 09:00');
    expect(digests(bot).map(({ digest }) => digest.nothingKnown)).toEqual([true, undefined]);
  });

  it('speaks of what came due while the bot slept', async () => {
    const bot = await aSmallBot({ config, schedule, now: '2026-09-08 12:00' });
    await tick(bot, '2026-09-08 12:00');
    await bot.live(...acme());
    await tick(bot, '2026-09-28 09:00');
    expect(digests(bot)).toMatchObject([{ digest: { open: { journeys: 1 } } }]);
  });

  it('that was missed for days is not sent any more', async () => {
    const bot = await aSmallBot({ config, schedule, now: '2026-09-08 12:00' });
    await tick(bot, '2026-09-08 12:00');
    await tick(bot, '2026-09-18 12:00');
    expect(digests(bot)).toEqual([]);
    await tick(bot, '2026-09-21 09:00');
    expect(digests(bot)).toHaveLength(1);
  });

  it('whose schedule is changed is not sent again that day, nor for an hour that was over, and then at its new one', async () => {
    const bySchedule = createDigestSchedule(
      () => undefined,
      async () => undefined,
    );
    onTestFinished(() => bySchedule.stop());
    const scheduled = (cron: string) => aTeam({ digests: [{ ...weekly, schedule: cron }] });
    const bot = await aSmallBot({ config: scheduled('0 9 * * mon'), schedule: bySchedule, now: '2026-09-10 12:00' });
    const days = ['2026-09-10', '2026-09-11', '2026-09-14', '2026-09-15', '2026-09-21', '2026-09-22'];
    const ticks = days.flatMap((day) => ['09:00', '10:00', '11:00', '12:00'].map((hour) => `${day} ${hour}`)).slice(3);
    const sent: string[] = [];
    for (const when of ticks) {
      if (when === '2026-09-14 10:00') bot.setConfig(scheduled('0 11 * * mon,tue'));
      if (when === '2026-09-21 12:00') bot.setConfig(scheduled('0 9 * * mon,tue'));
      const before = digests(bot).length;
      await tick(bot, when);
      if (digests(bot).length > before) sent.push(when);
    }
    expect(sent).toEqual(['2026-09-14 09:00', '2026-09-15 11:00', '2026-09-21 11:00', '2026-09-22 09:00']);
  });

  it('that moves to another zone is not sent again at the same time on the wall there, and then at its own', async () => {
    const zoned = createDigestSchedule(
      () => undefined,
      async () => undefined,
    );
    onTestFinished(() => zoned.stop());
    const inZone = (timezone: string) => aTeam({ digests: [{ ...weekly, timezone }] });
    const bot = await aSmallBot({ config: inZone('Europe/Berlin'), schedule: zoned, now: '2026-09-15 12:00' });
    const sentOf = (sent: ReturnType<typeof digests>) => sent.map(({ digest }) => digest.to);
    await tick(bot, '2026-09-15 12:00');
    await tick(bot, '2026-09-21 07:00');
    bot.setConfig(inZone('America/New_York'));
    for (const when of ['2026-09-21 12:59', '2026-09-21 13:00', '2026-09-22 13:00', '2026-09-28 07:00', '2026-09-28 13:00']) await tick(bot, when);
    expect(sentOf(digests(bot))).toEqual([at('2026-09-21 07:00'), at('2026-09-28 13:00')]);
    bot.setConfig(inZone('Asia/Tokyo'));
    for (const when of ['2026-09-28 23:00', '2026-10-05 00:00']) await tick(bot, when);
    expect(sentOf(digests(bot)).slice(2)).toEqual([at('2026-10-05 00:00')]);
  });

  it('is sent once although two look at the same time', async () => {
    const bot = await aSmallBot({ config, schedule, now: '2026-09-08 12:00' });
    await tick(bot, '2026-09-08 12:00');
    bot.setTime('2026-09-14 09:00');
    await Promise.allSettled([bot.digests.sendDue(), bot.digests.sendDue()]);
    await bot.deliver.run();
    expect(digests(bot)).toHaveLength(1);
  });

  it('that cannot be made holds up none after it, and comes when it can', async () => {
    let broken = true;
    const config = aTeam({ digests: [weekly, { ...weekly, id: 'second', channel: '#second' }] });
    const bot = await aSmallBot({
      config,
      schedule,
      now: '2026-09-08 12:00',
      wrap: (store) => ({
        ...store,
        digestLastSent: async (id) => {
          if (broken && id === 'weekly') throw new Error('disk full');
          return store.digestLastSent(id);
        },
      }),
    });
    await expect(bot.digests.sendDue()).rejects.toThrow('disk full');
    broken = false;
    await bot.digests.sendDue();
    broken = true;
    bot.setTime('2026-09-14 09:00');
    await expect(bot.digests.sendDue()).rejects.toThrow('disk full');
    await bot.deliver.run();
    expect(new Set(bot.slack.messages().map(({ channel }) => channel))).toEqual(new Set(['#second']));
    broken = false;
    await tick(bot, '2026-09-14 09:01');
    expect(digests(bot)).toHaveLength(1);
  });

  it('tells of what moved, was won and lost, and of feeds, with the rest in its thread', async () => {
    const bot = await aSmallBot({ config, schedule, now: '2026-09-07 09:00' });
    await bot.digests.sendDue();
    await bot.live(
      ...acme(),
      deal('d-2', { status: 'won', amount: 5, currency: 'EUR' }),
      deal('d-3'),
      moved('2026-09-08 09:00'),
      moved('2026-09-09 09:00', 'closedlost', 'd-3'),
    );
    await tick(bot, '2026-09-14 09:00');
    expect(digests(bot)[0]).toMatchObject({
      details: 2,
      digest: {
        counts: { moved: { now: 1 }, won: { now: 1 }, lost: { now: 1 } },
        wonAmounts: [{ value: 5, currency: 'EUR' }],
        feeds: [{ source: 'The signals endpoint', lastReceivedAt: at('2026-09-09 09:00'), stale: false }],
      },
    });
    const [main] = bot.slack.messages('#revenue');
    expect(parts(bot)).toEqual([
      { kind: 'moves', threadTs: main?.ts },
      { kind: 'metrics', threadTs: main?.ts },
    ]);
    expect(bot.slack.messages('#revenue')[1]?.message).toMatchObject({
      detail: { moved: { total: 1, shown: [{ name: 'Acme rollout', from: 'Decision', to: 'Implementation', at: at('2026-09-08 09:00') }] } },
    });
  });

  it('does not call late what was answered in time and told late', async () => {
    const bot = await aSmallBot({ config: aTeam({ rules: { 'response-gap': {} } }) });
    const touch = (when: string, type: string, direction: 'inbound' | 'outbound') =>
      aSignal('touchpoint.recorded', when, { touchpoint: { dealId: 'd-1', type, direction } });
    const late = async () => (await bot.digestNow()).digest.counts.late.now;
    await bot.live(...acme(), touch('2026-09-08 10:00', 'question', 'inbound'));
    await bot.until('2026-09-09 12:00');
    await bot.receive([touch('2026-09-09 09:00', 'email', 'outbound')]);
    await bot.ingest();
    await bot.until('2026-09-09 14:00');
    expect(await bot.alerts('deal:d-1')).toMatchObject([{ state: 'resolved', resolution: { inTime: true } }]);
    expect(await late()).toBe(0);
    await bot.live(touch('2026-09-10 10:00', 'question', 'inbound'));
    await bot.until('2026-09-14 09:00');
    await bot.live(touch('2026-09-14 10:00', 'email', 'outbound'));
    bot.setTime('2026-09-14 11:00');
    expect(await late()).toBe(1);
  });

  it('that a clock far ahead has sent does not keep the next ones silent', async () => {
    const bot = await aSmallBot({ config, schedule, now: '2026-09-08 12:00' });
    await tick(bot, '2026-09-08 12:00');
    await tick(bot, '2030-01-07 09:00');
    expect(digests(bot)).toHaveLength(1);
    await tick(bot, '2026-09-14 09:00');
    await tick(bot, '2026-09-14 09:01');
    expect(digests(bot)).toHaveLength(2);
    expect(digests(bot)[1]?.digest).toMatchObject({ from: at('2026-09-07 09:00'), to: at('2026-09-14 09:00') });
  });
});

describe('what follows in the thread of a digest', () => {
  const aDigest = async () => {
    const bot = await aSmallBot({ config: { ...config, adminChannel: '#admin' }, schedule, now: '2026-09-08 12:00' });
    await bot.digests.sendDue();
    await bot.live(...acme(), moved('2026-09-09 09:00'));
    bot.setTime('2026-09-14 09:00');
    await bot.digests.sendDue();
    return bot;
  };

  it('waits for its digest, and is said once, whatever fails', async () => {
    const bot = await aDigest();
    bot.slack.goesWrong(
      { on: 'post', failure: { kind: 'ambiguous' }, arrives: true },
      { on: 'post', failure: { kind: 'ambiguous' }, arrives: true },
      { on: 'post', failure: { kind: 'retry', retryAfterMs: null } },
    );
    for (let minutes = 0; minutes < 20; minutes++) {
      bot.setTime(at('2026-09-14 09:00') + minutes * 60_000);
      await bot.deliver.run();
    }
    const all = bot.slack.messages('#revenue');
    expect(all.map(({ message }) => message.kind)).toEqual(['digest', 'digest-part', 'digest-part']);
    expect(all.slice(1).every(({ threadTs }) => threadTs === all[0]?.ts)).toBe(true);
    expect(await bot.store.outboxBacklog()).toMatchObject({ pending: 0, failed: 0 });
  });

  it('goes where its digest goes, when the channel takes no messages', async () => {
    const bot = await aDigest();
    bot.slack.goesWrong({ on: 'post', channel: '#revenue', failure: { kind: 'channel', code: 'is_archived' } });
    for (let minutes = 0; minutes < 5; minutes++) {
      bot.setTime(at('2026-09-14 09:00') + minutes * 60_000);
      await bot.deliver.run();
    }
    expect(bot.slack.messages('#revenue')).toEqual([]);
    const there = bot.slack.messages('#admin').filter(({ message }) => message.kind !== 'notice');
    expect(there.map(({ message }) => message.kind)).toEqual(['digest', 'digest-part', 'digest-part']);
    expect(there.slice(1).every(({ threadTs }) => threadTs === there[0]?.ts)).toBe(true);
  });

  it('is not said where its digest is not', async () => {
    const bot = await aDigest();
    bot.slack.goesWrong({ on: 'post', failure: { kind: 'content', code: 'invalid_blocks' } });
    await bot.deliver.run();
    expect(bot.slack.messages()).toEqual([]);
    expect(await bot.store.outboxBacklog()).toMatchObject({ pending: 0, failed: 1 });
  });
});

describe('a digest asked for', () => {
  it('is that of the channel, over the last week, with when it is due', async () => {
    const bot = await aSmallBot({
      config: { ...config, digests: [{ ...weekly, match: { map: ['customers'] } }] },
      schedule,
      now: '2026-09-10 09:00',
    });
    expect(await bot.digestNow('', { id: 'C1', name: 'revenue' })).toMatchObject({
      digest: { scope: 'map customers', from: at('2026-09-03 09:00'), to: at('2026-09-10 09:00') },
      scheduled: [{ channel: '#revenue', nextAt: at('2026-09-14 09:00') }],
    });
  });

  it('in a channel without one is about everything', async () => {
    const bot = await aSmallBot({ config, schedule });
    expect(await bot.digestNow('', { id: 'C2', name: null })).toMatchObject({ digest: { scope: '' }, scheduled: [] });
  });

  it('with a filter is about that, and a mistyped one is refused with what may have been meant', async () => {
    const bot = await aSmallBot({ config, schedule });
    expect(await bot.digestNow('stage:decision owner:@me', { id: 'C1', name: 'revenue' })).toMatchObject({
      digest: { scope: 'stage decision · owner dana@us.example' },
      scheduled: [],
    });
    expect(await bot.answers.digestNow({ id: 'C1', name: null }, 'stage:decison', { userId: 'U0DANA', email: null })).toMatchObject({
      ok: false,
      message: expect.stringContaining('Did you mean `stage:decision`?'),
    });
  });
});

it('the first digest covers a week although the bot is younger', async () => {
  const bot = await aSmallBot({ config, schedule, now: '2026-09-13 09:00' });
  await tick(bot, '2026-09-13 09:00');
  await tick(bot, at('2026-09-14 09:00') + 2 * hourMs);
  expect(digests(bot)[0]).toMatchObject({ late: true, digest: { from: at('2026-09-07 09:00') } });
});
