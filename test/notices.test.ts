import { expect, it } from 'vitest';
import type { ConfigProblem } from '../src/config/problem.ts';
import { createNotices } from '../src/notices.ts';
import { aSmallBot } from './app/small-bot.ts';
import { aConfig } from './core/builders.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const mistake: ConfigProblem = { file: 'journey.yml', line: 1, column: 1, path: '', message: 'the file is empty', suggestion: null };

it('tells that journey.yml is sound again only where somebody has heard that it was not', async () => {
  const bot = await aSmallBot();
  const told: string[] = [];
  const store: typeof bot.store = {
    ...bot.store,
    async commit(changes) {
      for (const change of changes)
        if (change.kind === 'delivery.add' && change.delivery.message.kind === 'notice') told.push(change.delivery.message.title);
    },
  };
  const ofMistakes = 'journey.yml was changed and has mistakes; the old map stays';
  let config = aConfig({ adminChannel: null });
  const notices = createNotices({ store, config: () => config, clock: bot.clock, logger: quiet, onDue: () => undefined });

  notices.refusedConfig([mistake]);
  config = aConfig({ adminChannel: '#journey-admin' });
  notices.tookConfigOver();
  expect(told).toEqual([]);

  notices.refusedConfig([mistake]);
  notices.tookConfigOver();
  notices.tookConfigOver();
  expect(told).toEqual([ofMistakes, 'journey.yml is sound again, and in force']);
});
