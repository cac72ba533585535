import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDigestSchedule } from '../../src/adapters/cron.ts';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { createDigests } from '../../src/app/digests.ts';
import { ConflictError } from '../../src/app/errors.ts';
import type { Store } from '../../src/app/ports.ts';
import type { DigestDefinition } from '../../src/core/journey/journey-map.ts';
import { digestOfSubscription } from '../../src/core/subscription.ts';
import { dayMs, type EpochMs, hourMs, minuteMs } from '../../src/core/time.ts';
import { lastWeekly } from '../../src/core/weekly.ts';
import { aTeam } from './a-team.ts';

// Sundays at half past two, local time: one that clocks skip in spring, and one that they repeat in autumn.
const weekly = { weekday: 'sun', time: '02:30' } as const;
const zone = 'Europe/Berlin';
const ofYml: DigestDefinition = { id: 'yml', channel: '#revenue', schedule: '30 2 * * sun', timezone: zone, match: {} };
const subscribed = digestOfSubscription({ ...weekly, id: 's', by: 'U1', channel: null, timezone: zone, filter: '', match: {}, createdAt: 0 });
const config = aTeam({ digests: [ofYml], rules: {} });

const steps = fc.array(
  fc.record({
    // Forward for the most part; a clock that is set back, and machines that sleep.
    by: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: minuteMs, max: 40 * hourMs }) },
      { weight: 1, arbitrary: fc.integer({ min: -30 * hourMs, max: 0 }) },
    ),
    restart: fc.boolean(),
    fails: fc.boolean(),
  }),
  { minLength: 30, maxLength: 60 },
);
const begin = fc.constantFrom('2026-03-20T12:00:00Z', '2026-10-16T12:00:00Z').map((text) => Date.parse(text));

async function sentWith(start: EpochMs, walked: { by: number; restart: boolean; fails: boolean }[]) {
  const store = await openStore(':memory:');
  const sent: { id: string; scheduledFor: EpochMs; from: EpochMs; to: EpochMs }[] = [];
  let now = start;
  let fails = false;
  const seen: Store = {
    ...store,
    async commit(changes) {
      if (fails) throw new Error('disk full');
      await store.commit(changes);
      for (const change of changes) {
        if (change.kind !== 'delivery.add' || change.delivery.message.kind !== 'digest') continue;
        const { digest, digestId } = change.delivery.message;
        sent.push({ id: digestId, scheduledFor: Number(change.delivery.id.split(':').at(-1)), from: digest.from, to: digest.to });
      }
    },
  };
  const begun = () => {
    const schedule = createDigestSchedule(
      () => undefined,
      async () => undefined,
    );
    const digests = createDigests({
      store: seen,
      schedule,
      alertLives: async () => [],
      metrics: async () => ({ ok: false, message: '' }),
      subscriptions: { definitions: async () => [subscribed], mayHave: async () => true },
      config: () => config,
      clock: { now: () => now },
      evaluateDue: async () => undefined,
      breathe: async () => undefined,
    });
    return { schedule, digests };
  };
  let bot = begun();
  const latest: EpochMs[] = [];
  for (const step of [{ by: 0, restart: false, fails: false }, ...walked]) {
    now += step.by;
    if (step.restart) {
      bot.schedule.stop();
      bot = begun();
    }
    fails = step.fails;
    await bot.digests.sendDue().catch((error: unknown) => {
      if (!fails || error instanceof ConflictError) throw error;
    });
    latest.push(now);
  }
  bot.schedule.stop();
  await store.close();
  return sent;
}

it('each is sent at most once an hour of the wall, never before it, whatever restarts, fails, or sets the clock', async () => {
  let all = 0;
  await fc.assert(
    fc.asyncProperty(begin, steps, async (start, walked) => {
      const sent = await sentWith(start, walked);
      all += sent.length;
      expect(new Set(sent.map(({ id, scheduledFor }) => `${id} ${scheduledFor}`)).size).toBe(sent.length);
      for (const { scheduledFor, from, to } of sent) {
        expect(scheduledFor).toBe(lastWeekly(weekly, zone, scheduledFor));
        expect(scheduledFor).toBeLessThanOrEqual(to);
        expect(from).toBeLessThan(to);
        expect(to - from).toBeLessThanOrEqual(8 * dayMs);
      }
    }),
    { numRuns: 12 },
  );
  expect(all).toBeGreaterThan(20);
}, 60_000);

it('both are sent for each of their hours while nothing goes wrong, also where clocks change', async () => {
  for (const start of ['2026-03-20T12:00:00Z', '2026-10-16T12:00:00Z'].map((text) => Date.parse(text))) {
    const sent = await sentWith(
      start,
      Array.from({ length: 24 * 2 * 20 }, () => ({ by: hourMs / 2, restart: false, fails: false })),
    );
    for (const id of ['yml', 'subscription:s']) {
      const hours = sent.filter((one) => one.id === id).map(({ scheduledFor }) => scheduledFor);
      expect(hours).toHaveLength(3);
      expect(hours.every((at, index) => index === 0 || Math.abs(at - (hours[index - 1] ?? 0) - 7 * dayMs) <= hourMs)).toBe(true);
    }
  }
}, 60_000);
