import { expect, it, onTestFinished, vi } from 'vitest';
import { createMetrics } from '../src/adapters/metrics.ts';
import { openStore } from '../src/adapters/store/open-store.ts';
import { DeliveryError } from '../src/app/errors.ts';
import type { Notifier } from '../src/app/notifier.ts';
import { type Change, newDelivery } from '../src/core/change.ts';
import { createWork } from '../src/work.ts';
import { aConfig } from './core/builders.ts';

const notice = (channel: string): Change =>
  newDelivery({ id: `to ${channel}`, channel, message: { kind: 'notice', severity: 'info', title: 'Hello', lines: [] }, now: Date.now(), dueAt: 0 });

/** Work without a CRM and without Slack, at its end when the test is. */
async function aWork(options: Partial<Parameters<typeof createWork>[0]> = {}) {
  const store = await openStore(':memory:');
  const log = () => undefined;
  const clock = { now: Date.now };
  const work = createWork({
    store,
    sources: [],
    crms: [],
    notifier: () => ({}) as Notifier,
    emailOf: async () => null,
    channelAmong: async () => null,
    isMember: async () => true,
    schedule: { lastBefore: async () => null, next: () => null },
    config: aConfig,
    mapFile: 'journey.yml',
    onLearned: () => undefined,
    clock,
    logger: { debug: log, info: log, warn: log, error: log },
    metrics: createMetrics({ store, slackConnected: () => true, now: clock.now }),
    newId: () => 'unused',
    ...options,
  });
  onTestFinished(async () => {
    await work.stop();
    await store.close();
  });
  return { work, store };
}

it('a message whose time to be tried again has come goes out although another channel is slow to answer', async () => {
  const posted: string[] = [];
  const answer = Promise.withResolvers<void>();
  const notifier: Notifier = {
    async post(_message, { channel }) {
      posted.push(channel);
      if (channel === '#slow') await answer.promise;
      if (posted.filter((each) => each === '#limited').length === 1 && channel === '#limited')
        throw new DeliveryError('Slack rate limit', { kind: 'retry', retryAfterMs: 200 });
      return { channelId: channel, ts: '1.0', at: Date.now() };
    },
    edit: async () => undefined,
    find: async () => null,
    forgetPicture: async () => undefined,
    knowsAny: async () => true,
  };
  const { work, store } = await aWork({ notifier: () => notifier });
  onTestFinished(() => answer.resolve());
  await store.commit([notice('#slow'), notice('#limited')]);
  work.start();
  await vi.waitFor(() => expect(posted).toEqual(['#slow', '#limited', '#limited']), { timeout: 20_000 });
});

it('learns for a new map as soon as it is in force, not with the next round', async () => {
  const learned: string[] = [];
  let config = aConfig();
  const { work } = await aWork({ config: () => config, onLearned: (past) => learned.push(past.config) });
  work.start();
  await vi.waitFor(() => expect(learned).toEqual([config.version]), { timeout: 20_000 });
  config = { ...config, version: 'another' };
  work.look();
  await vi.waitFor(() => expect(learned.at(-1)).toBe('another'), { timeout: 20_000 });
});
