import { expect, it, onTestFinished, vi } from 'vitest';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { createDeliver } from '../../src/app/deliver.ts';
import type { Notifier } from '../../src/app/notifier.ts';
import { type Change, newDelivery } from '../../src/core/change.ts';
import { aConfig, at } from '../core/builders.ts';

const now = at('2026-09-07 09:00');
const notice = (channel: string): Change =>
  newDelivery({ id: `to ${channel}`, channel, message: { kind: 'notice', severity: 'info', title: 'Hello', lines: [] }, now });

it('a channel that Slack is slow to answer for holds up no other one', async () => {
  const store = await openStore(':memory:');
  onTestFinished(() => store.close());
  const posted: string[] = [];
  const answer = Promise.withResolvers<void>();
  const notifier: Notifier = {
    async post(_message, { channel }) {
      posted.push(channel);
      if (channel === '#slow') await answer.promise;
      return { channelId: channel, ts: '1.0', at: now };
    },
    edit: async () => undefined,
    find: async () => null,
    forgetPicture: async () => undefined,
    knowsAny: async () => true,
  };
  const log = () => undefined;
  const logger = { debug: log, info: log, warn: log, error: log };
  const deliver = createDeliver({
    store,
    notifier,
    amountsInSight: async () => true,
    config: aConfig,
    clock: { now: () => now },
    logger,
    newId: () => 'unused',
  });
  await store.commit([notice('#slow')]);
  const run = deliver.run();
  await vi.waitFor(() => expect(posted).toEqual(['#slow']), { timeout: 20_000 });
  await store.commit([notice('#fast')]);
  deliver.look();
  await vi.waitFor(() => expect(posted).toEqual(['#slow', '#fast']), { timeout: 20_000 });
  answer.resolve();
  await run;
  expect(await store.outboxBacklog()).toMatchObject({ pending: 0 });
});
